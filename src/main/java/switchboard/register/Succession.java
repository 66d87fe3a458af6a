package switchboard.register;

import java.util.List;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import switchboard.log.Entry;
import switchboard.scribe.Desk;
import switchboard.wire.Refusal;

/** The one writer of a register whose versions each take the place of the one before. */
public abstract class Succession<C, V extends Latest.Numbered, T> extends Registrar<C, Latest<V>, T> {

    /** Of the register {@code pid} of {@code tenant}. */
    protected Succession(
            ActorContext<C> context,
            ActorRef<ClusterSharding.ShardCommand> shard,
            String tenant,
            String pid,
            Desk desk,
            Function<Inner, C> inward) {
        super(context, shard, tenant, pid, desk, inward);
    }

    /**
     * What {@code next} makes takes the place of what stands, and is answered. Where it stands {@code already}: as it is, whatever is
     * expected. Refused: PRECONDITION_FAILED, UNAVAILABLE.
     *
     * @param expected the number of what must stand; -1 for any
     * @param next the event that is to have that number
     */
    protected final Effect<Entry, Latest<V>> replace(
            Latest<V> book,
            boolean already,
            long expected,
            LongFunction<Named> next,
            ActorRef<StatusReply<V>> replyTo) {
        if (already) {
            return look(book, replyTo);
        }
        if (expected >= 0 && expected != book.standing().number()) {
            replyTo.tell(Refusal.PRECONDITION_FAILED.reply());
            return Effect().none();
        }
        var event = next.apply(book.head().seq() + 1);
        return write(book, entries(book, List.of(event)), replyTo::tell, Latest::standing);
    }

    /** What stands is answered. */
    protected final Effect<Entry, Latest<V>> look(Latest<V> book, ActorRef<StatusReply<V>> replyTo) {
        replyTo.tell(StatusReply.success(book.standing()));
        return Effect().none();
    }

    /**
     * {@code follower} is told of each version until it ends, {@code gone} says so then; of what stands at once where that is newer than
     * {@code known} (-1: nothing is). Again: as it is.
     */
    protected final Effect<Entry, Latest<V>> follow(Latest<V> book, ActorRef<T> follower, C gone, long known) {
        return follow(book, follower, gone, known < book.standing().number());
    }

    @Override
    protected final T told(String tenant, Latest<V> book) {
        return told(tenant, book.standing());
    }

    /** That {@code standing} stands. */
    protected abstract T told(String tenant, V standing);
}
