package switchboard.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import switchboard.SwitchboardProcess;
import switchboard.contract.JudgedClient;
import switchboard.invariants.Outgoing;
import switchboard.program.Program;

/** I-out while gateways and the program are killed at random. {@code -Dseed=…} repeats the order of what is killed. */
class ReferenceGatewayIT {

    private static final int CUSTOMERS = 8;
    private static final List<String> EACH_ONCE = List.of("lower", "upper", "program");
    private static final List<String> EACH_TWICE = List.of("lower", "upper", "lower", "upper", "program", "program");

    private final long seed = Long.getLong("seed", System.nanoTime() % 1_000_000);
    private final Random random = new Random(seed);
    private final AtomicBoolean enough = new AtomicBoolean();
    private final AtomicInteger said = new AtomicInteger();

    @TempDir
    private Path folder;

    @Test
    void every_message_that_was_acknowledged_is_delivered_once_and_in_order_whatever_is_killed() throws Exception {
        delivered(EACH_ONCE);
    }

    @Tag("full")
    @Test
    void every_message_that_was_acknowledged_is_delivered_once_and_in_order_whatever_is_killed_twice()
            throws Exception {
        delivered(EACH_TWICE);
    }

    private void delivered(List<String> some) throws Exception {
        try (var house = new House(folder);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var desk = new Desk(JudgedClient.caller(() -> house.program.address()), "" + seed);
            var answering = new ArrayList<Future<?>>();
            for (int i = 0; i < CUSTOMERS; i++) {
                var conversation = desk.customer("visitor-" + i);
                answering.add(threads.submit(() -> answer(desk, conversation)));
            }
            var kills = new ArrayList<>(some);
            Collections.shuffle(kills, random);
            for (var what : kills) {
                more(10 + random.nextInt(30));
                house.kill(what);
            }
            more(20);
            enough.set(true);
            for (var one : answering) {
                one.get(120, TimeUnit.SECONDS);
            }

            var stored = desk.stored();
            SwitchboardProcess.await(
                    "delivery of " + stored.size() + " messages, seed " + seed,
                    () -> house.delivered().size() >= stored.size());

            assertThat(stored).hasSizeGreaterThanOrEqualTo(desk.acknowledged().size());
            assertThat(Outgoing.findings(desk.acknowledged(), stored, house.delivered())
                            .violations())
                    .isEmpty();
        } finally {
            enough.set(true);
        }
    }

    private Void answer(Desk desk, String conversation) throws Exception {
        for (int i = 0; !enough.get(); i++) {
            desk.says(conversation, conversation + "-" + i, "answer " + i + " äöü 😀\n\"quoted\"");
            said.incrementAndGet();
        }
        return null;
    }

    /** Returns when she has said so much more. */
    private void more(int count) {
        var until = said.get() + count;
        SwitchboardProcess.await(count + " more answers, seed " + seed, () -> said.get() >= until);
    }

    /** The program and its two gateways. */
    private static final class House implements AutoCloseable {

        private final Path folder;
        private volatile Program program;
        private GatewayProcess lower;
        private GatewayProcess upper;

        House(Path folder) throws IOException {
            this.folder = folder;
            this.program = Program.start(folder.resolve("data"));
            tell(folder, program);
            this.lower = gateway(folder, "lower", "0-7");
            this.upper = gateway(folder, "upper", "8-15");
        }

        private static GatewayProcess gateway(Path folder, String name, String partitions) throws IOException {
            return GatewayProcess.start(folder.resolve("address"), Desk.CHANNEL, partitions, folder.resolve(name));
        }

        /** Where gateways find the program; it takes another port each time. */
        private static void tell(Path folder, Program program) throws IOException {
            var fresh = folder.resolve("address.new");
            Files.writeString(fresh, program.address().toString());
            Files.move(fresh, folder.resolve("address"), StandardCopyOption.ATOMIC_MOVE);
        }

        void kill(String what) throws IOException {
            switch (what) {
                case "lower" -> {
                    lower.kill();
                    lower = gateway(folder, "lower", "0-7");
                }
                case "upper" -> {
                    upper.kill();
                    upper = gateway(folder, "upper", "8-15");
                }
                default -> {
                    program.kill();
                    program = Program.start(folder.resolve("data"));
                    tell(folder, program);
                }
            }
        }

        List<Outgoing.Said> delivered() {
            try {
                var all = new ArrayList<>(ReferenceGateway.read(folder.resolve("lower")));
                all.addAll(ReferenceGateway.read(folder.resolve("upper")));
                return all;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            lower.close();
            upper.close();
            program.close();
        }
    }
}
