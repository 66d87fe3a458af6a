package switchboard.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityRef;
import org.apache.pekko.pattern.StatusReply;

/**
 * Questions under way to conversations. What was asked of a node that died is lost, and would be waited for in vain until the
 * patience ends; it is asked again once others have its shards. Who is asked twice answers the second time as the first.
 */
final class Asks {

    private final Set<Runnable> open = ConcurrentHashMap.newKeySet();

    <C, T> CompletionStage<T> ask(
            EntityRef<C> entity, Function<ActorRef<StatusReply<T>>, C> command, Duration patience) {
        var answer = new CompletableFuture<T>();
        var until = System.nanoTime() + patience.toNanos();
        Runnable again = () -> put(entity, command, Duration.ofNanos(until - System.nanoTime()), answer);
        open.add(again);
        entity.<T>askWithStatus(command::apply, patience).whenComplete((it, no) -> {
            if (no == null) {
                answer.complete(it);
            } else {
                answer.completeExceptionally(no);
            }
        });
        return answer.whenComplete((_, _) -> open.remove(again));
    }

    /** Asks all that is open once more. */
    void again() {
        open.forEach(Runnable::run);
    }

    int open() {
        return open.size();
    }

    /** The first time alone ends the waiting with a failure. */
    private static <C, T> void put(
            EntityRef<C> entity,
            Function<ActorRef<StatusReply<T>>, C> command,
            Duration patience,
            CompletableFuture<T> answer) {
        if (patience.isPositive()) {
            entity.<T>askWithStatus(command::apply, patience).whenComplete((it, no) -> {
                if (no == null) {
                    answer.complete(it);
                } else if (no instanceof StatusReply.ErrorMessage) {
                    answer.completeExceptionally(no);
                }
            });
        }
    }
}
