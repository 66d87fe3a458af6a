package switchboard.speed;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import switchboard.bench.Findings;
import switchboard.bench.Goal;
import switchboard.bench.Part;
import switchboard.bench.Stand;
import switchboard.conversation.Conversation;
import switchboard.footprint.Heap;
import switchboard.load.Filled;
import switchboard.load.Kept;
import switchboard.load.Round;
import switchboard.program.Progress;

/**
 * What a history of 2,400 events costs who may read it, opened, two at a time; what a reader of 30,000 holds of the program's memory while he
 * takes nothing; and how fast the driver alone reads the journal, with the journal's own statement and pages.
 */
final class HistoryReplay implements Part {

    private static final int EVENTS = 2_400;
    private static final int LONGEST = 30_000;
    private static final int AT_ONCE = 2;
    private static final int ROUNDS = 3;
    private static final Duration ROUND = Duration.ofSeconds(3);
    // Reading is another path than writing, which other parts have warmed up.
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final int STALLED = 8;
    // As the journal's.
    private static final int PAGE = 200;

    @Override
    public String name() {
        return "replay";
    }

    @Override
    public void measure(Stand stand, Findings findings) throws Exception {
        Warm.up(stand);
        var caller = stand.caller();
        var sent = Filled.conversations(stand.address(), "history", 1, LONGEST).getFirst();
        var conversation = Kept.conversation(caller, sent);
        read(stand, findings, conversation);
        stalled(stand, findings, conversation);
        try (var session = stand.program().session()) {
            raw(session, findings, conversation);
        }
        Kept.check(caller, List.of(sent));
    }

    private static void read(Stand stand, Findings findings, String conversation) throws Exception {
        var caller = stand.caller();
        var path = "/v1/conversations/" + conversation + "/events?until=" + EVENTS;
        Round.Client reader = () -> {
            var body = caller.bytes("supervisor.local-only", path, "application/x-ndjson")
                    .body();
            if (lines(body) != EVENTS) {
                throw new IOException(lines(body) + " events");
            }
            return null;
        };
        var readers = Collections.nCopies(AT_ONCE, reader);
        Round.run(readers, WARM_UP, stand.process(), stand.cassandra());
        Progress.say("reading");
        var rounds = new ArrayList<Round>();
        for (int round = 0; round < ROUNDS; round++) {
            rounds.add(Round.run(readers, ROUND, stand.process(), stand.cassandra()));
        }
        var what = "a history of %,d events over HTTP, opened: ".formatted(EVENTS);
        findings.add(
                what + "CPU of program and Cassandra",
                "ms/read",
                rounds.stream().map(Round::bothPerEvent).toList(),
                Goal.atMost(15));
        findings.add(
                what + "CPU of the program",
                "ms/read",
                rounds.stream().map(Round::programPerEvent).toList());
        findings.add(
                what + "until it is read, p50",
                "ms",
                rounds.stream().map(it -> it.wait(0.5)).toList());
    }

    /** Readers who have taken the first bytes of their answer and no more: what lies between the journal and the socket is what streaming holds. */
    private static void stalled(Stand stand, Findings findings, String conversation) throws Exception {
        var program = stand.program();
        var path = "/v1/conversations/" + conversation + "/events";
        var whole = stand.caller()
                .bytes("supervisor.local-only", path, "application/x-ndjson")
                .body()
                .length;
        Quiet.await(program, Duration.ofSeconds(1));
        var before = Heap.kibibytes(program.pid());
        var sockets = new ArrayList<Socket>();
        for (int i = 0; i < STALLED; i++) {
            sockets.add(begun(program.address(), path));
        }
        Quiet.await(program, Duration.ofSeconds(1));
        var held = (Heap.kibibytes(program.pid()) - before) / STALLED;
        for (var socket : sockets) {
            socket.close();
        }
        findings.add(
                "heap of a reader who stands still in a history of %,d events".formatted(LONGEST),
                "KiB",
                held,
                Goal.none());
        findings.note("that history is %,d KiB as it is read; the kernel's buffers are not the program's memory"
                .formatted(whole / 1_024));
    }

    /** An answer of which the first byte is read. */
    private static Socket begun(URI address, String path) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(64 * 1_024);
        socket.connect(new InetSocketAddress(address.getHost(), address.getPort()));
        socket.getOutputStream()
                .write("""
                GET %s HTTP/1.1\r
                Host: %s\r
                Authorization: Bearer supervisor.local-only\r
                Accept: application/x-ndjson\r
                \r
                """.formatted(path, address.getAuthority()).getBytes(StandardCharsets.US_ASCII));
        if (socket.getInputStream().read() < 0) {
            throw new IOException("the connection ended");
        }
        return socket;
    }

    private static void raw(CqlSession session, Findings findings, String conversation) {
        var rows = session.prepare("SELECT sequence_nr, ser_id, event FROM messages"
                + " WHERE persistence_id = ? AND partition_nr = ? AND sequence_nr >= ?");
        var id = Conversation.persistenceId("local", conversation);
        rate(session, rows, id);
        rate(session, rows, id);
        var rates = IntStream.range(0, ROUNDS)
                .mapToObj(_ -> rate(session, rows, id))
                .toList();
        findings.add("the driver reads the journal, pages of " + PAGE, "events/s", rates, Goal.atLeast(50_000));
    }

    /** Page after page, each asked for when the one before is there. */
    private static double rate(CqlSession session, PreparedStatement rows, String id) {
        var start = System.nanoTime();
        var read = 0L;
        for (int times = 0; times < 3; times++) {
            for (var row : session.execute(rows.bind(id, 0L, 1L).setPageSize(PAGE))) {
                read += row.getBytesUnsafe("event") == null ? 0 : 1;
            }
        }
        return read * 1e9 / (System.nanoTime() - start);
    }

    private static int lines(byte[] body) {
        var lines = 0;
        for (var b : body) {
            lines += b == '\n' ? 1 : 0;
        }
        return lines;
    }
}
