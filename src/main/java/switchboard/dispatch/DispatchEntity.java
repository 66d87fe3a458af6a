package switchboard.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.pattern.StatusReply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.agent.Agent;
import switchboard.contact.Output;
import switchboard.dispatch.Dispatch.Answered;
import switchboard.dispatch.Dispatch.Command;
import switchboard.dispatch.Dispatch.Doubt;
import switchboard.dispatch.Dispatch.Read;
import switchboard.dispatch.Dispatch.Rows;
import switchboard.dispatch.Dispatch.Sweep;
import switchboard.dispatch.Dispatch.Tick;
import switchboard.dispatch.Dispatch.Unread;
import switchboard.dispatch.Dispatch.Where;
import switchboard.wire.Refusal;

/** Runs the {@link Board}: hears, decides, carries out. Nobody is proposed before all that waits has been read. */
final class DispatchEntity {

    private static final Logger LOG = LoggerFactory.getLogger(DispatchEntity.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration COUNT = Duration.ofSeconds(2);
    private static final int DOUBTS = 1_000;

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final String tenant;
    private final Dispatch.Ports ports;
    private final Board board;
    private final List<Waiting> rows = new ArrayList<>();
    /** Who spoke while it still reads; only the latest word counts. */
    private final Map<String, Agent.Facts> early = new LinkedHashMap<>();

    private boolean ready;
    private long countedAt = System.nanoTime() - COUNT.toNanos() - 1;

    static Behavior<Command> create(
            ActorContext<Command> context, TimerScheduler<Command> timers, String tenant, Dispatch.Ports ports) {
        var entity = new DispatchEntity(context, timers, tenant, ports);
        entity.read(0);
        return Behaviors.receive(Command.class)
                .onAnyMessage(entity::on)
                .onSignal(PostStop.class, _ -> entity.ends())
                .build();
    }

    private DispatchEntity(
            ActorContext<Command> context, TimerScheduler<Command> timers, String tenant, Dispatch.Ports ports) {
        this.context = context;
        this.timers = timers;
        this.tenant = tenant;
        this.ports = ports;
        this.board = new Board(ports.rules().apply(tenant));
    }

    private Behavior<Command> on(Command command) {
        carryOut(board.adopt(now(), ports.rules().apply(tenant)));
        switch (command) {
            case Dispatch.Stands c -> carryOut(board.conversation(now(), c.facts()));
            case Dispatch.Works c -> works(c.facts());
            case Dispatch.Look c -> look(c);
            case Read c -> read(c);
            case Unread c -> unread(c);
            case Dispatch.Asked c -> asked(c);
            case Answered c -> answered(c);
            case Doubt c -> ask(c.conversation(), c.epoch());
            case Where c -> where(c);
            case Sweep _ -> read(0);
            case Tick _, Dispatch.Beat _ -> carryOut(board.tick(now()));
        }
        count();
        alarm();
        return Behaviors.same();
    }

    private Behavior<Command> ends() {
        ports.counts().demand().gone(tenant);
        return Behaviors.same();
    }

    /** Now and then: it looks at all that waits. */
    private void count() {
        var now = System.nanoTime();
        if (ready && now - countedAt > COUNT.toNanos()) {
            countedAt = now;
            ports.counts().demand().stands(tenant, board.figures());
        }
    }

    private Instant now() {
        return ports.clock().instant();
    }

    private void alarm() {
        board.due()
                .ifPresentOrElse(
                        due -> {
                            var left = Duration.between(now(), due);
                            var wait = left.isNegative() ? Duration.ZERO : left.compareTo(LONGEST) > 0 ? LONGEST : left;
                            timers.startSingleTimer(new Tick(), wait);
                        },
                        () -> timers.cancel(new Tick()));
    }

    private void works(Agent.Facts facts) {
        if (ready) {
            carryOut(board.agent(now(), facts));
        } else {
            early.put(facts.view().id(), facts);
        }
    }

    private void look(Dispatch.Look c) {
        if (!ready) {
            c.replyTo().tell(Refusal.UNAVAILABLE.reply());
            return;
        }
        var all = board.figures().stream()
                .map(it -> new Dispatch.Queue(
                        it.queue(), it.waiting(), it.pinned(), it.oldest(), it.ready(), it.estimate()))
                .toList();
        c.replyTo().tell(StatusReply.success(new Dispatch.Queues(all, board.lacking())));
    }

    private void read(int part) {
        context.pipeToSelf(
                ports.rows().read(tenant, part),
                (read, no) -> no == null ? new Read(part, read) : new Unread(part, no));
    }

    private void unread(Unread c) {
        LOG.warn(
                "what waits of tenant {} cannot be read, and is read again: {}",
                tenant,
                c.why().toString());
        timers.startSingleTimer("read", new Read(c.part() - 1, List.of()), RETRY);
    }

    private void read(Read c) {
        if (ready) {
            rows.addAll(c.rows());
        } else {
            c.rows().forEach(row -> carryOut(board.waits(now(), row)));
        }
        if (c.part() + 1 < Rows.PARTS) {
            read(c.part() + 1);
        } else {
            compared();
            begin();
        }
    }

    private void compared() {
        board.doubtful(rows).stream().limit(DOUBTS).forEach(it -> ask(it, 0));
        rows.clear();
    }

    /** All that waits is known: now the agents, who tell by themselves how they are. */
    private void begin() {
        if (!ready) {
            ready = true;
            LOG.info("the router of tenant {} has begun", tenant);
            early.values().forEach(facts -> carryOut(board.agent(now(), facts)));
            early.clear();
        }
        board.present().forEach(agent -> ports.outside().report(tenant, agent));
        context.pipeToSelf(
                ports.outside().reportPresent(tenant), (_, no) -> new Dispatch.Asked(Optional.ofNullable(no)));
    }

    private void asked(Dispatch.Asked c) {
        c.failure().ifPresent(why -> LOG.warn("the agents of tenant {} cannot be read: {}", tenant, why.toString()));
        var pause = c.failure().isPresent() ? RETRY : jittered(ports.pace().sweep());
        timers.startSingleTimer(new Sweep(), pause);
    }

    private static Duration jittered(Duration mean) {
        return mean.multipliedBy(ThreadLocalRandom.current().nextInt(80, 121)).dividedBy(100);
    }

    private void carryOut(List<Output> outputs) {
        for (var output : outputs) {
            switch (output) {
                case Output.Proposal it -> {
                    ports.counts().proposed().increment();
                    said(ports.outside().propose(tenant, it), it.item(), it.epoch(), it.agent());
                }
                case Output.Overflowed it -> said(ports.outside().overflow(tenant, it), it.item(), it.epoch(), "");
                case Output.Unanswered it -> doubt(it.item(), it.epoch());
                case Output.Ignored _ -> {}
            }
        }
    }

    private void said(CompletionStage<Done> answer, String conversation, long epoch, String agent) {
        context.pipeToSelf(
                answer,
                (_, no) -> new Answered(
                        conversation, epoch, agent, Optional.ofNullable(no).map(Refusal::behind)));
    }

    /** What was refused was decided on what is not so any more: both sides are asked. */
    private void answered(Answered c) {
        if (c.no().isPresent()) {
            ports.counts().refused().increment();
            if (!c.agent().isEmpty()) {
                ports.outside().report(tenant, c.agent());
            }
            doubt(c.conversation(), c.epoch());
        }
    }

    private void doubt(String conversation, long epoch) {
        var doubt = new Doubt(conversation, epoch);
        timers.startSingleTimer(doubt, ports.pace().again());
    }

    private void ask(String conversation, long epoch) {
        ports.counts().doubted().increment();
        context.pipeToSelf(ports.outside().where(tenant, conversation), (facts, no) -> {
            var unknown = no != null && Refusal.behind(no) != Refusal.NOT_FOUND;
            return new Where(conversation, epoch, no == null ? Optional.of(facts) : Optional.empty(), unknown);
        });
    }

    private void where(Where c) {
        if (c.unknown()) {
            doubt(c.conversation(), c.epoch());
        } else if (c.facts().isEmpty()) {
            carryOut(board.lost(now(), c.conversation()));
        } else {
            carryOut(board.conversation(now(), c.facts().get()));
            carryOut(board.again(now(), c.conversation(), c.epoch(), c.facts().get()));
        }
    }
}
