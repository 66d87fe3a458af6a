package switchboard.conversation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
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
import switchboard.event.Topic;
import switchboard.handling.Rules;
import switchboard.log.Entry;
import switchboard.scribe.Identities.Once;
import switchboard.scribe.Readers;
import switchboard.scribe.Scribe;
import switchboard.scribe.Seal;
import switchboard.wire.Refusal;

/**
 * The one writer of a conversation. It answers a repeat as it did the first time and has {@link Decisions} decide the rest.
 */
final class ConversationEntity extends Scribe<Command, Book> {

    private final ActorContext<Command> context;
    private final String tenant;
    private final String id;
    private final String pid;
    private final Conversation.Ports ports;
    private final Sealer sealer;
    private final Debts debts;
    private final Readers readers = new Readers();
    private Optional<Propose> asking = Optional.empty();

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
        super(
                context,
                shard,
                Conversation.persistenceId(tenant, id),
                ports.desk(),
                sealer.seal(),
                Conversation.Inward::new);
        this.context = context;
        this.tenant = tenant;
        this.id = id;
        this.pid = Conversation.persistenceId(tenant, id);
        this.ports = ports;
        this.sealer = sealer;
        this.debts = new Debts(tenant, id, row(), timers, ports, this::listen);
    }

    @Override
    public Book emptyState() {
        var state = ports.bots().present() ? ConversationState.empty() : ConversationState.unheard();
        return new Book(pid, sealer::genuine, state);
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
        readers.tell(entries);
        debts.after(entries, book, now(book));
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
            case Conversation.Heard c -> done(() -> debts.heard(c, book, now(book)));
            case Propose c -> propose(book, c);
            case Reservation.Held c -> held(book, c);
            case Reservation.Word c -> said(book, c);
            case Reservation.Overflow c -> overflow(book, c);
            case Reservation.Where c -> where(book, c);
            case Reservation.Doubt c -> doubted(book, c);
            case Reservation.Overdue c -> overdue(book, c);
            case Reservation.Confirmed c -> done(() -> debts.confirmed(c, book, now(book)));
            case Reservation.Again _ -> done(() -> debts.tell(book));
            case Bot.Answered c -> answered(book, c);
            case Bot.Again _ -> done(() -> debts.askAgain(book));
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
                ? write(book, plain(book, Offers.another(book.state(), rules(), now(book))))
                : Effect().none();
    }

    private Effect<Entry, Book> overflow(Book book, Reservation.Overflow c) {
        if (Offers.waits(book.state(), c.epoch())) {
            return write(book, Offers.overflowed(book.state(), rules(), c.queue(), now(book)), c.replyTo());
        }
        c.replyTo().tell(Refusal.VOID.reply());
        return unused(book);
    }

    private Effect<Entry, Book> where(Book book, Reservation.Where c) {
        if (book.head().seq() == 0) {
            c.replyTo().tell(Refusal.NOT_FOUND.reply());
        } else {
            acknowledge(c.replyTo()::tell, book.facts(Topic.WAITING));
        }
        return unused(book);
    }

    private Effect<Entry, Book> said(Book book, Reservation.Word c) {
        var reservation = Reservation.id(id, c.epoch());
        return once(
                book,
                sealer.once(reservation, Offers.word(c.accepts(), c.agent())),
                c.replyTo(),
                () -> Offers.said(id, book.state(), c),
                () -> Offers.late(c, outcome -> book.state().identities().same(sealer.once(reservation, outcome))));
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
        var over = book.state().epoch() == c.epoch() ? Offers.overdue(id, book.state()) : List.<Draft>of();
        return over.isEmpty() ? Effect().none() : write(book, plain(book, over));
    }

    /** Void where the customer wrote on, or somebody else has the word; then the next question is asked. */
    private Effect<Entry, Book> answered(Book book, Bot.Answered c) {
        var drafts = Bot.drafts(book.state(), c.word(), rules(), now(book));
        debts.answered(c, !drafts.isEmpty(), book);
        return drafts.isEmpty()
                ? Effect().none()
                : write(
                        book,
                        sealer.ready(book.state(), drafts),
                        () -> plain(book, drafts),
                        _ -> {}, // nobody waits for it; what could not be written is owed
                        after -> after);
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

    private Effect<Entry, Book> receive(Book book, Posted c) {
        return switch (Intake.decide(id, book, sealer, c.events(), rules(), now(book), ports.reopenWindow())) {
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
        return once(
                book,
                sealer.once(c),
                c.replyTo(),
                () -> new Decisions(id, book.state(), rules(), now(book))
                        .order(book.head().seq(), c),
                () -> Refusal.KEY_REUSED);
    }

    /** A repeat is answered as the first was; under the same identity something {@code other} is refused. */
    private Effect<Entry, Book> once(
            Book book,
            Once once,
            ActorRef<StatusReply<Place>> replyTo,
            Supplier<Decision> decision,
            Supplier<Refusal> other) {
        var identities = book.state().identities();
        if (identities.find(once) == 0) {
            return decided(book, replyTo, once, decision.get());
        }
        if (identities.same(once)) {
            acknowledge(replyTo::tell, new Place(identities.find(once)));
        } else {
            replyTo.tell(other.get().reply());
        }
        return unused(book);
    }

    private Effect<Entry, Book> decided(Book book, ActorRef<StatusReply<Place>> replyTo, Once once, Decision decision) {
        return switch (decision) {
            case Decision.Refuse d -> {
                replyTo.tell(d.why().reply());
                yield unused(book);
            }
            case Decision.Write d -> {
                var place = new Place(book.head().seq() + 1 + d.first());
                yield write(
                        book,
                        sealer.ready(book.state(), d.drafts()),
                        () -> sealer.entries(book.head(), book.state(), now(book), d, once),
                        replyTo::tell,
                        _ -> place);
            }
        };
    }

    /** Nothing is to be written. */
    private Effect<Entry, Book> done(Runnable what) {
        what.run();
        return Effect().none();
    }

    private Effect<Entry, Book> wake(Book book) {
        debts.woken(book);
        var at = now(book);
        var over = new ArrayList<>(Decisions.failed(book.state(), at));
        over.addAll(Offers.abandoned(id, book.state(), rules(), at));
        if (over.isEmpty()) {
            settleOrForget(book);
            return Effect().none();
        }
        return write(book, sealer.plain(book, at, over));
    }

    private <T> Effect<Entry, Book> seen(Book book, ActorRef<StatusReply<T>> replyTo, Function<View, T> answer) {
        replyTo.tell(
                book.head().seq() == 0
                        ? Refusal.NOT_FOUND.reply()
                        : StatusReply.success(answer.apply(book.view(id, now(book), ports.reopenWindow()))));
        return unused(book);
    }

    private Effect<Entry, Book> follow(Book book, Conversation.Follow c) {
        if (book.head().seq() > 0) {
            readers.add(c.reader(), reader -> context.watchWith(reader, new Conversation.Gone(reader)));
        }
        return seen(book, c.replyTo(), view -> new Conversation.Following(view, context.getSelf()));
    }

    private Effect<Entry, Book> gone(Conversation.Gone c) {
        readers.gone(c.reader());
        return Effect().none();
    }
}
