package switchboard.speed;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import switchboard.bench.Findings;
import switchboard.bench.Goal;
import switchboard.bench.Part;
import switchboard.bench.Stand;
import switchboard.load.Filled;
import switchboard.load.HttpSender;
import switchboard.load.Kept;
import switchboard.load.Round;
import switchboard.load.Sent;
import switchboard.program.Progress;

/**
 * What a message costs where 10, 2,000 and 30,000 are before it, by short turns: each posts 50 messages one after the other in each of 8
 * conversations at once, 30 times. The short ones are others in each turn, so that they stay short.
 */
final class LongConversations implements Part {

    private static final int SHORT = 10;
    private static final int LONG = 2_000;
    private static final int LONGEST = 30_000;
    private static final int AT_ONCE = 8;
    private static final int MESSAGES = 50;
    private static final int ROUNDS = 3;
    private static final int TURNS = 10;

    /** One customer, and what he has said. */
    private record Customer(String name, List<String> ids) {

        static List<Customer> several(String name, int count) {
            return IntStream.range(0, count)
                    .mapToObj(i -> new Customer(name + "-" + i, new ArrayList<>()))
                    .toList();
        }

        static List<Customer> filled(URI address, String name, int events) throws Exception {
            var threads = several(name, AT_ONCE);
            var said = Filled.conversations(address, name, AT_ONCE, events);
            for (int i = 0; i < AT_ONCE; i++) {
                threads.get(i).ids().addAll(said.get(i).ids());
            }
            return threads;
        }

        HttpSender sender(URI address, String prefix) throws IOException {
            return new HttpSender(address, prefix, name, 1);
        }

        Sent said() {
            return new Sent(Sent.SOURCE, name + "-0", ids);
        }
    }

    @Override
    public String name() {
        return "long";
    }

    @Override
    public void measure(Stand stand, Findings findings) throws Exception {
        Warm.up(stand);
        Progress.say("filling");
        var shorts = Customer.several("short", ROUNDS * TURNS * AT_ONCE);
        say(stand.address(), "first", shorts, SHORT);
        var longs = Customer.filled(stand.address(), "long", LONG);
        var longest = Customer.filled(stand.address(), "longest", LONGEST);
        var fresh = shorts.iterator();
        var before = Map.of(LONG, longs, LONGEST, longest);
        var costs = new LinkedHashMap<Integer, List<Double>>();
        var lengths = new ArrayList<>(List.of(SHORT, LONG, LONGEST));
        for (int round = 1; round <= ROUNDS; round++) {
            Progress.say("round %d of %d".formatted(round, ROUNDS));
            var sums = new LinkedHashMap<Integer, Cost>();
            for (int turn = 0; turn < TURNS; turn++) {
                var prefix = "turn-" + round + "-" + turn;
                for (int length : lengths) {
                    var threads = length == SHORT
                            ? IntStream.range(0, AT_ONCE)
                                    .mapToObj(_ -> fresh.next())
                                    .toList()
                            : requireNonNull(before.get(length));
                    sums.computeIfAbsent(length, _ -> new Cost())
                            .add(
                                    stand.program(),
                                    AT_ONCE * MESSAGES,
                                    () -> say(stand.address(), prefix, threads, MESSAGES));
                }
                Collections.rotate(lengths, 1);
            }
            sums.forEach((length, cost) ->
                    costs.computeIfAbsent(length, _ -> new ArrayList<>()).add(cost.each()));
        }
        report(findings, costs);
        Kept.check(
                stand.caller(),
                List.of(
                        shorts.get(0).said(),
                        shorts.get(77).said(),
                        longs.get(0).said(),
                        longest.get(0).said()));
    }

    private static void report(Findings findings, Map<Integer, List<Double>> costs) {
        for (int length : List.of(SHORT, LONG, LONGEST)) {
            findings.add(
                    "after %,d events: CPU of program and Cassandra".formatted(length),
                    "ms/event",
                    requireNonNull(costs.get(length)));
        }
        for (int length : List.of(LONG, LONGEST)) {
            var after = requireNonNull(costs.get(length));
            var ratios = Figures.ratios(after, requireNonNull(costs.get(SHORT)));
            findings.add("after %,d beside after %d".formatted(length, SHORT), "times", ratios, Goal.atMost(1.10));
        }
    }

    /** All at once, each one after the other, on connections of this turn. */
    private static void say(URI address, String prefix, List<Customer> threads, int messages) throws Exception {
        var senders = new ArrayList<HttpSender>();
        for (var thread : threads) {
            senders.add(thread.sender(address, prefix));
        }
        Round.each(senders, messages);
        for (int i = 0; i < senders.size(); i++) {
            threads.get(i).ids().addAll(senders.get(i).said(0).ids());
        }
        close(senders);
    }

    private static void close(List<HttpSender> senders) throws IOException {
        for (var sender : senders) {
            sender.close();
        }
    }
}
