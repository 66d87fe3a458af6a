package switchboard.agent;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import switchboard.agent.Agent.Command;
import switchboard.agent.Agent.Counted;
import switchboard.agent.Agent.Counting;
import switchboard.agent.Agent.Grace;
import switchboard.agent.Agent.Look;
import switchboard.agent.Agent.Ordered;
import switchboard.agent.Agent.Standing;
import switchboard.agent.Agent.View;
import switchboard.agent.Decisions.Decision;
import switchboard.agent.Work.Held;
import switchboard.log.Entry;
import switchboard.scribe.DebtRow;
import switchboard.scribe.Scribe;
import switchboard.scribe.Seal;
import switchboard.scribe.Untold;
import switchboard.wire.Refusal;

/**
 * The one writer of an agent. {@link Decisions} decides; here is what is not in the log: her streams, the timers, what is
 * asked of conversations. After a restart timers are derived from the state.
 */
final class AgentEntity extends Scribe<Command, AgentBook> {

    private static final String FACTS = "facts";

    private final ActorContext<Command> context;
    private final String tenant;
    private final String id;
    private final String pid;
    private final Agent.Ports ports;
    private final Seal seal;
    private final Alarms alarms;
    private final Decisions decisions;
    private final Connections streams = new Connections();
    private final Doubts doubts = new Doubts();
    private final Untold<String> untold = new Untold<>();
    private boolean gone;

