package switchboard.register;

import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Follows one log of each tenant for a node: follows each anew every so often, which has an actor that ended recover, and finds
 * what was told while nobody heard it.
 */
final class Watch {

    /** What it tells itself. */
    sealed interface Command {}

    private record Round() implements Command {}

    private record Heard<T>(T told) implements Command {}

    /** {@code follow}: asks the actor of a tenant to tell of what is new; {@code heard} must return soon. */
    static <T> Behavior<Command> create(
            List<String> tenants,
            Class<T> told,
            BiConsumer<String, ActorRef<T>> follow,
            Consumer<T> heard,
            Duration every) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            ActorRef<T> self = context.messageAdapter(told, Heard::new);
            context.getSelf().tell(new Round());
            timers.startTimerWithFixedDelay(new Round(), every);
            return Behaviors.receiveMessage(command -> {
                switch (command) {
                    case Round _ -> tenants.forEach(tenant -> follow.accept(tenant, self));
                    case Heard<?> it -> heard.accept(told.cast(it.told()));
                }
                return Behaviors.same();
            });
        }));
    }

    private Watch() {}
}
