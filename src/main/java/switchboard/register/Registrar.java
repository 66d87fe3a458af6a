package switchboard.register;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import switchboard.log.Entry;
import switchboard.scribe.Desk;
import switchboard.scribe.Scribe;
import switchboard.scribe.Seal;

/**
 * The one writer of a register. It owes nothing: who follows it asks again and again, and so has it recover where it has ended.
 *
 * @param <C> what may be asked
 * @param <T> what those who follow are told
 */
public abstract class Registrar<C, B extends Volume, T> extends Scribe<C, B> {

    private final ActorContext<C> context;
    private final String tenant;
    private final Seal seal;
    private final Set<ActorRef<T>> followers = new HashSet<>();

    /** Of the register {@code pid} of {@code tenant}. */
    protected Registrar(
            ActorContext<C> context,
            ActorRef<ClusterSharding.ShardCommand> shard,
            String tenant,
            String pid,
            Desk desk,
            Function<Inner, C> inward) {
        this(context, shard, tenant, pid, desk, inward, new Seal(tenant, pid, desk));
    }

    private Registrar(
            ActorContext<C> context,
            ActorRef<ClusterSharding.ShardCommand> shard,
            String tenant,
            String pid,
            Desk desk,
            Function<Inner, C> inward,
            Seal seal) {
        super(context, shard, pid, desk, seal, inward);
        this.context = context;
        this.tenant = tenant;
        this.seal = seal;
    }

    /** That this is what {@code tenant}'s register holds. */
    protected abstract T told(String tenant, B book);

    /** Whether an entry was written by us. */
    protected final boolean genuine(Entry entry) {
        return seal.genuine(entry);
    }

    /** The entries that say so, after what stands; each under its name on disk. */
    protected final List<Entry> entries(B book, List<Named> events) {
        var drafts = events.stream()
                .map(it -> new Seal.Draft(it.type(), "", it.event(), Map.of()))
                .toList();
        return seal.entries(book.head(), now(book), 0, drafts);
    }

    /** An event and its name on disk. */
    public record Named(String type, Object event) {}

    /**
     * {@code follower} is told of each version until it ends, {@code gone} says so then; of what stands at once where that is
     * {@code news} to it. Again: as it is.
     */
    protected final Effect<Entry, B> follow(B book, ActorRef<T> follower, C gone, boolean news) {
        if (followers.add(follower)) {
            context.watchWith(follower, gone);
        }
        if (news) {
            follower.tell(told(tenant, book));
        }
        return Effect().none();
    }

    protected final Effect<Entry, B> gone(ActorRef<T> follower) {
        followers.remove(follower);
        return Effect().none();
    }

    @Override
    protected final void recovered(B book) {
        // those who follow come again by themselves
    }

    @Override
    protected final List<Entry> again(B book, List<Entry> missing) {
        throw new IllegalStateException("nothing of a register is appended again");
    }

    @Override
    protected final void before(B book, List<Entry> entries) {
        // nothing comes to be owed
    }

    @Override
    protected final void after(B book, List<Entry> entries) {
        followers.forEach(follower -> follower.tell(told(tenant, book)));
    }

    @Override
    protected final void settle(B book) {
        // nothing is owed
    }
}
