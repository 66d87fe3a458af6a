package switchboard.speed;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import switchboard.bench.Findings;
import switchboard.bench.Goal;
import switchboard.bench.Part;
import switchboard.bench.Stand;
import switchboard.footprint.Heap;
import switchboard.footprint.Metrics;
import switchboard.load.BulkSender;
import switchboard.load.HttpSender;
import switchboard.load.Kept;
import switchboard.load.Proc;
import switchboard.load.Round;
import switchboard.load.Sent;
import switchboard.load.WarmUp;
import switchboard.program.Program;
import switchboard.program.Progress;
import switchboard.witness.Caller;

/**
 * What a message costs with 1,000, 10,000 and 100,000 conversations open, spread over all of them, 100 in flight; what an idle one holds; and
 * what the first message of a new customer costs. In a program of its own, with room for so many.
 *
 * <p>A log's end is written once in each interval in which it changed. In a minute, the program's own interval, messages reach each of 100,000
 * conversations about once, and each of 1,000 many times; so that a short round holds its share, the interval here is a round's length.
 */
final class ManyConversations implements Part {

    private static final int AT_ONCE = 100;
    private static final int THOUSAND = 1_000;
    private static final int ROUNDS = 3;
    private static final Duration ROUND = Duration.ofSeconds(5);
    private static final Duration START_ROUND = Duration.ofSeconds(3);
    private static final Map<String, String> SETTINGS =
            Map.of("SWITCHBOARD_INTAKE_RATE", "1000000", "SWITCHBOARD_LOG_HEADS_EVERY", ROUND.toSeconds() + "s");
    // None is put aside meanwhile: shards fill unevenly, so that some of 100,000 would be.
    private static final List<String> OPTIONS =
            List.of("-Xmx1500m", "-Dpekko.cluster.sharding.passivation.switchboard.active-entity-limit=200000");

    @Override
    public String name() {
        return "many";
    }

    @Override
    public void measure(Stand stand, Findings findings) throws Exception {
        stand.stop();
        var data = Files.createTempDirectory("switchboard-many");
        Progress.say("starting a program with a larger heap");
        try (var program = Program.start(data, SETTINGS, OPTIONS)) {
            new Run(program, findings).run();
        } finally {
            Stand.delete(data);
        }
    }

    private static final class Run {

        private final Program program;
        private final Findings findings;
        private final Caller caller;
        private final List<List<HttpSender>> last = new ArrayList<>();
        private int opened;
        private int names;

        Run(Program program, Findings findings) {
            this.program = program;
            this.findings = findings;
            this.caller = new Caller(program::address);
        }

        void run() throws Exception {
            open(1);
            var warming = senders(1);
            WarmUp.run(
                    warming,
                    Duration.ofSeconds(60),
                    List.of(new Proc(program.pid())),
                    new Proc(program.cassandraPid()));
            close(warming);
            var few = messages(1);
            var heapOfFew = heap();
            var openOfFew = Metrics.open(caller);
            open(10);
            var more = messages(10);
            open(100);
            last.clear();
            var all = messages(100);
            var heapOfAll = heap();
            var openOfAll = Metrics.open(caller);
            findings.add("10,000 beside 1,000", "times", Figures.ratios(more, few), Goal.atMost(1.15));
            findings.add("100,000 beside 1,000", "times", Figures.ratios(all, few), Goal.atMost(1.15));
            findings.add(
                    "heap of an open idle conversation",
                    "KiB",
                    (heapOfAll - heapOfFew) / (openOfAll - openOfFew),
                    Goal.atMost(3));
            findings.note("open %,.0f then %,.0f; one message and an opening in each, some more"
                    .formatted(openOfFew, openOfAll));
            starting();
            check();
        }

        /** Customers of the names many-0 … in thousands; one message each. */
        private void open(int thousands) throws Exception {
            var from = opened;
            var start = System.nanoTime();
            var cost = new Cost();
            var next = new AtomicInteger(from);
            var clients = Stream.<Round.Client>generate(() -> () -> openThousand(next, thousands))
                    .limit(4)
                    .toList();
            cost.add(program, (thousands - from) * (long) THOUSAND, () -> {
                Round.each(clients, 1);
                Metrics.awaitFollowed(caller);
            });
            opened = thousands;
            Progress.say("%,d open after %,d s; %.2f ms CPU each"
                    .formatted(thousands * THOUSAND, (System.nanoTime() - start) / 1_000_000_000, cost.each()));
        }

