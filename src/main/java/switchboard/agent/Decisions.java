package switchboard.agent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import switchboard.agent.Agent.Accept;
import switchboard.agent.Agent.Delete;
import switchboard.agent.Agent.End;
import switchboard.agent.Agent.Hold;
import switchboard.agent.Agent.Order;
import switchboard.agent.Agent.Ordered;
import switchboard.agent.Agent.Outcome;
import switchboard.agent.Agent.Presence;
import switchboard.agent.Agent.Put;
import switchboard.agent.Agent.Question;
import switchboard.agent.Agent.Say;
import switchboard.agent.Agent.Standing;
import switchboard.agent.Agent.WrapUp;
import switchboard.agent.Profile.Pool;
import switchboard.agent.Work.Held;
import switchboard.agent.Work.Stage;
import switchboard.wire.Refusal;

/** What each command leads to, as a pure function. */
final class Decisions {

    /** What becomes of a command. */
    sealed interface Decision {
        /** These are written in one go. */
        record Write(List<Draft> drafts) implements Decision {}

        /** It is so already. */
        record Same() implements Decision {}

        record Refuse(Refusal why) implements Decision {}
    }

    /** An entry to be: what is plain, and what is to be sealed (empty: nothing). */
    record Draft(AgentEvent event, Map<String, Object> secret) {
        static Draft plain(AgentEvent event) {
            return new Draft(event, Map.of());
        }
    }

    private final Agent.Patience patience;

    Decisions(Agent.Patience patience) {
        this.patience = patience;
    }

    /** {@code named}: of the name that a {@link Put} has. */
    Decision order(AgentState state, long seq, Ordered command, String named) {
        return switch (command) {
            case Put c -> put(state, seq, c, named);
            case Delete c -> state.exists() ? delete(state, seq, c.order()) : refuse(Refusal.NOT_FOUND);
            case Say c -> state.exists() ? say(state, seq, c) : refuse(Refusal.NOT_FOUND);
        };
    }

    private static Decision put(AgentState state, long seq, Put c, String named) {
        var person = state.person();
        if (c.order().self() && !(state.exists() && sameWork(person.profile(), c.profile()))) {
            return refuse(Refusal.SUPERVISOR_ONLY);
        }
        if (state.exists() && person.named().equals(named) && person.profile().equals(c.profile())) {
            return new Decision.Same();
        }
        var by = c.order().by();
        var to = c.profile();
        return expected(
                c.order(),
                seq,
                new Draft(
                        state.exists()
                                ? new AgentEvent.Changed(
                                        by, named, to.languages(), to.skills(), to.queues(), to.capacity())
                                : new AgentEvent.Created(
                                        by, named, to.languages(), to.skills(), to.queues(), to.capacity()),
                        Map.of("name", c.name())));
    }

    /** What she gets to do is not her own to say. */
    private static boolean sameWork(Profile a, Profile b) {
        return a.skills().equals(b.skills())
                && a.queues().equals(b.queues())
                && a.capacity().equals(b.capacity());
    }

    private static Decision delete(AgentState state, long seq, Order order) {
        return expected(
                order,
                seq,
                Draft.plain(new AgentEvent.Deleted(order.by(), state.keys().all())));
    }

    private static Decision say(AgentState state, long seq, Say c) {
        var by = c.order().by();
        var drafts = new ArrayList<Draft>();
        if (state.duty().presence() != c.presence()) {
            drafts.add(
                    Draft.plain(new AgentEvent.PresenceChanged(by, c.presence().word())));
        }
        if (c.presence() == Presence.AVAILABLE && !state.duty().responding()) {
            drafts.add(Draft.plain(new AgentEvent.NotRespondingCleared(by)));
        }
        return drafts.isEmpty() ? new Decision.Same() : expected(c.order(), seq, drafts.toArray(Draft[]::new));
    }

    private static Decision expected(Order order, long seq, Draft... drafts) {
        return order.expected() < 0 || order.expected() == seq
                ? new Decision.Write(List.of(drafts))
                : refuse(Refusal.PRECONDITION_FAILED);
    }

    /** What a conversation tells; {@code connected}: whether a stream of hers is up. */
    Decision count(AgentState state, Agent.Counting command, boolean connected, Instant now) {
        return switch (command) {
            case Hold c -> hold(state, c, connected, now);
            case Accept c -> accept(state, c);
            case WrapUp c -> write(wrapUp(state, c.reservation()));
            case End c -> write(end(state, c.reservation(), c.outcome()));
        };
    }

