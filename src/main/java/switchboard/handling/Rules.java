package switchboard.handling;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import switchboard.agent.Profile.Pool;
import switchboard.handling.Holds.Hold;
import switchboard.plan.Cost;
import switchboard.plan.Need;
import switchboard.plan.Plan;

/** The routing plan that is in force, and which version of it that is; 0: the built-in one. */
public record Rules(long version, Plan plan) {

    /**
     * A place in that queue, or in the default one where there is none such, for anybody; {@code before}: its place in this
     * episode.
     */
    public Line line(String queue, List<Need> skills, String priority, Optional<Line> before, Instant at) {
        var name = plan.queueOrDefault(queue).name();
        var key = before.map(Line::key).orElseGet(() -> plan.key(name, priority, at));
        return new Line(name, skills, priority, key, at, "", List.of());
    }

    /** The same, preferably for the agent {@code last}, where the queue's plan says so. */
    public Line line(String queue, List<Need> skills, String priority, String last, Optional<Line> before, Instant at) {
        var line = line(queue, skills, priority, before, at);
        var preferred = plan.queueOrDefault(queue).lastAgent().isZero() ? "" : last;
        return new Line(line.queue(), skills, priority, line.key(), at, preferred, List.of());
    }

    /** Until when a contact that had that place may be wrapped up; {@link Instant#MAX} where there is no limit. */
    public Instant wrapUp(Optional<Line> line, Instant at) {
        var limit = line.map(place -> plan.queueOrDefault(place.queue()).wrapUp());
        return limit.filter(Duration::isPositive).map(at::plus).orElse(Instant.MAX);
    }

    /** The hold, with what a contact of that channel takes of an agent where it was assigned without an offer. */
    public Hold costing(Hold hold, String channel) {
        var cost = plan.cost(channel);
        return hold.units() == 0 ? hold.taking(pool(cost), cost.units()) : hold;
    }

    /** As agents name it. */
    public static Pool pool(Cost cost) {
        return switch (cost.pool()) {
            case VOICE -> Pool.VOICE;
            case INTERRUPTIBLE -> Pool.CHAT;
        };
    }
}
