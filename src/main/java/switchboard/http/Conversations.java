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

/** Asks conversations, always of the caller's own tenant. */
public final class Conversations {

    private final Function<String, EntityRef<Command>> entity;
    private final Duration patience;
    private final LongConsumer took;
    private final Asks asks = new Asks();

    public Conversations(Function<String, EntityRef<Command>> entity, Duration patience) {
        this(entity, patience, _ -> {});
    }

    /**
     * Of a node.
     *
     * @param entity by {@code tenant:conversation}
     * @param patience how long one may take to answer before the caller sees 503
     * @param took is told how many nanoseconds each answer took, refusals too
     */
    public Conversations(Function<String, EntityRef<Command>> entity, Duration patience, LongConsumer took) {
        this.entity = entity;
        this.patience = patience;
        this.took = took;
    }

    public <T> CompletionStage<T> ask(
            Principal caller, String conversation, Function<ActorRef<StatusReply<T>>, Command> command) {
        return askEntity(Conversation.entityId(caller.tenant(), conversation), command);
    }

    /** The same, by the sharding id. */
    public <T> CompletionStage<T> askEntity(String id, Function<ActorRef<StatusReply<T>>, Command> command) {
        var since = System.nanoTime();
        return asks.ask(entity.apply(id), command, patience)
                .whenComplete((_, _) -> took.accept(System.nanoTime() - since));
    }

    /** A node is gone, and what was asked of it: asks once more what is not answered yet. */
    public void again() {
        asks.again();
    }
}
