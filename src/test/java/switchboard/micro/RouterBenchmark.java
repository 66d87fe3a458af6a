package switchboard.micro;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import switchboard.contact.Command;
import switchboard.contact.Command.Availability;
import switchboard.contact.Command.Worker;
import switchboard.contact.Item;
import switchboard.contact.Output;
import switchboard.plan.Key;
import switchboard.plan.Need;
import switchboard.plan.Plan;
import switchboard.plan.PlanReader;
import switchboard.routing.Router;

/**
 * {@code mvn -B test-compile exec:exec@route}: 50 skills, 2,000 signatures, 10,000 agents with 8 skills each. An operation
 * is one match with all that belongs to it: a contact is released, one is proposed and accepted, a new one enters.
 */
@BenchmarkMode({Mode.Throughput, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "-Xms2g",
            "-Xmx2g",
            "-Xmn1500m",
            "-XX:+AlwaysPreTouch",
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-XX:+UseTransparentHugePages"
        })
public class RouterBenchmark {

    private static final int SKILLS = 50;
    private static final int SIGNATURES = 2_000;
    private static final int AGENTS = 10_000;
    private static final int WAITING = 100_000;
    private static final int AGENTS_SKILLS = 8;

    /** Everybody works, and 100,000 wait. */
    @State(Scope.Thread)
    public static class Overload extends Center {

        @Setup(Level.Trial)
        public void fill() {
            staff();
            for (int i = 0; i < AGENTS + WAITING; i++) {
                enter();
            }
        }
    }

    /** 7,000 work, and nobody waits for long. */
    @State(Scope.Thread)
    public static class Busy extends Center {

        @Setup(Level.Trial)
        public void fill() {
            staff();
            for (int i = 0; i < AGENTS * 7 / 10; i++) {
                enter();
            }
        }
    }

    @Benchmark
    public int overload(Overload center) {
        return center.release() + center.enter();
    }

    @Benchmark
    public int seventyPercent(Busy center) {
        return center.enter() + center.release();
    }

    /** What both have in common. */
    public abstract static class Center {

        private final SplittableRandom dice = new SplittableRandom(1);
        private final Router router = new Router(1, plan());
        private final Need[][] needs = new Need[SKILLS][];
        private final List<List<Need>> signatures = signatures();
        private final List<String> ids = new ArrayList<>();
        private final String[] work = new String[AGENTS];
        private final long[] epochs = new long[AGENTS];
        private int working;
        private Instant at = Instant.parse("2026-01-01T00:00:00Z");
        private long epoch;

        void staff() {
            for (int i = 0; i < AGENTS; i++) {
                router.apply(new Command.Report(at, worker("agent-" + i)));
            }
        }

        /** How many were proposed. */
        int enter() {
            if (++epoch % 500 == 0) {
                at = at.plusMillis(1);
            }
            var id = ids.isEmpty() ? id() : ids.removeLast();
            var needs = signatures.get(dice.nextInt(SIGNATURES));
            var key = new Key(at, Duration.ZERO, Duration.ZERO);
            var item = new Item(id, epoch, "support", at, "voice", needs, "", key, Item.Pin.NONE, List.of());
            return carryOut(router.apply(new Command.Enter(at, item)));
        }

        int release() {
            var index = dice.nextInt(working--);
            var id = work[index];
            var begun = epochs[index];
            work[index] = work[working];
            epochs[index] = epochs[working];
            ids.add(id);
            return carryOut(router.apply(new Command.Release(at, id, begun)));
        }

        private int carryOut(List<Output> outputs) {
            for (var output : outputs) {
                if (output instanceof Output.Proposal proposal) {
                    router.apply(new Command.Accept(at, proposal.item(), proposal.epoch()));
                    work[working] = proposal.item();
                    epochs[working++] = proposal.epoch();
                }
            }
            return outputs.size();
        }

        /** Spread as a conversation's id is. */
        private String id() {
            return "c" + Long.toString(dice.nextLong() >>> 1, 32) + Long.toString(dice.nextLong() >>> 1, 32);
        }

        /** All single skills, all pairs, and triples. */
        private List<List<Need>> signatures() {
            for (int skill = 0; skill < SKILLS; skill++) {
                var name = "skill-" + skill;
                needs[skill] = IntStream.rangeClosed(1, 3)
                        .mapToObj(level -> new Need(name, level))
                        .toArray(Need[]::new);
            }
            var signatures = new ArrayList<List<Need>>();
            for (int a = 0; a < SKILLS; a++) {
                signatures.add(List.of(need(a)));
                for (int b = 0; b < a; b++) {
                    signatures.add(List.of(need(b), need(a)));
                }
            }
            while (signatures.size() < SIGNATURES) {
                var three = dice.ints(0, SKILLS).distinct().limit(3).sorted();
                signatures.add(three.mapToObj(this::need).toList());
            }
            return signatures;
        }

        private Need need(int skill) {
            return needs[skill][dice.nextInt(3)];
        }

        private Worker worker(String id) {
            var skills = dice.ints(0, SKILLS)
                    .distinct()
                    .limit(AGENTS_SKILLS)
                    .mapToObj(skill -> new Need("skill-" + skill, 1 + dice.nextInt(5)))
                    .toList();
            return new Worker(id, skills, List.of(), List.of("support"), 100, 100, Availability.READY, at, List.of());
        }
    }

    private static Plan plan() {
        var json = """
                {"defaultQueue": "support", "otherChannels": {"pool": "interruptible", "units": 34},
                 "channels": {"voice": {"pool": "voice", "units": 100}},
                 "queues": [{"name": "support", "steps": [{"lasts": "PT30S"}, {"language": false}]}]}""";
        return switch (PlanReader.read(json.getBytes(UTF_8))) {
            case PlanReader.Reading.Sound sound -> sound.plan();
            case PlanReader.Reading.Faulty faulty -> throw new IllegalArgumentException(faulty.toString());
        };
    }
}
