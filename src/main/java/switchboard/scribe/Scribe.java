package switchboard.scribe;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EffectBuilder;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.log.DataKey;
import switchboard.log.Entry;
import switchboard.wire.Refusal;

/**
 * The one writer of a log, whatever it is about. On recovery it makes sure what stands at the head before anything is said,
 * and writes once more what an earlier incarnation may have written in vain; it acknowledges when the journal has
 * confirmed the entries and, where they are the first that owe something, the debt's row stands too.
 */
public abstract class Scribe<C, B extends LogBook> extends EventSourcedBehavior<C, Entry, B> {

    private static final Logger LOG = LoggerFactory.getLogger(Scribe.class);

    /** What a scribe tells itself; a command of the actor's carries it. */
    public sealed interface Inner {}

    /** All rows of the last number are read. */
    record Looked(List<Entry> rows) implements Inner {}

    /** The key in use is here; empty when it was deleted behind our back. */
    record Unlocked(Optional<DataKey> key) implements Inner {}

    /** A new key is here; empty when none can be had. */
    record Taken(Optional<DataKey> key) implements Inner {}

    /** These erased keys are deleted from the vault. */
    record Forgotten(List<String> keys) implements Inner {}

    /** They are not, yet: the debt's row stays. */
    record Later() implements Inner {}

    /** What was written was confirmed when this node had no right to write any more. */
    record Powerless() implements Inner {}

    /** Something that the actor needs before it can go on is not to be had. */
    record Broken(Throwable why) implements Inner {}

    private final ActorContext<C> context;
    private final ActorRef<ClusterSharding.ShardCommand> shard;
    private final String pid;
    private final Desk desk;
    private final Function<Inner, C> inward;
    private final DebtRow row;
    private final Seal seal;
    private boolean unlocking;

    /** Of the log {@code pid}, whose entries {@code seal} makes. */
    protected Scribe(
            ActorContext<C> context,
            ActorRef<ClusterSharding.ShardCommand> shard,
            String pid,
            Desk desk,
            Seal seal,
            Function<Inner, C> inward) {
        super(PersistenceId.ofUniqueId(pid));
        this.context = context;
        this.shard = shard;
        this.pid = pid;
        this.desk = desk;
        this.seal = seal;
        this.inward = inward;
        this.row = new DebtRow(pid, desk);
    }

    /** The log is read, and what stands at its head is known. */
    protected abstract void recovered(B book);

    /** The entries that append {@code missing} again. */
    protected abstract List<Entry> again(B book, List<Entry> missing);

    /** These are about to be written. */
    protected abstract void before(B book, List<Entry> entries);

    /** These are confirmed, and {@code book} has them; nothing waits for what follows from it. */
    protected abstract void after(B book, List<Entry> entries);

    /** Deletes the debt's row where nothing is owed. */
    protected abstract void settle(B book);

    protected final DebtRow row() {
        return row;
    }

    @Override
    public final EventHandler<B, Entry> eventHandler() {
        return (book, entry) -> {
            book.add(entry);
            return book;
        };
    }

