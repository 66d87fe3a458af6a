package switchboard.conversation;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import switchboard.conversation.Conversation.Command;
import switchboard.conversation.Conversation.Look;
import switchboard.conversation.Conversation.Ordered;
import switchboard.conversation.Conversation.Place;
import switchboard.conversation.Conversation.Posted;
import switchboard.conversation.Conversation.View;
import switchboard.conversation.Decisions.Decision;
import switchboard.conversation.Identities.Once;
import switchboard.log.Entry;
import switchboard.scribe.Scribe;
import switchboard.scribe.Seal;
import switchboard.wire.Refusal;

/**
 * The one writer of a conversation. It answers a repeat as it did the first time and has {@link Decisions} decide the rest.
 */
final class ConversationEntity extends Scribe<Command, Book> {

    private final ActorContext<Command> context;
    private final ActorRef<ClusterSharding.ShardCommand> shard;
    private final String id;
    private final String pid;
    private final Conversation.Ports ports;
    private final Sealer sealer;
    private final Debts debts;
    private Set<ActorRef<Conversation.Told>> readers = Set.of();

    static Behavior<Command> create(
            String tenant, String id, ActorRef<ClusterSharding.ShardCommand> shard, Conversation.Ports ports) {
        var pid = Conversation.persistenceId(tenant, id);
        return Behaviors.setup(
                context -> new ConversationEntity(context, id, pid, shard, ports, new Sealer(tenant, pid, ports)));
    }

    private ConversationEntity(
            ActorContext<Command> context,
            String id,
            String pid,
            ActorRef<ClusterSharding.ShardCommand> shard,
            Conversation.Ports ports,
            Sealer sealer) {
        super(context, pid, ports.desk(), sealer.seal(), Conversation.Inward::new);
        this.context = context;
        this.shard = shard;
        this.id = id;
        this.pid = pid;
        this.ports = ports;
        this.sealer = sealer;
        this.debts = new Debts(row(), ports);
    }

    @Override
    public Book emptyState() {
        return new Book(pid, sealer::genuine);
    }

    @Override
    protected void recovered(Book book) {
        debts.recovered(book, now(book));
    }

    @Override
    protected List<Entry> again(Book book, List<Entry> missing) {
        return sealer.again(book, now(book), missing);
    }

    @Override
    protected void before(Book book, List<Entry> entries) {
        debts.before(entries, book);
    }

    @Override
    protected void after(Book book, List<Entry> entries) {
        if (!readers.isEmpty()) {
            var told = new Conversation.Told(entries.stream().map(Entry::bytes).toList());
            readers.forEach(reader -> reader.tell(told));
        }
        debts.after(entries, book, this::listen);
    }

    @Override
    protected void settle(Book book) {
        debts.settle(book, now(book));
    }

    @Override
    public CommandHandler<Command, Entry, Book> commandHandler() {
        return (book, command) -> switch (command) {
            case Conversation.Inward c -> inner(book, c.what());
            case Conversation.Gone c -> gone(c);
            case Command _ when waits(book) -> Effect().stash();
            case Posted c -> receive(book, c);
            case Ordered c -> order(book, c);
            case Look c -> seen(book, c.replyTo(), Function.identity());
            case Conversation.Follow c -> follow(book, c);
            case Conversation.Wake _ -> wake(book);
            case Conversation.Heard c -> heard(book, c);
        };
    }

    private Effect<Entry, Book> receive(Book book, Posted c) {
        return switch (Intake.decide(id, book, sealer, c.events(), now(book), ports.reopenWindow())) {
            case Intake.Result.Lacking lacking when lacking.what() == Seal.Readiness.UNLOCK -> unlock(book);
            case Intake.Result.Lacking _ -> take();
            case Intake.Result.Decided it
            when it.entries().isEmpty() -> {
                acknowledge(c::answer, it.outcomes());
                yield unused(book);
            }
            case Intake.Result.Decided it -> write(book, it.entries(), c::answer, _ -> it.outcomes());
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
                        yield write(book, entries, c.replyTo()::tell, _ -> place);
                    }
                };
        };
    }

    private Effect<Entry, Book> heard(Book book, Conversation.Heard c) {
        debts.heard(c, book, now(book), this::listen);
        return Effect().none();
    }

    private Effect<Entry, Book> wake(Book book) {
        debts.woken(book, this::listen);
        var at = now(book);
        var failed = Decisions.failed(book.state(), at);
        if (failed.isEmpty()) {
            settleOrForget(book);
            return Effect().none();
        }
        return write(book, sealer.plain(book, at, failed));
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
}