    private static Decision hold(AgentState state, Hold c, boolean connected, Instant now) {
        var work = state.work();
        if (work.find(c.reservation()).isPresent()) {
            return new Decision.Same();
        }
        if (!state.exists()) {
            return refuse(Refusal.NOT_FOUND);
        }
        if (work.over().containsKey(c.reservation()) || !c.deadline().isAfter(now)) {
            return refuse(Refusal.RESERVATION_OVER);
        }
        if (state.duty().presence() != Presence.AVAILABLE) {
            return refuse(Refusal.AGENT_NOT_AVAILABLE);
        }
        if (!connected) {
            return refuse(Refusal.AGENT_DISCONNECTED);
        }
        if (!state.duty().responding()) {
            return refuse(Refusal.AGENT_NOT_RESPONDING);
        }
        var capacity = state.person().profile().capacity().of(c.pool());
        return work.load().of(c.pool()) + c.units() > capacity
                ? refuse(Refusal.AGENT_FULL)
                : write(List.of(new AgentEvent.HoldGranted(
                        c.reservation(), c.pool(), c.units(), c.deadline().toString())));
    }

    private static Decision accept(AgentState state, Accept c) {
        var work = state.work();
        var held = work.find(c.reservation());
        var accepted = new AgentEvent.HoldAccepted(c.reservation());
        if (held.isPresent()) {
            return held.get().stage() == Stage.WORKING ? new Decision.Same() : write(List.of(accepted));
        }
        if (!state.exists()) {
            return refuse(Refusal.NOT_FOUND);
        }
        return work.over().containsKey(c.reservation())
                ? new Decision.Same()
                : write(List.of(new AgentEvent.HoldGranted(c.reservation(), c.pool(), c.units(), ""), accepted));
    }

    private static List<AgentEvent> wrapUp(AgentState state, String reservation) {
        var started = new AgentEvent.WrapUpStarted(reservation);
        return state.work()
                .find(reservation)
                .map(held -> switch (held.stage()) {
                    case RESERVED -> List.<AgentEvent>of(new AgentEvent.HoldAccepted(reservation), started);
                    case WORKING -> List.<AgentEvent>of(started);
                    case WRAP_UP -> List.<AgentEvent>of();
                })
                .orElse(List.of());
    }

    private List<AgentEvent> end(AgentState state, String reservation, Outcome outcome) {
        var held = state.work().find(reservation);
        if (held.isEmpty()) {
            return List.of();
        }
        var ended = new AgentEvent.HoldEnded(reservation, outcome.word());
        var pool = held.get().pool();
        var missed = state.duty().missedOf(pool) + 1;
        var deaf = outcome == Outcome.TIMED_OUT
                && held.get().reserved()
                && state.exists()
                && state.duty().responding()
                && missed >= (pool == Pool.VOICE ? patience.missedCalls() : patience.missedChats());
        return deaf ? List.of(ended, new AgentEvent.NotRespondingSet(missed)) : List.of(ended);
    }

    /** What a conversation answered. */
    Decision answered(AgentState state, String reservation, Question question, Standing standing) {
        var reserved = state.work().find(reservation).filter(Held::reserved).isPresent();
        return switch (standing) {
            case OFFERED, UNKNOWN -> new Decision.Same();
            case ASSIGNED ->
                write(reserved ? List.of(new AgentEvent.HoldAccepted(reservation)) : List.<AgentEvent>of());
            case WRAP_UP -> write(wrapUp(state, reservation));
            case NOT_YOURS ->
                write(end(
                        state,
                        reservation,
                        switch (question) {
                            case STANDS -> Outcome.NOT_YOURS;
                            case RESCIND -> Outcome.RESCINDED;
                            case REQUEUE -> Outcome.RELEASED;
                        }));
        };
    }

    /** No stream of hers was up for as long as presence lasts without one. */
    static Decision lost(AgentState state) {
        return state.leased()
                ? write(List.of(new AgentEvent.LeaseLost(state.work().held().size())))
                : new Decision.Same();
    }

    private static Decision write(List<? extends AgentEvent> events) {
        return events.isEmpty()
                ? new Decision.Same()
                : new Decision.Write(events.stream().map(Draft::plain).toList());
    }

    private static Decision refuse(Refusal why) {
        return new Decision.Refuse(why);
    }
}
