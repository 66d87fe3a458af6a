package switchboard.speed;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import switchboard.bench.Findings;
import switchboard.bench.Goal;
import switchboard.bench.Part;
import switchboard.bench.Stand;
import switchboard.following.Floor;
import switchboard.following.Following;
import switchboard.footprint.Heap;
import switchboard.load.Kept;
import switchboard.load.Round;
import switchboard.program.Progress;

/**
 * What it costs that many follow: the same posts at the same rate into 100 conversations, by turns with nobody and with 2 or 20
 * readers of each; judged is the difference. The conversations are with agents who look on in both turns, so that nothing but
 * customers' messages comes. That a reader misses one, or has it twice, is an error.
 */
final class FanOut implements Part {

    private static final int AGENTS = 20;
    private static final int CONVERSATIONS = 100;
    private static final int MANY = 2_000;
    private static final Duration ROUND = Duration.ofSeconds(3);

    /** Each of two pairs. */
    private static final int TIMES = 2;

    /** Processors' time of the program and of Cassandra for the same posts, in microseconds. */
    private record Cost(long program, long cassandra) {

        static Cost now(Stand stand) throws IOException {
            return new Cost(stand.process().cpuMicros(), stand.cassandra().cpuMicros());
        }

        Cost since(Cost before) {
            return new Cost(program - before.program, cassandra - before.cassandra);
        }

        long both() {
            return program + cassandra;
        }
    }

    /** Two turns side by side in time. */
    private record Pair(Cost nobody, Cost followed) {

        Cost difference() {
            return followed.since(nobody);
        }
    }

    @Override
    public String name() {
        return "fan-out";
    }

    @Override
    public void measure(Stand stand, Findings findings) throws Exception {
        Warm.up(stand);
        try (var floor = Floor.open(stand.address(), stand.caller(), name(), AGENTS, CONVERSATIONS / AGENTS)) {
            try (var readers = follow(stand, floor, MANY)) {
                Round.run(floor.unpaced(), ROUND.multipliedBy(3), stand.process(), stand.cassandra());
                readers.settle();
            }
            // The more deliveries a post has, the fewer posts: the machine is not to be full.
            new Turns(stand, findings, floor, 200, 1_000).run();
            new Turns(stand, findings, floor, MANY, 300).run();
            memory(stand, findings, floor);
            Kept.check(stand.caller(), floor.said());
        }
    }

    /** All of them hear what comes. */
    private static Following follow(Stand stand, Floor floor, int count) throws Exception {
        var readers = new Following(stand.address(), stand.caller(), floor.conversations(), count);
        Round.each(floor.unpaced(), CONVERSATIONS / floor.unpaced().size());
        readers.settle();
        return readers;
    }

    /** Last: a heap that was just collected is collected again sooner. */
    private static void memory(Stand stand, Findings findings, Floor floor) throws Exception {
        var pid = stand.program().pid();
        var before = Heap.kibibytes(pid);
        try (var following = follow(stand, floor, MANY)) {
            var opened = Heap.kibibytes(pid);
            floor.post(300, ROUND);
            following.settle();
            var after = Heap.kibibytes(pid);
            var what = MANY + " readers: heap for each ";
            findings.add(what + "when all are there", "KiB", (opened - before) / MANY, Goal.none());
            findings.add(what + "when much has come", "KiB", (after - before) / MANY, Goal.none());
            findings.add(
                    MANY + " readers: resident, program", "MiB", stand.process().residentMebibytes(), Goal.none());
        }
    }

    /** So many readers, at that rate. */
    private record Turns(Stand stand, Findings findings, Floor floor, int readers, int perSecond) {

        /** Nobody, followed, followed, nobody: what drifts is even, and readers have to come once for two turns. */
        void run() throws Exception {
            var pairs = new ArrayList<Pair>();
            for (int time = 1; time <= TIMES; time++) {
                Progress.say("nobody, %,d readers, by turns, %d of %d".formatted(readers, time, TIMES));
                var before = post();
                Cost later;
                try (var following = follow(stand, floor, readers)) {
                    pairs.add(new Pair(before, followed(following)));
                    later = followed(following);
                }
                pairs.add(new Pair(post(), later));
            }
            say(pairs);
        }

        private void say(List<Pair> pairs) {
            var what = readers + " readers, " + perSecond + " events/s: ";
            var posts = 1e3 * perSecond * ROUND.toSeconds();
            var deliveries = posts * readers / CONVERSATIONS;
            findings.add(what + "CPU without them", "ms/event", Figures.each(pairs, it -> it.nobody.both() / posts));
            findings.add(
                    what + "of it the program's", "ms/event", Figures.each(pairs, it -> it.nobody.program / posts));
            findings.add(
                    what + "CPU with them", "ms/delivery", Figures.each(pairs, it -> it.followed.both() / deliveries));
            findings.add(
                    what + "CPU that they add, of the program",
                    "ms/delivery",
                    Figures.each(pairs, it -> it.difference().program / deliveries));
            findings.add(
                    what + "CPU that they add",
                    "ms/delivery",
                    Figures.each(pairs, it -> it.difference().both() / deliveries),
                    Goal.atMost(0.03));
        }

        private Cost followed(Following following) throws Exception {
            var cost = post();
            following.settle();
            return cost;
        }

        private Cost post() throws Exception {
            var before = Cost.now(stand);
            floor.post(perSecond, ROUND);
            return Cost.now(stand).since(before);
        }
    }
}