        private Void openThousand(AtomicInteger next, int thousands) throws Exception {
            for (int i = next.getAndIncrement(); i < thousands; i = next.getAndIncrement()) {
                try (var sender = new BulkSender(program.address(), "many-" + i, THOUSAND)) {
                    sender.call();
                }
            }
            return null;
        }

        private List<Double> messages(int thousands) throws Exception {
            var costs = new ArrayList<Double>();
            for (int round = 1; round <= ROUNDS; round++) {
                Progress.say("%,d open, round %d of %d".formatted(thousands * THOUSAND, round, ROUNDS));
                costs.add(messagesOnce(thousands, ROUND));
            }
            findings.add("%,d open: CPU of program and Cassandra".formatted(thousands * THOUSAND), "ms/event", costs);
            return costs;
        }

        private double messagesOnce(int thousands, Duration time) throws Exception {
            var senders = senders(thousands);
            last.add(senders);
            var cost = round(senders, time);
            close(senders);
            return cost;
        }

        private double round(List<HttpSender> senders, Duration time) throws Exception {
            return Round.run(senders, time, new Proc(program.pid()), new Proc(program.cassandraPid()))
                    .bothPerEvent();
        }

        /** Each begins with a customer of his own; where there are more customers than he can reach, with those of another name. */
        private List<HttpSender> senders(int thousands) throws IOException {
            var senders = new ArrayList<HttpSender>();
            for (int i = 0; i < AT_ONCE; i++) {
                var place = i * 10 * thousands;
                var thread = "many-" + place / THOUSAND;
                senders.add(new HttpSender(program.address(), "m" + names++, thread, THOUSAND, place % THOUSAND));
            }
            return senders;
        }

        private double heap() throws Exception {
            Metrics.awaitFollowed(caller);
            Quiet.await(program, ROUND);
            return Heap.kibibytes(program.pid());
        }

        /** By turns with messages, each turn until the rows that follow from it are written. */
        private void starting() throws Exception {
            var starts = new ArrayList<Double>();
            var messages = new ArrayList<Double>();
            for (int round = 0; round <= ROUNDS; round++) {
                var senders = new ArrayList<HttpSender>();
                for (int i = 0; i < AT_ONCE; i++) {
                    var name = "start-" + round + "-" + i;
                    senders.add(new HttpSender(program.address(), name, name, Integer.MAX_VALUE));
                }
                var cost = untilFollowed(senders);
                var old = senders(100);
                last.add(old);
                var beside = untilFollowed(old);
                if (round > 0) {
                    starts.add(cost);
                    messages.add(beside);
                }
            }
            findings.add("a conversation's start: CPU of program and Cassandra", "ms/event", starts);
            findings.add("a start beside a message", "times", Figures.ratios(starts, messages), Goal.atMost(3));
        }

        private double untilFollowed(List<HttpSender> senders) throws Exception {
            var before = Cost.micros(program);
            Round.run(senders, START_ROUND, new Proc(program.pid()), new Proc(program.cassandraPid()));
            close(senders);
            Metrics.awaitFollowed(caller);
            return (Cost.micros(program) - before)
                    / 1e3
                    / senders.stream().mapToInt(HttpSender::sent).sum();
        }

        /** Of customers who heard of one sender only. */
        private void check() throws Exception {
            var said = new ArrayList<Sent>();
            for (int i : List.of(20, 50, 99)) {
                var customer = "many-" + i + "-7";
                var ids = Stream.concat(
                        Stream.of("7"), last.stream().flatMap(senders -> senders.get(i).said(7).ids().stream()));
                said.add(new Sent(Sent.SOURCE, customer, ids.toList()));
            }
            Kept.check(caller, said);
        }

        private static void close(List<HttpSender> senders) throws IOException {
            for (var sender : senders) {
                sender.close();
            }
        }
    }
}
