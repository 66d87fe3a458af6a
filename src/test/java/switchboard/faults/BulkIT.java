package switchboard.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import switchboard.contract.JudgedClient;
import switchboard.invariants.Exchange.Answer;
import switchboard.program.Program;
import switchboard.program.Progress;
import switchboard.senders.BulkGateway;
import switchboard.witness.Auditor;
import switchboard.witness.Judge;
import switchboard.witness.Ledger;
import switchboard.witness.Message;
import switchboard.witness.Sender;

/** Many events a request, on the whole program: their order, their repetition, and I1 to I4 and I8 when it is killed. */
class BulkIT {

    @TempDir
    private static Path folder;

    /** The last one runs. */
    private static final List<Program> programs = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void start() {
        programs.add(Program.start(folder.resolve("data")));
    }

    @AfterAll
    static void stop() {
        program().close();
    }

    @Test
    void killed_in_the_middle_of_requests_what_was_acknowledged_is_kept_once_and_in_order() throws Exception {
        kept("killed", 1, false);
    }

    @Tag("full")
    @Test
    void whatever_is_killed_in_the_middle_of_requests_what_was_acknowledged_is_kept_once_and_in_order()
            throws Exception {
        kept("often-killed", 2, true);
    }

    private static void kept(String name, int kills, boolean cassandra) throws Exception {
        var caller = JudgedClient.caller(() -> program().address());
        try (var ledger = new Ledger(folder.resolve(name));
                var gateway = new BulkGateway(caller, ledger)) {
            gateway.open(4, 7 + kills);
            for (int kill = 0; kill < kills; kill++) {
                gateway.answers().await(2_000);
                Progress.say("kill -9 of the program");
                program().kill();
                start();
            }
            gateway.answers().await(2_000);
            if (cassandra) {
                Progress.say("kill -9 of Cassandra");
                ProcessHandle.of(program().cassandraPid()).orElseThrow().destroyForcibly();
                gateway.refusals().await(3);
                gateway.answers().await(2_000);
            }
            gateway.finish();

            var judgement = new Judge(caller, ledger).judge();
            Progress.say("%d lines, %d conversations, %d entries"
                    .formatted(judgement.requests(), judgement.conversations(), judgement.entries()));
            assertThat(judgement.findings().violations()).isEmpty();
        }
    }

    @Test
    void ten_thousand_lines_of_one_thread_stand_in_their_order_and_their_repetition_writes_nothing() throws Exception {
        var caller = JudgedClient.caller(() -> program().address());
        try (var ledger = new Ledger(folder.resolve("order"))) {
            var messages = new ArrayList<Message>();
            for (int i = 0; i < 10_000; i++) {
                messages.add(new Message("one", "/chat/web", "m" + i, "Text number " + i));
            }
            var sender = new Sender(caller, ledger, new Silent(), java.time.Duration.ofSeconds(60));

            var first = sender.attemptAll(messages);
            var again = sender.attemptAll(messages);

            assertThat(first.stream().map(a -> a.map(Answer::status))).containsOnly(Optional.of(201));
            assertThat(again).isEqualTo(first);
            var conversation = first.getFirst().orElseThrow().place().conversation();
            assertThat(new Auditor(caller)
                            .read(conversation).received().stream().map(e -> e.id()))
                    .containsExactlyElementsOf(
                            messages.stream().map(Message::id).toList());
        }
    }

    private static Program program() {
        return programs.getLast();
    }

    private static final class Silent implements Sender.Watch {

        private final List<String> heard = new ArrayList<>();

        @Override
        public void answered() {
            heard.add("answered");
        }

        @Override
        public void turnedAway() {
            throw new AssertionError("turned away after " + heard.size());
        }
    }
}
