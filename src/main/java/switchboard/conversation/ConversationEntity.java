package switchboard.conversation;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
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
import switchboard.conversation.Conversation.Command;
import switchboard.conversation.Conversation.Look;
import switchboard.conversation.Conversation.Ordered;
import switchboard.conversation.Conversation.Place;
import switchboard.conversation.Conversation.Posted;
import switchboard.conversation.Conversation.View;
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
    private final Debts debts;
    private Set<ActorRef<Conversation.Told>> readers = Set.of();
    private boolean unlocking;

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
        this.debts = new Debts(pid, ports);
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
            context.getSelf().tell(new Conversation.Looked(List.of()));
        } else if (last == 0) {
            book.settle(List.of());
            debts.recovered(book, now(book));
        } else {
            context.pipeToSelf(
                    ports.rowsAt().apply(pid, last),
                    (rows, no) -> no == null ? new Conversation.Looked(rows) : new Conversation.Broken(no));
        }
    }

    @Override
    public CommandHandler<Command, Entry, Book> commandHandler() {
        return (book, command) -> switch (command) {
            case Conversation.Looked c -> looked(book, c);
            case Conversation.Unlocked c -> unlocked(book, c);
            case Conversation.Taken c -> taken(c);
            case Conversation.Broken c -> throw new IllegalStateException(pid + " cannot go on", c.why());
            case Conversation.Gone c -> gone(c);
            case Command _ when !book.settled() || unlocking -> Effect().stash();
            case Posted c -> receive(book, c);
            case Ordered c -> order(book, c);
            case Look c -> seen(book, c.replyTo(), Function.identity());
            case Conversation.Follow c -> follow(book, c);
            case Conversation.Wake _ -> wake(book);
            case Conversation.Heard c -> heard(book, c);
            case Conversation.Forgotten c -> forgotten(book, c);
            case Conversation.Later _ -> Effect().none();
        };
    }

    private Effect<Entry, Book> looked(Book book, Conversation.Looked c) {
        book.settle(c.rows());
        debts.recovered(book, now(book));
        var again = ports.unconfirmed().following(pid, book.head());
        if (!again.isEmpty()) {
            LOG.warn("write of unknown outcome: {} writes {} entries once more", pid, again.size());
            return recover(book, again);
        }
        ports.unconfirmed().confirmed(pid);
        var missing = book.missing();
        if (missing.isEmpty()) {
            return Effect().none().thenUnstashAll();
        }
        LOG.warn("late write: {} appends {} entries of earlier numbers again", pid, missing.size());
        ports.lateWrites().add(missing.size());
        return recover(book, sealer.again(book, now(book), missing));
    }

    private Effect<Entry, Book> recover(Book book, List<Entry> entries) {
        return persist(book, entries)
                .thenRun(after -> confirmed(after, entries))
                .thenUnstashAll();
    }

    private EffectBuilder<Entry, Book> persist(Book book, List<Entry> entries) {
        debts.before(entries, book, entries.getFirst().at());
        return Effect().persist(ports.unconfirmed().writing(pid, entries));
    }

    private Effect<Entry, Book> unlocked(Book book, Conversation.Unlocked c) {
        unlocking = false;
        sealer.unlocked(book.state().key(), c.key());
        return Effect().none().thenUnstashAll();
    }

    private Effect<Entry, Book> receive(Book book, Posted c) {
        return switch (Intake.decide(id, book, sealer, c.events(), now(book), ports.reopenWindow())) {
            case Intake.Result.Lacking lacking when lacking.what() == Sealer.Readiness.UNLOCK -> unlock(book);
            case Intake.Result.Lacking _ -> take();
            case Intake.Result.Decided it
            when it.entries().isEmpty() -> {
                acknowledge(c::answer, it.outcomes());
                yield unused(book);
            }
            case Intake.Result.Decided it -> write(book, it.entries(), c::answer, it.outcomes());
        };
    }

    private Effect<Entry, Book> order(Book book, Ordered c) {
        var once = sealer.once(c);
        var identities = book.state().identities();
        if (identities.find(once) == 0) {
            return decided(
                    book, c, once, Decisions.order(book.state(), book.head().seq(), c));
        }
        if (identities.same(once)) {
            acknowledge(c.replyTo()::tell, new Place(identities.find(once)));
        } else {
            c.replyTo().tell(Refusal.KEY_REUSED.reply());
        }
        return Effect().none();
    }

    private Effect<Entry, Book> decided(Book book, Ordered c, Once once, Decision decision) {
        return switch (decision) {
            case Decision.Refuse d -> {
                c.replyTo().tell(d.why().reply());
                yield unused(book);
            }
            case Decision.Write d ->
                switch (sealer.ready(book.state(), d.drafts())) {
                    case UNLOCK -> unlock(book);
                    case TAKE -> take();
                    case NONE -> {
                        c.replyTo().tell(Refusal.UNAVAILABLE.reply());
                        yield unused(book);
                    }
                    case READY -> {
                        var entries = sealer.entries(book.head(), book.state(), now(book), d, once);
                        var place = new Place(entries.get(d.first()).seq());
                        yield write(book, entries, c.replyTo()::tell, place);
                    }
                };
        };
    }

    /** The command waits, with all that follow, until the key is there. */
    private Effect<Entry, Book> unlock(Book book) {
        unlocking = true;
        context.pipeToSelf(
                sealer.load(book.state().key()),
                (key, no) -> no == null ? new Conversation.Unlocked(key) : new Conversation.Broken(no));
        return Effect().stash();
    }

    /** The pool ran empty; the command is refused when it cannot be filled. */
    private Effect<Entry, Book> take() {
        unlocking = true;
        context.pipeToSelf(
                sealer.take(), (key, no) -> new Conversation.Taken(no == null ? Optional.of(key) : Optional.empty()));
        return Effect().stash();
    }

    private Effect<Entry, Book> taken(Conversation.Taken c) {
        unlocking = false;
        sealer.taken(c.key());
        return Effect().none().thenUnstashAll();
    }

    private <T> Effect<Entry, Book> write(Book book, List<Entry> entries, Consumer<StatusReply<T>> reply, T success) {
        return persist(book, entries).thenRun(after -> {
            acknowledge(reply, success);
            confirmed(after, entries);
        });
    }

    /** What follows from a confirmed write and waits for nothing. */
    private void confirmed(Book book, List<Entry> entries) {
        ports.unconfirmed().confirmed(pid);
        ports.heads().accept(pid, book.head());
        if (!readers.isEmpty()) {
            var told = new Conversation.Told(entries.stream().map(Entry::bytes).toList());
            readers.forEach(reader -> reader.tell(told));
        }
        debts.after(entries, book, this::listen);
        if (book.state().erased().isEmpty()) {
            debts.settle(book, now(book));
        } else {
            forget(book);
        }
    }

    private void listen(CompletionStage<Conversation.Heard> heard) {
        context.pipeToSelf(heard, (c, no) -> no == null ? c : new Conversation.Broken(no));
    }

    private Effect<Entry, Book> heard(Book book, Conversation.Heard c) {
        debts.heard(c, book, now(book), this::listen);
        return Effect().none();
    }

    private Effect<Entry, Book> wake(Book book) {
        var state = book.state();
        var at = now(book);
        debts.woken(book, this::listen);
        if (!state.erased().isEmpty()) {
            forget(book);
            return Effect().none();
        }
        var expired = state.deliveries().waitingUntil(at.minus(ConversationState.PATIENCE));
        if (expired.length == 0) {
            debts.settle(book, at);
            return Effect().none();
        }
        var entries = sealer.plain(book, at, Decisions.expired(expired));
        return persist(book, entries).thenRun(after -> confirmed(after, entries));
    }

    /** Deletes what is erased from the vault; if that fails, the debt's row brings us back. */
    private void forget(Book book) {
        var keys = book.state().erased();
        context.pipeToSelf(sealer.erase(keys), (_, no) -> {
            if (no != null) {
                LOG.warn("erasure: {} could not delete its keys yet", pid, no);
            }
            return no == null ? new Conversation.Forgotten(keys) : new Conversation.Later();
        });
    }

    private Effect<Entry, Book> forgotten(Book book, Conversation.Forgotten c) {
        book.forgotten(c.keys());
        debts.settle(book, now(book));
        return Effect().none();
    }

    private <T> void acknowledge(Consumer<StatusReply<T>> reply, T success) {
        debts.row()
                .whenComplete((_, no) ->
                        reply.accept(no == null ? StatusReply.success(success) : Refusal.UNAVAILABLE.reply()));
    }

    private <T> Effect<Entry, Book> seen(Book book, ActorRef<StatusReply<T>> replyTo, Function<View, T> answer) {
        replyTo.tell(
                book.head().seq() == 0
                        ? Refusal.NOT_FOUND.reply()
                        : StatusReply.success(answer.apply(book.view(id, now(book), ports.reopenWindow()))));
        return unused(book);
    }

    private Effect<Entry, Book> follow(Book book, Conversation.Follow c) {
        if (book.head().seq() > 0 && !readers.contains(c.reader())) {
            readers = readers.isEmpty() ? new LinkedHashSet<>() : readers;
            readers.add(c.reader());
            context.watchWith(c.reader(), new Conversation.Gone(c.reader()));
        }
        return seen(book, c.replyTo(), view -> new Conversation.Following(view, context.getSelf()));
    }

    private Effect<Entry, Book> gone(Conversation.Gone c) {
        readers.remove(c.reader());
        return Effect().none();
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
