package switchboard.conversation;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import switchboard.agent.Agent.Standing;
import switchboard.conversation.Conversation.Command;
import switchboard.conversation.Conversation.Look;
import switchboard.conversation.Conversation.Ordered;
import switchboard.conversation.Conversation.Place;
import switchboard.conversation.Conversation.Posted;
import switchboard.conversation.Conversation.View;
import switchboard.conversation.Decisions.Decision;
import switchboard.conversation.Decisions.Draft;
import switchboard.conversation.Reservation.Propose;
import switchboard.conversation.Reservation.Stands;
import switchboard.handling.Rules;
import switchboard.handling.Status;
import switchboard.log.Entry;
import switchboard.scribe.Identities.Once;
import switchboard.scribe.Scribe;
import switchboard.scribe.Seal;
import switchboard.wire.Refusal;

/**
 * The one writer of a conversation. It answers a repeat as it did the first time and has {@link Decisions} decide the rest.
 */
final class ConversationEntity extends Scribe<Command, Book> {

    private static final String OFFER = "offer";

    /** So long after an agent could not be told she is told again. */
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final ActorContext<Command> context;
    private final ActorRef<ClusterSharding.ShardCommand> shard;
    private final String tenant;
    private final String id;
    private final String pid;
    private final Conversation.Ports ports;
    private final Sealer sealer;
    private final Debts debts;
    private final TimerScheduler<Command> timers;
    private Set<ActorRef<Conversation.Told>> readers = Set.of();
    private Optional<Propose> asking = Optional.empty();
    private int timed;

    static Behavior<Command> create(
            String tenant, String id, ActorRef<ClusterSharding.ShardCommand> shard, Conversation.Ports ports) {
        var pid = Conversation.persistenceId(tenant, id);
        return Behaviors.setup(context -> Behaviors.withTimers(timers ->
                new ConversationEntity(context, timers, tenant, id, shard, ports, new Sealer(tenant, pid, ports))));
    }

    private ConversationEntity(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            String tenant,
            String id,
            ActorRef<ClusterSharding.ShardCommand> shard,
            Conversation.Ports ports,
            Sealer sealer) {
        super(context, Conversation.persistenceId(tenant, id), ports.desk(), sealer.seal(), Conversation.Inward::new);
        this.context = context;
        this.timers = timers;
        this.shard = shard;
        this.tenant = tenant;
        this.id = id;
        this.pid = Conversation.persistenceId(tenant, id);
        this.ports = ports;
        this.sealer = sealer;
        this.debts = new Debts(tenant, id, row(), ports, this::listen);
    }

    @Override
    public Book emptyState() {
        return new Book(pid, sealer::genuine);
    }

