package switchboard.planning;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.RecipientRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import switchboard.planning.RoutingPlan.Follow;
import switchboard.planning.RoutingPlan.Told;

/**
 * Follows the plans of all tenants for a node: follows each anew every so often, which has an actor that ended recover, and
 * finds what was told while nobody heard it.
 */
final class Watch {

    /** What it tells itself. */
    sealed interface Command {}

    private record Round() implements Command {}

    private record Heard(Told told) implements Command {}

    /** {@code known}: the newest version of a tenant's that was heard of; -1 for none. */
    static Behavior<Command> create(
            List<String> tenants,
            Function<String, ? extends RecipientRef<RoutingPlan.Command>> plans,
            ToLongFunction<String> known,
            Consumer<Told> heard,
            Duration every) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            var self = context.messageAdapter(Told.class, Heard::new);
            context.getSelf().tell(new Round());
            timers.startTimerWithFixedDelay(new Round(), every);
            return Behaviors.receiveMessage(command -> {
                switch (command) {
                    case Round _ ->
                        tenants.forEach(
                                tenant -> plans.apply(tenant).tell(new Follow(self, known.applyAsLong(tenant))));
                    case Heard it -> heard.accept(it.told());
                }
                return Behaviors.same();
            });
        }));
    }

    private Watch() {}
}
