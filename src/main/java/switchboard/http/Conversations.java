package switchboard.http;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityRef;
import org.apache.pekko.pattern.StatusReply;
import switchboard.conversation.Conversation;
import switchboard.conversation.Conversation.Command;
import switchboard.security.Principal;

/**
 * Asks conversations, always of the caller's own tenant.
 *
 * @param entity by {@code tenant:conversation}
 * @param patience how long one may take to answer before the caller sees 503
 * @param took is told how many nanoseconds each answer took, refusals too
 */
public record Conversations(Function<String, EntityRef<Command>> entity, Duration patience, LongConsumer took) {

    public Conversations(Function<String, EntityRef<Command>> entity, Duration patience) {
        this(entity, patience, _ -> {});
    }

    public <T> CompletionStage<T> ask(
            Principal caller, String conversation, Function<ActorRef<StatusReply<T>>, Command> command) {
        return askEntity(Conversation.entityId(caller.tenant(), conversation), command);
    }

    /** The same, by the sharding id. */
    public <T> CompletionStage<T> askEntity(String id, Function<ActorRef<StatusReply<T>>, Command> command) {
        var since = System.nanoTime();
        return entity.apply(id)
                .<T>askWithStatus(command::apply, patience)
                .whenComplete((_, _) -> took.accept(System.nanoTime() - since));
    }
}
