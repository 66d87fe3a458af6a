package switchboard.conversation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EffectBuilder;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.conversation.Conversation.Broken;
import switchboard.conversation.Conversation.Command;
import switchboard.conversation.Conversation.Erase;
import switchboard.conversation.Conversation.Forgotten;
import switchboard.conversation.Conversation.Look;
import switchboard.conversation.Conversation.Looked;
import switchboard.conversation.Conversation.Ordered;
import switchboard.conversation.Conversation.Place;
import switchboard.conversation.Conversation.Receive;
import switchboard.conversation.Conversation.Taken;
import switchboard.conversation.Conversation.Unlocked;
import switchboard.conversation.Conversation.Wake;
import switchboard.conversation.Decisions.Decision;
import switchboard.conversation.Identities.Once;
import switchboard.log.Entry;
import switchboard.wire.Refusal;

/**
 * The one writer of a conversation. It answers a repeat as it did the first time, has {@link Decisions} decide the rest,
 * and acknowledges when the journal has confirmed the entries and, where they are the first that owe something, the debt's
 * row stands too.
 */
final class ConversationEntity extends EventSourcedBehavior<Command, Entry, Book> {

    private static final Logger LOG = LoggerFactory.getLogger(ConversationEntity.class);

    private final ActorContext<Command> context;
    private final ActorRef<ClusterSharding.ShardCommand> shard;
    private final String id;
    private final String pid;
    private final Conversation.Ports ports;
    private final Sealer sealer;
    private boolean unlocking;
    private boolean owes;
    private CompletionStage<Done> owing = CompletableFuture.completedFuture(Done.getInstance());

    static Behavior<Command> create(
            String tenant, String id, ActorRef<ClusterSharding.ShardCommand> shard, Conversation.Ports ports) {
        return Behaviors.setup(context -> new ConversationEntity(context, tenant, id, shard, ports));
    }

    private ConversationEntity(
            ActorContext<Command> context,
            String tenant,
            String id,
            ActorRef<ClusterSharding.ShardCommand> shard,
            Conversation.Ports ports) {
        super(PersistenceId.ofUniqueId(Conversation.persistenceId(tenant, id)));
        this.context = context;
        this.shard = shard;
        this.id = id;
        this.pid = Conversation.persistenceId(tenant, id);
        this.ports = ports;
        this.sealer = new Sealer(tenant, pid, ports);
    }

    @Override
    public Book emptyState() {
        return new Book(pid, sealer::genuine);
    }

    @Override
    public EventHandler<Book, Entry> eventHandler() {
        return Book::add;
    }