    @Override
    public SignalHandler<B> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.instance(), this::replayed)
                .build();
    }

    /** The replay stops at the first row of the last number, so that number is read again before anything is said. */
    private void replayed(B book) {
        var last = lastSequenceNumber(context);
        if (last == 0 && desk.unconfirmed().has(pid)) {
            context.getSelf().tell(inward.apply(new Looked(List.of())));
        } else if (last == 0) {
            book.settle(List.of());
            recovered(book);
        } else {
            pipe(desk.rowsAt().apply(pid, last), (rows, no) -> no == null ? new Looked(rows) : new Broken(no));
        }
    }

    /** Whether a command has to be stashed. */
    protected final boolean waits(B book) {
        return !book.settled() || unlocking;
    }

    /** Handles what this scribe told itself; never stashed. */
    protected final Effect<Entry, B> inner(B book, Inner what) {
        return switch (what) {
            case Looked c -> looked(book, c);
            case Unlocked c -> unlocked(book, c);
            case Taken c -> taken(c);
            case Forgotten c -> forgotten(book, c);
            case Later _ -> Effect().none();
            case Powerless _ -> powerless();
            case Broken c -> throw new IllegalStateException(pid + " cannot go on", c.why());
        };
    }

    private Effect<Entry, B> looked(B book, Looked c) {
        book.settle(c.rows());
        recovered(book);
        var again = desk.unconfirmed().following(pid, book.head());
        if (!again.isEmpty()) {
            LOG.warn("write of unknown outcome: {} writes {} entries once more", pid, again.size());
            return recover(book, again);
        }
        desk.unconfirmed().confirmed(pid);
        var missing = book.missing();
        if (missing.isEmpty()) {
            return Effect().none().thenUnstashAll();
        }
        LOG.warn("late write: {} appends {} entries of earlier numbers again", pid, missing.size());
        desk.lateWrites().add(missing.size());
        return recover(book, again(book, missing));
    }

    private Effect<Entry, B> recover(B book, List<Entry> entries) {
        if (!desk.right().held()) {
            return powerless();
        }
        return persist(book, entries)
                .thenRun(after -> confirmed(after, entries))
                .thenUnstashAll();
    }

    /** This node has no right to write: another may have this log already. The actor ends, and what it held in memory with it. */
    private Effect<Entry, B> powerless() {
        LOG.warn("{} does not write: this node may not now", pid);
        return Effect().none().thenStop();
    }

    private EffectBuilder<Entry, B> persist(B book, List<Entry> entries) {
        before(book, entries);
        return Effect().persist(desk.unconfirmed().writing(pid, entries));
    }

    /** Writes what nobody waits for. */
    protected final Effect<Entry, B> write(B book, List<Entry> entries) {
        if (!desk.right().held()) {
            return powerless();
        }
        return persist(book, entries).thenRun(after -> confirmed(after, entries));
    }

    /** Writes, and replies {@code success} of what is then. */
    protected final <T> Effect<Entry, B> write(
            B book, List<Entry> entries, Consumer<StatusReply<T>> reply, Function<B, T> success) {
        if (!desk.right().held()) {
            reply.accept(Refusal.UNAVAILABLE.reply());
            return powerless();
        }
        return persist(book, entries).thenRun(after -> {
            acknowledge(reply, success.apply(after));
            confirmed(after, entries);
        });
    }

    /** The same once the key that they need is at hand: the command comes again, or is refused as UNAVAILABLE. */
    protected final <T> Effect<Entry, B> write(
            B book,
            Seal.Readiness readiness,
            Supplier<List<Entry>> entries,
            Consumer<StatusReply<T>> reply,
            Function<B, T> success) {
        return switch (readiness) {
            case UNLOCK -> unlock(book);
            case TAKE -> take();
            case NONE -> {
                reply.accept(Refusal.UNAVAILABLE.reply());
                yield unused(book);
            }
            case READY -> write(book, entries.get(), reply, success);
        };
    }

    /** What does not exist is not kept in memory because somebody asked for it. */
    protected final Effect<Entry, B> unused(B book) {
        if (book.head().seq() == 0) {
            passivate();
        }
        return Effect().none();
    }

    protected final void passivate() {
        shard.tell(new ClusterSharding.Passivate<>(context.getSelf()));
    }

    /** What follows from a confirmed write and waits for nothing; nothing where another node may not have seen it. */
    private void confirmed(B book, List<Entry> entries) {
        desk.unconfirmed().confirmed(pid);
        if (!desk.right().held()) {
            context.getSelf().tell(inward.apply(new Powerless()));
            return;
        }
        desk.heads().accept(pid, book.head());
        after(book, entries);
        settleOrForget(book);
    }

    /** Deletes erased keys where there are any; else the debt's row where nothing is owed. */
    protected final void settleOrForget(B book) {
        if (book.keys().erased().isEmpty()) {
            settle(book);
        } else {
            forget(book);
        }
    }

    /**
     * Replies once the debt's row stands. What was confirmed while this node had the right to write was in the log before anybody
     * else read it; of what was confirmed later nobody knows, so it is not acknowledged.
     */
    protected final <T> void acknowledge(Consumer<StatusReply<T>> reply, T success) {
        row.stands()
                .whenComplete((_, no) -> reply.accept(
                        no == null && desk.right().held()
                                ? StatusReply.success(success)
                                : Refusal.UNAVAILABLE.reply()));
    }

    /** The command waits, with all that follow, until the key is there. */
    protected final Effect<Entry, B> unlock(B book) {
        unlocking = true;
        pipe(seal.load(book.keys().current()), (key, no) -> no == null ? new Unlocked(key) : new Broken(no));
        return Effect().stash();
    }

    /** The pool ran empty; the command is refused when it cannot be filled. */
    protected final Effect<Entry, B> take() {
        unlocking = true;
        pipe(seal.take(), (key, no) -> new Taken(no == null ? Optional.of(key) : Optional.empty()));
        return Effect().stash();
    }

    private Effect<Entry, B> unlocked(B book, Unlocked c) {
        unlocking = false;
        seal.unlocked(book.keys().current(), c.key());
        return Effect().none().thenUnstashAll();
    }

    private Effect<Entry, B> taken(Taken c) {
        unlocking = false;
        seal.taken(c.key());
        return Effect().none().thenUnstashAll();
    }

    /** Deletes what is erased from the vault; if that fails, the debt's row brings us back. */
    private void forget(B book) {
        var keys = book.keys().erased();
        pipe(seal.erase(keys), (_, no) -> {
            if (no != null) {
                LOG.warn("erasure: {} could not delete its keys yet", pid, no);
            }
            return no == null ? new Forgotten(keys) : new Later();
        });
    }

    private Effect<Entry, B> forgotten(B book, Forgotten c) {
        book.forgotten(c.keys());
        settle(book);
        return Effect().none();
    }

    private <T> void pipe(CompletionStage<T> stage, BiFunction<T, Throwable, Inner> told) {
        context.pipeToSelf(stage, (value, no) -> inward.apply(told.apply(value, no)));
    }

    /** A message to this actor once {@code stage} is done, which must not fail. */
    protected final <T extends C> void listen(CompletionStage<T> stage) {
        context.pipeToSelf(stage, (c, no) -> no == null ? c : inward.apply(new Broken(no)));
    }

    /** Never before the last entry. */
    protected final Instant now(B book) {
        var now = desk.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        return now.isBefore(book.at()) ? book.at() : now;
    }
}
