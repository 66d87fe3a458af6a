package switchboard.speed;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import switchboard.bench.Findings;
import switchboard.bench.Goal;
import switchboard.bench.Part;
import switchboard.bench.Stand;
import switchboard.load.Floor;
import switchboard.load.Following;
import switchboard.load.Heap;
import switchboard.load.Kept;
import switchboard.load.Round;
import switchboard.load.WarmUp;
import switchboard.program.Progress;

/**
 * What it costs that many follow: the same posts at the same rate into 100 conversations, by turns with nobody and with 2 or 20
 * readers of each. The conversations are with agents who look on in both turns, so that nothing but customers' messages comes.
 */
final class FanOut implements Part {

    private static final int AGENTS = 20;
    private static final int CONVERSATIONS = 100;
    private static final Duration ROUND = Duration.ofSeconds(4);

    /** Processors' time of program and Cassandra, and of the program, for the same posts; in microseconds. */
    private record Cost(long both, long program) {}

    /** Two turns side by side in time. */
    private record Pair(Cost nobody, Cost followed) {}

    @Override
    public String name() {
        return "fan-out";
    }

    @Override
    public void measure(Stand stand, Findings findings) throws Exception {
        try (var floor = Floor.open(stand.address(), stand.caller(), name(), AGENTS, CONVERSATIONS / AGENTS)) {
            var unpaced = floor.unpaced();
            WarmUp.ifCold(unpaced, Duration.ofSeconds(150), stand.process(), stand.cassandra());
            try (var readers = follow(stand, floor, 200)) {
                Round.run(unpaced, ROUND, stand.process(), stand.cassandra());
                readers.settle();
            }
            new Turns(stand, findings, floor, 200, 1_000).run();
            new Turns(stand, findings, floor, 2_000, 200).run();
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

    /** So many readers, at that rate. The more deliveries a post has, the fewer posts: the machine is not to be full. */
    private record Turns(Stand stand, Findings findings, Floor floor, int readers, int perSecond) {

        /** Nobody, followed; followed, nobody; nobody, followed: what drifts is even, and readers come twice only. */
        void run() throws Exception {
            var heap = new Heap(stand.program().pid());
            var pairs = new ArrayList<Pair>();
            var first = nobody(1);
            var before = heap.kibibytes();
            Cost second;
            try (var following = follow(stand, floor, readers)) {
                var opened = heap.kibibytes();
                pairs.add(new Pair(first, followed(1, following)));
                second = followed(2, following);
                var after = heap.kibibytes();
                var resident = stand.process().residentMebibytes();
                following.settle();
                found("heap for each reader", "KiB", (opened - before) / readers);
                found("heap for each reader, after all that came", "KiB", (after - before) / readers);
                found("resident, program", "MiB", resident);
            }
            pairs.add(new Pair(nobody(2), second));
            var last = nobody(3);
            try (var following = follow(stand, floor, readers)) {
                pairs.add(new Pair(last, followed(3, following)));
            }
            say(pairs);
        }

        private void say(List<Pair> pairs) {
            var what = readers + " readers, " + perSecond + " events/s: ";
            var posts = perSecond * ROUND.toSeconds();
            var deliveries = posts * readers / CONVERSATIONS;
            findings.add(what + "CPU without them", "ms/event", each(pairs, it -> it.nobody.both / 1e3 / posts));
            findings.add(what + "CPU with them", "ms/event", each(pairs, it -> it.followed.both / 1e3 / posts));
            findings.add(what + "all CPU", "ms/delivery", each(pairs, it -> it.followed.both / 1e3 / deliveries));
            findings.add(
                    what + "CPU that they add, of the program alone",
                    "ms/delivery",
                    each(pairs, it -> (it.followed.program - it.nobody.program) / 1e3 / deliveries));
            findings.add(
                    what + "CPU that they add",
                    "ms/delivery",
                    each(pairs, it -> (it.followed.both - it.nobody.both) / 1e3 / deliveries),
                    Goal.atMost(0.03));
        }

        private void found(String what, String unit, double figure) {
            findings.add(readers + " readers: " + what, unit, figure, Goal.none());
        }

        private Cost nobody(int round) throws Exception {
            Progress.say("nobody follows, round " + round);
            var cost = cost();
            floor.post(perSecond, ROUND);
            return since(cost);
        }

        private Cost followed(int round, Following following) throws Exception {
            Progress.say("%,d readers, round %d".formatted(readers, round));
            var cost = cost();
            floor.post(perSecond, ROUND);
            var spent = since(cost);
            following.settle();
            return spent;
        }

        private Cost cost() throws IOException {
            var program = stand.process().cpuMicros();
            return new Cost(program + stand.cassandra().cpuMicros(), program);
        }

        private Cost since(Cost before) throws IOException {
            var now = cost();
            return new Cost(now.both - before.both, now.program - before.program);
        }

        private static List<Double> each(List<Pair> pairs, ToDoubleFunction<Pair> figure) {
            return pairs.stream().mapToDouble(figure).boxed().toList();
        }
    }
}