    @Override
    public SignalHandler<Book> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.instance(), this::recovered)
                .build();
    }

    /** The replay stops at the first row of the last number, so that number is read again before anything is said. */
    private void recovered(Book book) {
        var last = lastSequenceNumber(context);
        if (last == 0 && ports.unconfirmed().has(pid)) {
            context.getSelf().tell(new Looked(List.of()));
        } else if (last == 0) {
            book.settle(List.of());
        } else {
            context.pipeToSelf(
                    ports.rowsAt().apply(pid, last), (rows, no) -> no == null ? new Looked(rows) : new Broken(no));
        }
    }

    @Override
    public CommandHandler<Command, Entry, Book> commandHandler() {
        return (book, command) -> switch (command) {
            case Looked c -> looked(book, c);
            case Unlocked c -> unlocked(book, c);
            case Taken c -> taken(c);
            case Broken c -> throw new IllegalStateException(pid + " cannot go on", c.why());
            case Receive _, Ordered _, Look _, Wake _, Forgotten _, Conversation.Later _
            when !book.settled() || unlocking -> Effect().stash();
            case Receive c -> receive(book, c);
            case Ordered c -> order(book, c);
            case Look c -> look(book, c);
            case Wake _ -> wake(book);
            case Forgotten c -> forgotten(book, c);
            case Conversation.Later _ -> Effect().none();
        };
    }

    private Effect<Entry, Book> looked(Book book, Looked c) {
        book.settle(c.rows());
        owes = book.state().due().isPresent();
        book.state().due().ifPresent(this::owe);
        var again = ports.unconfirmed().following(pid, book.head());
        if (!again.isEmpty()) {
            LOG.warn("write of unknown outcome: {} writes {} entries once more", pid, again.size());
            return recover(again);
        }
        ports.unconfirmed().confirmed(pid);
        var missing = book.missing();
        if (missing.isEmpty()) {
            return Effect().none().thenUnstashAll();
        }
        LOG.warn("late write: {} appends {} entries of earlier numbers again", pid, missing.size());
        ports.lateWrites().add(missing.size());
        return recover(sealer.again(book, now(book), missing));
    }

    private Effect<Entry, Book> recover(List<Entry> entries) {
        return persist(entries)
                .thenRun(after -> {
                    after.state().due().ifPresent(this::owe);
                    confirmed(after);
                })
                .thenUnstashAll();
    }

    private EffectBuilder<Entry, Book> persist(List<Entry> entries) {
        return Effect().persist(ports.unconfirmed().writing(pid, entries));
    }

    private Effect<Entry, Book> unlocked(Book book, Unlocked c) {
        unlocking = false;
        sealer.unlocked(book.state().key(), c.key());
        return Effect().none().thenUnstashAll();
    }

    private Effect<Entry, Book> receive(Book book, Receive c) {
        var once = sealer.once(c.event());
        var at = now(book);
        return book.state().identities().find(once) == 0
                ? act(
                        book,
                        c,
                        Decisions.receive(id, book.state(), c.event(), at, ports.reopenWindow()),
                        once,
                        at,
                        c.replyTo())
                : repeat(book, once, c.replyTo());
    }

    private Effect<Entry, Book> order(Book book, Ordered c) {
        var once = sealer.once(c);
        if (book.state().identities().find(once) != 0) {
            return repeat(book, once, c.replyTo());
        }
        var expected = c.order().expected();
        var decision =
                expected < 0 || expected == book.head().seq() || book.head().seq() == 0
                        ? Decisions.order(book.state(), c)
                        : new Decision.Refuse(Refusal.PRECONDITION_FAILED);
        return act(book, c, decision, once, now(book), c.replyTo());
    }

    private Effect<Entry, Book> repeat(Book book, Once once, ActorRef<StatusReply<Place>> replyTo) {
        var identities = book.state().identities();
        if (identities.same(once)) {
            acknowledge(book, replyTo, identities.find(once));
        } else {
            replyTo.tell(Refusal.KEY_REUSED.reply());
        }
        return Effect().none();
    }

    private Effect<Entry, Book> act(
            Book book, Command c, Decision decision, Once once, Instant at, ActorRef<StatusReply<Place>> replyTo) {
        return switch (decision) {
            case Decision.Refuse d -> {
                replyTo.tell(d.why().reply());
                yield unused(book);
            }
            case Decision.Write d ->
                switch (sealer.ready(book.state(), d.drafts())) {
                    case UNLOCK -> unlock(book);
                    case TAKE -> take();
                    case NONE -> {
                        replyTo.tell(Refusal.UNAVAILABLE.reply());
                        yield unused(book);
                    }
                    case READY -> write(c, sealer.entries(book, at, d, once), d, replyTo);
                };
        };
    }

    /** The command waits, with all that follow, until the key has come. */
    private Effect<Entry, Book> unlock(Book book) {
        unlocking = true;
        context.pipeToSelf(
                sealer.load(book.state().key()), (key, no) -> no == null ? new Unlocked(key) : new Broken(no));
        return Effect().stash();
    }

    /** The pool ran empty: the command waits until it is filled, or is refused when it cannot be. */
    private Effect<Entry, Book> take() {
        unlocking = true;
        context.pipeToSelf(sealer.take(), (key, no) -> new Taken(no == null ? Optional.of(key) : Optional.empty()));
        return Effect().stash();
    }

    private Effect<Entry, Book> taken(Taken c) {
        unlocking = false;
        sealer.taken(c.key());
        return Effect().none().thenUnstashAll();
    }

    private Effect<Entry, Book> write(
            Command c, List<Entry> entries, Decision.Write d, ActorRef<StatusReply<Place>> replyTo) {
        var at = entries.getFirst().at();
        if (c instanceof Erase) {
            owe(at);
        } else if (!owes && d.drafts().stream().anyMatch(Decisions::leavesADebt)) {
            owe(at.plus(ConversationState.PATIENCE));
        }
        return persist(entries).thenRun(after -> {
            acknowledge(after, replyTo, entries.get(d.first()).seq());
            confirmed(after);
        });
    }

    /** What follows from a confirmed write and waits for nothing. */
    private void confirmed(Book book) {
        ports.unconfirmed().confirmed(pid);
        ports.heads().accept(pid, book.head());
        if (!book.state().erased().isEmpty()) {
            forget(book);
        } else if (owes && book.state().due().isEmpty()) {
            settle();
        }
    }

    private Effect<Entry, Book> wake(Book book) {
        var state = book.state();
        var at = now(book);
        if (!state.erased().isEmpty()) {
            forget(book);
            return Effect().none();
        }
        var expired = state.deliveries().waitingUntil(at.minus(ConversationState.PATIENCE));
        if (expired.length == 0) {
            state.due().ifPresentOrElse(this::owe, this::settle);
            return Effect().none();
        }
        return persist(sealer.plain(book, at, Decisions.expired(expired))).thenRun(after -> {
            after.state().due().ifPresentOrElse(this::owe, this::settle);
            confirmed(after);
        });
    }

    /** Deletes what is erased from the vault; if that fails, the debt's row brings us back. */
    private void forget(Book book) {
        var keys = book.state().erased();
        context.pipeToSelf(sealer.erase(keys), (_, no) -> {
            if (no != null) {
                LOG.warn("erasure: {} could not delete its keys yet", pid, no);
            }
            return no == null ? new Forgotten(keys) : new Conversation.Later();
        });
    }

    private Effect<Entry, Book> forgotten(Book book, Forgotten c) {
        book.forgotten(c.keys());
        book.state().due().ifPresentOrElse(this::owe, this::settle);
        return Effect().none();
    }

    private void owe(Instant wakeAt) {
        owes = true;
        owing = ports.owe().apply(pid, wakeAt);
    }

    /** A row that stays because this fails costs one needless wake. */
    private void settle() {
        owes = false;
        owing = CompletableFuture.completedFuture(Done.getInstance());
        var _ = ports.settle().apply(pid);
    }

    private void acknowledge(Book book, ActorRef<StatusReply<Place>> replyTo, long seq) {
        if (owing.toCompletableFuture().isCompletedExceptionally()) {
            book.state().due().ifPresentOrElse(this::owe, this::settle);
        }
        owing.whenComplete((_, no) ->
                replyTo.tell(no == null ? StatusReply.success(new Place(seq)) : Refusal.UNAVAILABLE.reply()));
    }

    private Effect<Entry, Book> look(Book book, Look c) {
        c.replyTo()
                .tell(
                        book.head().seq() == 0
                                ? Refusal.NOT_FOUND.reply()
                                : StatusReply.success(book.view(id, now(book), ports.reopenWindow())));
        return unused(book);
    }

    /** A conversation that does not exist is not kept in memory because somebody asked for it. */
    private Effect<Entry, Book> unused(Book book) {
        if (book.head().seq() == 0) {
            shard.tell(new ClusterSharding.Passivate<>(context.getSelf()));
        }
        return Effect().none();
    }

    private Instant now(Book book) {
        var now = ports.clock().instant().truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
        return now.isBefore(book.state().at()) ? book.state().at() : now;
    }
}