    @Override
    protected void recovered(Book book) {
        debts.recovered(book, now(book));
        time(book);
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
        debts.after(entries, book);
        time(book);
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
            case Propose c -> propose(book, c);
            case Reservation.Held c -> held(book, c);
            case Reservation.Word c -> said(book, c);
            case Reservation.Doubt c -> doubted(book, c);
            case Reservation.Overdue c -> overdue(book, c);
            case Reservation.Confirmed c -> confirmed(book, c);
            case Reservation.Again _ -> again(book);
        };
    }

    /** The agent is asked first: she counts. One proposal at a time. */
    private Effect<Entry, Book> propose(Book book, Propose c) {
        if (Offers.offered(book.state(), c.epoch(), c.agent())) {
            acknowledge(c.replyTo()::tell, new Place(book.head().seq()));
        } else if (asking.isPresent() || !Offers.waits(book.state(), c.epoch())) {
            c.replyTo().tell(Refusal.VOID.reply());
        } else {
            asking = Optional.of(c);
            listen(ports.agents()
                    .hold(tenant, Reservation.id(id, c.epoch()), c)
                    .handle((_, no) -> Reservation.Held.of(c, no)));
        }
        return unused(book);
    }

    /** What she may hold in vain she asks about after its deadline; what is proposed next is of another epoch. */
    private Effect<Entry, Book> held(Book book, Reservation.Held c) {
        asking = Optional.empty();
        var waits = Offers.waits(book.state(), c.what().epoch());
        if (c.no().isEmpty() && waits) {
            return write(
                    book, Offers.created(id, book.state(), c.what()), c.what().replyTo());
        }
        c.what().replyTo().tell(c.no().orElse(Refusal.VOID).reply());
        return waits && c.inVain()
                ? write(book, plain(book, Offers.another(book.state(), rules())))
                : Effect().none();
    }

    private Effect<Entry, Book> said(Book book, Reservation.Word c) {
        var reservation = Reservation.id(id, c.epoch());
        var once = sealer.once(reservation, Offers.word(c.accepts(), c.agent()));
        var identities = book.state().identities();
        if (identities.find(once) == 0) {
            if (Offers.offered(book.state(), c.epoch(), c.agent())) {
                return write(book, Offers.said(id, book.state(), c), c.replyTo());
            }
            var others = book.state().status() instanceof Status.Reserved
                    && book.state().epoch() == c.epoch();
            c.replyTo().tell((others ? Refusal.TAKEN : Refusal.NOT_FOUND).reply());
        } else if (identities.same(once)) {
            acknowledge(c.replyTo()::tell, new Place(identities.find(once)));
        } else {
            var why = Offers.late(c, outcome -> identities.same(sealer.once(reservation, outcome)));
            c.replyTo().tell(why.reply());
        }
        return unused(book);
    }

    private Effect<Entry, Book> doubted(Book book, Reservation.Doubt c) {
        if (asking.filter(a -> a.epoch() == c.epoch() && a.agent().equals(c.agent()))
                .isPresent()) {
            acknowledge(c.replyTo()::tell, new Stands(Standing.UNKNOWN));
            return Effect().none();
        }
        var drafts = Offers.doubted(id, book.state(), c, rules(), now(book));
        if (drafts.isEmpty()) {
            acknowledge(c.replyTo()::tell, new Stands(Offers.standing(book.state(), c.epoch(), c.agent())));
            return unused(book);
        }
        return write(book, plain(book, drafts), c.replyTo()::tell, _ -> new Stands(Standing.NOT_YOURS));
    }

    private Effect<Entry, Book> overdue(Book book, Reservation.Overdue c) {
        var offered =
                book.state().status() instanceof Status.Reserved && book.state().epoch() == c.epoch();
        return offered
                ? write(book, plain(book, Offers.overdue(id, book.state())))
                : Effect().none();
    }

    private Effect<Entry, Book> confirmed(Book book, Reservation.Confirmed c) {
        debts.confirmed(c, book, now(book));
        if (!c.well()) {
            timers.startSingleTimer("again", new Reservation.Again(), AGAIN);
        }
        return Effect().none();
    }

    private Effect<Entry, Book> again(Book book) {
        debts.tell(book);
        return Effect().none();
    }

    private Effect<Entry, Book> write(Book book, List<Draft> drafts, ActorRef<StatusReply<Place>> replyTo) {
        var entries = plain(book, drafts);
        var place = new Place(entries.getFirst().seq());
        return write(book, entries, replyTo::tell, _ -> place);
    }

    private List<Entry> plain(Book book, List<Draft> drafts) {
        return sealer.plain(book, now(book), drafts);
    }

    private Rules rules() {
        return ports.rules().apply(tenant);
    }

    /** An offer's time runs by the monotonic clock from here on; after a restart what is left of it by the wall's. */
    private void time(Book book) {
        if (!(book.state().status() instanceof Status.Reserved s)) {
            timers.cancel(OFFER);
            timed = 0;
        } else if (timed != book.state().epoch()) {
            timed = book.state().epoch();
            timers.startSingleTimer(OFFER, new Reservation.Overdue(timed), Offers.left(s, now(book)));
        }
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
            var decisions = new Decisions(id, book.state(), rules(), now(book));
            return decided(book, c, once, decisions.order(book.head().seq(), c));
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
        debts.heard(c, book, now(book));
        return Effect().none();
    }

    private Effect<Entry, Book> wake(Book book) {
        debts.woken(book);
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
