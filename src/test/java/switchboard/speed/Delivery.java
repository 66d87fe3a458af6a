package switchboard.speed;

import java.time.Duration;
import java.util.ArrayList;
import switchboard.bench.Findings;
import switchboard.bench.Goal;
import switchboard.bench.Part;
import switchboard.bench.Stand;
import switchboard.following.Deliveries;
import switchboard.following.Floor;
import switchboard.load.Kept;
import switchboard.load.Round;
import switchboard.program.Progress;

/**
 * How soon an agent sees what a customer wrote: 200 events a second at fixed times, 100 agents, each with a stream and three conversations.
 * By the one clock of the one process that posts and reads.
 */
final class Delivery implements Part {

    private static final int AGENTS = 100;
    private static final int CONVERSATIONS = 3;
    private static final int PER_SECOND = 200;
    private static final int ROUNDS = 3;
    private static final Duration ROUND = Duration.ofSeconds(8);

    /** When all of a round was posted, acknowledged and seen. */
    private record Times(Deliveries.Waits post, Deliveries.Waits acknowledgement) {}

    @Override
    public String name() {
        return "delivery";
    }

    @Override
    public void measure(Stand stand, Findings findings) throws Exception {
        Warm.up(stand);
        try (var floor = Floor.open(stand.address(), stand.caller(), name(), AGENTS, CONVERSATIONS)) {
            Round.run(floor.unpaced(), ROUND, stand.process(), stand.cassandra());
            floor.settle();
            var rounds = new ArrayList<Times>();
            for (int round = 1; round <= ROUNDS; round++) {
                Progress.say("round %d of %d".formatted(round, ROUNDS));
                floor.post(PER_SECOND, ROUND);
                rounds.add(new Times(
                        floor.deliveries().afterDue(), floor.deliveries().afterAcknowledgement()));
            }
            findings.add("POST to stream, p50", "ms", Figures.each(rounds, it -> it.post.millis(0.5)));
            findings.add("POST to stream, p99", "ms", Figures.each(rounds, it -> it.post.millis(0.99)));
            var after = "acknowledgement to stream, ";
            findings.add(
                    after + "p50", "ms", Figures.each(rounds, it -> it.acknowledgement.millis(0.5)), Goal.atMost(2));
            findings.add(
                    after + "p99", "ms", Figures.each(rounds, it -> it.acknowledgement.millis(0.99)), Goal.atMost(8));
            Kept.check(stand.caller(), floor.said());
        }
    }
}
