package switchboard.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityRef;
import org.apache.pekko.pattern.StatusReply;
import switchboard.agent.Agent;
import switchboard.agent.Agent.Command;
import switchboard.agent.Agent.View;
import switchboard.http.Gate.Caller;
import switchboard.request.Fault;
import switchboard.request.Problem;
import switchboard.security.Access.Relation;
import switchboard.security.Principal;
import switchboard.wire.Refusal;

/**
 * Asks agents, always of the caller's own tenant.
 *
 * @param entity by {@code tenant:agent}
 * @param patience how long one may take to answer before the caller sees 503
 */
public record Crew(Function<String, EntityRef<Command>> entity, Duration patience) {

    private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,40}");

    /** Refused: as {@link #known}. */
    public <T> CompletionStage<T> ask(Caller caller, String id, Function<ActorRef<StatusReply<T>>, Command> command) {
        known(caller, id);
        return ask(caller.principal(), id, command);
    }

    /** The same, of one who is known. */
    public <T> CompletionStage<T> ask(
            Principal caller, String id, Function<ActorRef<StatusReply<T>>, Command> command) {
        return of(caller, id).askWithStatus(command::apply, patience);
    }

    /** Whether there is an agent of that id. */
    public CompletionStage<Boolean> has(Principal caller, String id) {
        return this.<View>ask(caller, id, Agent.Look::new)
                .thenApply(_ -> true)
                .exceptionallyCompose(no -> Refusal.behind(no) == Refusal.NOT_FOUND
                        ? CompletableFuture.completedStage(false)
                        : CompletableFuture.failedStage(no));
    }

    /** Tells one who is known. */
    public void tell(Principal caller, String id, Command command) {
        of(caller, id).tell(command);
    }

    private EntityRef<Command> of(Principal caller, String id) {
        return entity.apply(Agent.entityId(caller.tenant(), id));
    }

    /** An id that can be none's is as unknown as any; who may see only herself is told so, whether or not there is another. */
    public static void known(Caller caller, String id) {
        if (self(caller) && !caller.principal().id().equals(id)) {
            throw new Problem(Fault.ROLE_NOT_ALLOWED);
        }
        if (!ID.matcher(id).matches()) {
            throw new StatusReply.ErrorMessage(Refusal.NOT_FOUND.name());
        }
    }

    /** Whether the caller may see only herself. */
    public static boolean self(Caller caller) {
        return caller.grant().relation() == Relation.SELF;
    }
}
