package switchboard.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import switchboard.SwitchboardProcess;
import switchboard.faults.Program;
import switchboard.invariants.Outgoing;
import switchboard.witness.Caller;

/** I-out while gateways and the program are killed at random. {@code -Dseed=…} repeats the order of what is killed. */
class ReferenceGatewayIT {

    private static final int CUSTOMERS = 8;
    private static final List<String> KILLS = List.of("lower", "upper", "lower", "upper", "program", "program");

    private final long seed = Long.getLong("seed", System.nanoTime() % 1_000_000);
    private final Random random = new Random(seed);
    private final AtomicBoolean enough = new AtomicBoolean();
    private final AtomicInteger said = new AtomicInteger();

    @TempDir
    private Path folder;

    private volatile Program program;
    private GatewayProcess lower;
    private GatewayProcess upper;

    @Test
    void every_message_that_was_acknowledged_is_delivered_once_and_in_order_whatever_is_killed() throws Exception {
        start();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var desk = new Desk(new Caller(() -> program.address()), "" + seed);
            var answering = new ArrayList<Future<?>>();
            for (int i = 0; i < CUSTOMERS; i++) {
                var conversation = desk.customer("visitor-" + i);
                answering.add(threads.submit(() -> answer(desk, conversation)));
            }
            var kills = new ArrayList<>(KILLS);
            Collections.shuffle(kills, random);
            for (var what : kills) {
                more(10 + random.nextInt(30));
                kill(what);
            }
            more(20);
            enough.set(true);
            for (var one : answering) {
                one.get(120, TimeUnit.SECONDS);
            }

            var stored = desk.stored();
            SwitchboardProcess.await(
                    "delivery of " + stored.size() + " messages, seed " + seed,
                    () -> delivered().size() >= stored.size());

            assertThat(stored).hasSizeGreaterThanOrEqualTo(desk.acknowledged().size());
            assertThat(Outgoing.findings(desk.acknowledged(), stored, delivered())
                            .violations())
                    .isEmpty();
        } finally {
            enough.set(true);
            lower.close();
            upper.close();
            program.close();
        }
    }

    private void start() throws Exception {
        program = Program.start(folder.resolve("data"));
        named();
        lower = GatewayProcess.start(folder.resolve("address"), Desk.CHANNEL, "0-7", folder.resolve("lower"));
        upper = GatewayProcess.start(folder.resolve("address"), Desk.CHANNEL, "8-15", folder.resolve("upper"));
    }

    /** Where gateways find the program; it takes another port each time. */
    private void named() throws Exception {
        var fresh = folder.resolve("address.new");
        Files.writeString(fresh, program.address().toString());
        Files.move(fresh, folder.resolve("address"), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
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

    private void kill(String what) throws Exception {
        switch (what) {
            case "lower" -> {
                lower.kill();
                lower = GatewayProcess.start(folder.resolve("address"), Desk.CHANNEL, "0-7", folder.resolve("lower"));
            }
            case "upper" -> {
                upper.kill();
                upper = GatewayProcess.start(folder.resolve("address"), Desk.CHANNEL, "8-15", folder.resolve("upper"));
            }
            default -> {
                program.kill();
                program = Program.start(folder.resolve("data"));
                named();
            }
        }
    }

    private List<Outgoing.Said> delivered() {
        try {
            var all = new ArrayList<>(ReferenceGateway.read(folder.resolve("lower")));
            all.addAll(ReferenceGateway.read(folder.resolve("upper")));
            return all;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
