package switchboard.speed;

import static java.util.Objects.requireNonNull;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import switchboard.SwitchboardProcess;
import switchboard.bench.Findings;
import switchboard.bench.Goal;
import switchboard.bench.Part;
import switchboard.bench.Stand;
import switchboard.footprint.JournalFiles;
import switchboard.load.BulkSender;
import switchboard.load.Kept;
import switchboard.load.Round;
import switchboard.program.Program;
import switchboard.program.Progress;
import switchboard.witness.Caller;

/**
 * What the journal takes on disk for one message of 200 characters once it is merged: 1,000 conversations of 100 messages, the entry that opens
 * each one counted in. In a data folder of its own, where nothing else was written.
 */
final class JournalBytes implements Part {

    private static final int CONNECTIONS = 4;
    private static final int CONVERSATIONS_EACH = 250;
    private static final int REQUESTS = 25;

    @Override
    public String name() {
        return "bytes";
    }

    @Override
    public void measure(Stand stand, Findings findings) throws Exception {
        stand.stop();
        var data = Files.createTempDirectory("switchboard-bytes");
        Progress.say("starting a program on a folder of its own");
        try (var program = Program.start(data, Map.of("SWITCHBOARD_INTAKE_RATE", "1000000"))) {
            var senders = new ArrayList<BulkSender>();
            for (int i = 0; i < CONNECTIONS; i++) {
                senders.add(new BulkSender(program.address(), "bytes-" + i, CONVERSATIONS_EACH));
            }
            Round.each(senders, REQUESTS);
            JournalFiles.compact(program.cassandraPid());
            SwitchboardProcess.await("one merged file", () -> JournalFiles.merged(data));
            var events = senders.stream().mapToInt(BulkSender::sent).sum();
            var bytes = JournalFiles.bytes(data);
            long contents = requireNonNull(bytes.get("Data.db"), "no Data.db");
            var all = bytes.values().stream().mapToLong(Long::longValue).sum();
            findings.add(
                    "journal on disk, merged: its Data.db",
                    "bytes/event",
                    (double) contents / events,
                    Goal.atMost(400));
            findings.add(
                    "beside it index, filter and the like",
                    "bytes/event",
                    (double) (all - contents) / events,
                    Goal.none());
            Kept.check(new Caller(program::address), List.of(senders.getFirst().said(3)));
            for (var sender : senders) {
                sender.close();
            }
        } finally {
            Stand.delete(data);
        }
    }
}