    static Behavior<Command> create(
            String tenant, String id, ActorRef<ClusterSharding.ShardCommand> shard, Agent.Ports ports) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> new AgentEntity(
                context,
                tenant,
                id,
                shard,
                ports,
                new Seal(tenant, Agent.persistenceId(tenant, id), ports.desk()),
                new Alarms(timers, ports.patience().grace()))));
    }

    private AgentEntity(
            ActorContext<Command> context,
            String tenant,
            String id,
            ActorRef<ClusterSharding.ShardCommand> shard,
            Agent.Ports ports,
            Seal seal,
            Alarms alarms) {
        super(context, shard, Agent.persistenceId(tenant, id), ports.desk(), seal, Agent.Inward::new);
        this.context = context;
        this.tenant = tenant;
        this.id = id;
        this.pid = Agent.persistenceId(tenant, id);
        this.ports = ports;
        this.seal = seal;
        this.alarms = alarms;
        this.decisions = new Decisions(ports.patience());
    }

    @Override
    public AgentBook emptyState() {
        return new AgentBook(pid, seal::genuine);
    }

    /** What conversations hold of it is asked, what followers know is not known, and timers begin anew. */
    @Override
    protected void recovered(AgentBook book) {
        var now = now(book);
        if (book.head().seq() > 0) {
            untold.add(FACTS, book.head().seq());
        }
        if (due(book, now).isPresent()) {
            row().owe(now.plus(DebtRow.SOON));
        }
        doubts.recovered(book.state().work());
        moved(book);
    }

    @Override
    protected List<Entry> again(AgentBook book, List<Entry> missing) {
        throw new IllegalStateException("nothing of an agent's is appended again");
    }

    @Override
    protected void before(AgentBook book, List<Entry> entries) {
        row().soon(entries.getFirst().at());
    }

    @Override
    protected void after(AgentBook book, List<Entry> entries) {
        streams.tell(entries);
        untold.add(FACTS, book.head().seq());
        tell(book);
        moved(book);
    }

    @Override
    protected void settle(AgentBook book) {
        if (untold.isEmpty()) {
            var now = now(book);
            row().settle(due(book, now), now);
        }
    }

    @Override
    public CommandHandler<Command, Entry, AgentBook> commandHandler() {
        return (book, command) -> switch (command) {
            case Agent.Inward c -> inner(book, c.what());
            case Command _ when waits(book) -> Effect().stash();
            case Ordered c -> order(book, c);
            case Counting c -> count(book, c);
            case Look c -> look(book, c.replyTo(), Function.identity());
            case Agent.Connected c -> connected(book, c);
            case Agent.Disconnected c -> disconnected(book, c);
            case Grace c -> grace(book, c);
            case Agent.Overdue c -> overdue(book, c);
            case Agent.Answered c -> answered(book, c);
            case Agent.Heard c -> heard(book, c);
            case Agent.Wake _ -> wake(book);
            case Agent.Idle _ -> idle(book);
            case Agent.Report _ -> report(book);
        };
    }

    private Effect<Entry, AgentBook> order(AgentBook book, Ordered c) {
        var named = c instanceof Agent.Put put
                ? HexFormat.of()
                        .formatHex(seal.keys().identify("agent", put.name().text()))
                : "";
        var decision = decisions.order(book.state(), book.head().seq(), c, named);
        return decided(book, decision, c.replyTo()::tell, after -> after.view(streams.any()));
    }

    private Effect<Entry, AgentBook> count(AgentBook book, Counting c) {
        var decision = decisions.count(book.state(), c, streams.any(), now(book));
        return decided(
                book,
                decision,
                c.replyTo()::tell,
                after -> new Counted(after.head().seq()));
    }

    private <T> Effect<Entry, AgentBook> decided(
            AgentBook book, Decision decision, Consumer<StatusReply<T>> reply, Function<AgentBook, T> success) {
        return switch (decision) {
            case Decision.Refuse d -> {
                reply.accept(d.why().reply());
                yield unused(book);
            }
            case Decision.Same _ -> {
                acknowledge(reply, success.apply(book));
                yield unused(book);
            }
            case Decision.Write d -> write(book, ready(book, d), () -> entries(book, d), reply, success);
        };
    }

    private Seal.Readiness ready(AgentBook book, Decision.Write decision) {
        var sealed = decision.drafts().stream().anyMatch(d -> !d.secret().isEmpty());
        return sealed ? seal.ready(book.keys().current(), !book.state().exists()) : Seal.Readiness.READY;
    }

    private List<Entry> entries(AgentBook book, Decision.Write decision) {
        var drafts = decision.drafts().stream()
                .map(d -> new Seal.Draft(AgentEvent.type(d.event()), "", d.event(), d.secret()))
                .toList();
        return seal.entries(book.head(), now(book), 0, drafts);
    }

    private Effect<Entry, AgentBook> alone(AgentBook book, Decision decision) {
        return decision instanceof Decision.Write d
                ? write(book, entries(book, d))
                : Effect().none();
    }

    private <T> Effect<Entry, AgentBook> look(
            AgentBook book, ActorRef<StatusReply<T>> replyTo, Function<View, T> answer) {
        replyTo.tell(
                book.state().exists()
                        ? StatusReply.success(answer.apply(book.view(streams.any())))
                        : Refusal.NOT_FOUND.reply());
        return unused(book);
    }

    private Effect<Entry, AgentBook> connected(AgentBook book, Agent.Connected c) {
        if (book.state().exists() && streams.add(c.connection(), c.stream())) {
            context.unwatch(c.stream());
            context.watchWith(c.stream(), new Agent.Disconnected(c.connection(), c.stream()));
            moved(book);
        }
        return look(
                book,
                c.replyTo(),
                view -> new Agent.Following(
                        view, List.copyOf(book.state().work().held().keySet()), context.getSelf()));
    }

    private Effect<Entry, AgentBook> disconnected(AgentBook book, Agent.Disconnected c) {
        context.unwatch(c.stream());
        streams.remove(c.connection(), c.stream());
        moved(book);
        return Effect().none();
    }

    /** Her lease is over, or her work waits no longer. One who came back meanwhile has stopped the timer. */
    private Effect<Entry, AgentBook> grace(AgentBook book, Grace c) {
        if (streams.any()) {
            return Effect().none();
        }
        if (!c.second()) {
            return alone(book, Decisions.lost(book.state()));
        }
        gone = true;
        moved(book);
        return Effect().none();
    }

    private Effect<Entry, AgentBook> overdue(AgentBook book, Agent.Overdue c) {
        book.state().work().find(c.reservation()).filter(Held::reserved).ifPresent(h -> doubts.doubt(h.reservation()));
        ask(book);
        return Effect().none();
    }

    /** What could not be asked is asked again after a while; an offer that stands, once its time is over. */
    private Effect<Entry, AgentBook> answered(AgentBook book, Agent.Answered c) {
        doubts.answered(c.reservation(), c.standing() != Standing.UNKNOWN);
        if (c.standing() == Standing.UNKNOWN) {
            alarms.again(c.reservation());
        } else if (c.standing() == Standing.OFFERED) {
            book.state().work().find(c.reservation()).ifPresent(held -> alarms.offer(held, now(book)));
        }
        return alone(book, decisions.answered(book.state(), c.reservation(), c.question(), c.standing()));
    }

    private Effect<Entry, AgentBook> heard(AgentBook book, Agent.Heard c) {
        if (untold.heard(FACTS, c.seq(), c.well())) {
            tell(book);
        } else if (c.well()) {
            settleOrForget(book);
        }
        return Effect().none();
    }

    private Effect<Entry, AgentBook> wake(AgentBook book) {
        row().woken();
        tell(book);
        moved(book);
        settleOrForget(book);
        return unused(book);
    }

    /** Also of one who never was: whoever asks is to know. */
    private Effect<Entry, AgentBook> report(AgentBook book) {
        ports.followers().now(book.facts(streams.any()));
        return unused(book);
    }

    private Effect<Entry, AgentBook> idle(AgentBook book) {
        if (streams.any() || !untold.isEmpty() || due(book, now(book)).isPresent()) {
            alarms.idle();
        } else {
            passivate();
        }
        return Effect().none();
    }

    /** After anything that may change what she is offered, or for how long. */
    private void moved(AgentBook book) {
        var state = book.state();
        if (book.head().seq() == 0) {
            return;
        }
        var left = state.duty().lost() && !state.work().held().isEmpty() && !streams.any();
        gone = gone && left;
        alarms.graces(state.leased() && !streams.any(), left && !gone);
        alarms.offers(state.work().all(), now(book));
        ask(book);
        ports.followers().now(book.facts(streams.any()));
        alarms.idle();
    }

    private void ask(AgentBook book) {
        doubts.next(book.state(), gone)
                .forEach((reservation, question) -> listen(ports.reservations()
                        .ask(tenant, id, reservation, question)
                        .handle((standing, no) ->
                                new Agent.Answered(reservation, question, no == null ? standing : Standing.UNKNOWN))));
    }

    private void tell(AgentBook book) {
        untold.next().forEach(_ -> listen(told(book.facts(true))));
    }

    private CompletionStage<Agent.Heard> told(Agent.Facts facts) {
        var seq = facts.view().seq();
        return ports.followers().follow(facts).handle((_, no) -> new Agent.Heard(seq, no == null));
    }

    /** When something is to be done without anybody asking; empty when nothing is owed. */
    private Optional<Instant> due(AgentBook book, Instant now) {
        var state = book.state();
        if (!state.keys().erased().isEmpty() || doubts.any(state, gone)) {
            return Optional.of(now);
        }
        var offer = state.work().deadline().map(at -> at.plus(Alarms.PATIENCE));
        var round = now.plus(Alarms.ROUND);
        return state.leased() || !state.work().held().isEmpty()
                ? Optional.of(offer.filter(round::isAfter).orElse(round))
                : offer;
    }
}
