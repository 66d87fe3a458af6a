package switchboard.conversation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import switchboard.agent.Agent.Question;
import switchboard.agent.Agent.Standing;
import switchboard.conversation.Decisions.Decision;
import switchboard.conversation.Decisions.Draft;
import switchboard.conversation.Reservation.Doubt;
import switchboard.conversation.Reservation.Propose;
import switchboard.conversation.Reservation.Word;
import switchboard.event.ConversationEvent;
import switchboard.event.ConversationEvent.Offered;
import switchboard.event.ConversationEvent.QueueEntered;
import switchboard.event.ConversationEvent.Resolved;
import switchboard.handling.Holds.Hold;
import switchboard.handling.Line;
import switchboard.handling.Rules;
import switchboard.handling.Status;
import switchboard.log.Json;
import switchboard.wire.Refusal;

/** What becomes of offers, as pure functions: the router's proposals, the agent's word, time, and agents who are gone. */
final class Offers {

    /** The longest that a plan allows: a deadline further off is a clock's fault. */
    private static final Duration LONGEST_OFFER = Duration.ofMinutes(10);

    private static final Duration LONGEST_WRAP_UP = Duration.ofHours(1);

    private static final String TIMED_OUT = "timed_out";
    private static final String RESCINDED = "rescinded";
    private static final String SYSTEM = "system";

    /** Whether it waits in that epoch. */
    static boolean waits(ConversationState state, int epoch) {
        return state.status() instanceof Status.Queued && state.epoch() == epoch;
    }

    /** Whether it is offered to that agent in that epoch. */
    static boolean offered(ConversationState state, int epoch, String agent) {
        return state.status().offered().equals(agent) && !agent.isEmpty() && state.epoch() == epoch;
    }

    /** The agent holds the units; only where it {@link #waits}. */
    static List<Draft> created(String conversation, ConversationState state, Propose c) {
        var line = state.handling().line().orElseThrow();
        return List.of(Draft.plain(new ConversationEvent.ReservationCreated(
                Reservation.id(conversation, c.epoch()),
                c.agent(),
                c.deadline().toString(),
                line.queue(),
                line.skills(),
                c.pool(),
                c.units(),
                json(c.decision()))));
    }

    private static JsonNode json(String decision) {
        try {
            return Json.MAPPER.readTree(decision);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a decision is JSON", e);
        }
    }

    /** The agent's word, the first that there is on that offer. */
    static Decision said(String conversation, ConversationState state, Word c) {
        if (offered(state, c.epoch(), c.agent())) {
            return new Decision.Write(first(conversation, state, c), 0);
        }
        var others = state.status() instanceof Status.Reserved && state.epoch() == c.epoch();
        return new Decision.Refuse(others ? Refusal.TAKEN : Refusal.NOT_FOUND);
    }

    private static List<Draft> first(String conversation, ConversationState state, Word c) {
        var id = Reservation.id(conversation, c.epoch());
        var next = state.epoch() + 1;
        return c.accepts()
                ? List.of(
                        Draft.plain(new ConversationEvent.ReservationAccepted(id, c.agent())),
                        left(state, "accepted"),
                        Draft.plain(new ConversationEvent.Assigned(c.agent(), next, c.agent())))
                : List.of(Draft.plain(new ConversationEvent.ReservationRejected(id, c.agent(), next)));
    }

    /** The time of an offer, or of a wrap-up, is over; nothing where there is neither. */
    static List<Draft> overdue(String conversation, ConversationState state) {
        return switch (state.status()) {
            case Status.Reserved s ->
                List.of(Draft.plain(new ConversationEvent.ReservationTimedOut(
                        Reservation.id(conversation, state.epoch()), s.agent(), state.epoch() + 1)));
            case Status.WrapUp s -> wrappedUp(SYSTEM, TIMED_OUT, s.code().isEmpty() ? TIMED_OUT : s.code());
            case Status.New _, Status.WithBot _, Status.Queued _, Status.WithAgent _, Status.Resolved _ -> List.of();
        };
    }

    /** The wrap-up is done, and with it the episode, which came to {@code code}. */
    static List<Draft> wrappedUp(String by, String how, String code) {
        return List.of(
                Draft.plain(new ConversationEvent.WrapUpCompleted(by, how)), Draft.plain(new Resolved(by, code)));
    }

    /** How long an offer, or a wrap-up, still lasts that ends then. */
    static Duration left(Status status, Instant deadline, Instant now) {
        var longest = status instanceof Status.Reserved ? LONGEST_OFFER : LONGEST_WRAP_UP;
        var left = Duration.between(now, deadline);
        var least = left.isNegative() ? Duration.ZERO : left;
        return least.compareTo(longest) > 0 ? longest : least;
    }

    /** The agent may hold units for an epoch in which nothing was offered: what is proposed next is of another. */
    static List<Draft> another(ConversationState state, Rules rules, Instant at) {
        return List.of(requeued(state, rules, at, line(state, rules, at)));
    }

    /** The router found its last step over: another queue takes it, with its key. Only where it {@link #waits}. */
    static List<Draft> overflowed(ConversationState state, Rules rules, String queue, Instant at) {
        var line = line(state, rules, at)
                .movedTo(rules.plan().queueOrDefault(queue).name(), at);
        return List.of(
                left(state, "overflowed"),
                Draft.plain(QueueEntered.of(line, rules.version(), state.epoch() + 1, at, "overflowed")));
    }

    /** It leaves its queue, and where it is offered nobody may accept any more. Only while it waits. */
    static List<Draft> leaving(String conversation, ConversationState state, String why, String reason) {
        var offered = state.status().offered();
        var left = left(state, reason);
        return offered.isEmpty() ? List.of(left) : List.of(rescinded(conversation, state, why), left);
    }

    /** When a customer who waits has been silent for too long; empty: never, or nobody waits. */
    static Optional<Instant> silent(ConversationState state, Rules rules) {
        var silence = rules.plan().channel(state.episode().channel()).silence();
        if (silence.isZero() || !(state.status() instanceof Status.Queued queued)) {
            return Optional.empty();
        }
        var since = queued.line().since();
        var heard = state.episode().heard();
        return Optional.of((heard.isAfter(since) ? heard : since).plus(silence));
    }

    /** Who has been silent for too long has left. */
    static List<Draft> abandoned(String conversation, ConversationState state, Rules rules, Instant at) {
        if (silent(state, rules).filter(end -> !end.isAfter(at)).isEmpty()) {
            return List.of();
        }
        var drafts = new ArrayList<>(leaving(conversation, state, "", "abandoned"));
        drafts.add(Draft.plain(new ConversationEvent.Abandoned(SYSTEM)));
        return drafts;
    }

    private static Draft left(ConversationState state, String reason) {
        return Draft.plain(new ConversationEvent.QueueLeft(state.status().queue(), state.epoch(), reason));
    }

    private static Draft rescinded(String conversation, ConversationState state, String why) {
        return Draft.plain(new ConversationEvent.ReservationRescinded(
                Reservation.id(conversation, state.epoch()), state.status().offered(), state.epoch() + 1, why));
    }

    /** How it stands with what that agent holds. */
    static Standing standing(ConversationState state, int epoch, String agent) {
        return hold(state, epoch, agent)
                .map(hold -> switch (hold.stage()) {
                    case OFFERED -> Standing.OFFERED;
                    case ACCEPTED -> Standing.ASSIGNED;
                    case WRAP_UP -> Standing.WRAP_UP;
                    case REJECTED, TIMED_OUT, RESCINDED, RELEASED -> Standing.NOT_YOURS;
                })
                .orElse(Standing.NOT_YOURS);
    }

    private static Optional<Hold> hold(ConversationState state, int epoch, String agent) {
        return state.handling()
                .holds()
                .live()
                .filter(h -> h.epoch() == epoch && h.agent().equals(agent));
    }

    /** What an agent's question changes; nothing where she only asks, or has it no more. */
    static List<Draft> doubted(String conversation, ConversationState state, Doubt c, Rules rules, Instant at) {
        var standing = standing(state, c.epoch(), c.agent());
        if (c.question() == Question.RESCIND && standing == Standing.OFFERED) {
            return List.of(rescinded(conversation, state, "agent_lost"));
        }
        if (c.question() == Question.REQUEUE && standing == Standing.ASSIGNED) {
            return List.of(
                    Draft.plain(new ConversationEvent.Released(c.agent(), state.epoch(), "agent_lost")),
                    requeued(state, rules, at, moved(state, rules, at)));
        }
        return c.question() == Question.REQUEUE && standing == Standing.WRAP_UP
                ? wrappedUp(SYSTEM, "agent_lost", "agent_lost")
                : List.of();
    }

    private static Draft requeued(ConversationState state, Rules rules, Instant at, Line line) {
        return Draft.plain(QueueEntered.of(line, rules.version(), state.epoch() + 1, at, "requeued"));
    }

    /** The place that it had; what never waited begins to. */
    private static Line line(ConversationState state, Rules rules, Instant at) {
        return state.handling().line().orElseGet(() -> rules.line("", List.of(), "", Optional.empty(), at));
    }

    /** The same, and whoever had it is not waited for. */
    private static Line moved(ConversationState state, Rules rules, Instant at) {
        var line = line(state, rules, at).forAnybody();
        return line.movedTo(line.queue(), at);
    }

    /** By what a repeat is recognised; empty where it is not yet decided. */
    static Optional<String> outcome(Offered event) {
        return switch (event) {
            case ConversationEvent.ReservationCreated _ -> Optional.empty();
            case ConversationEvent.ReservationAccepted e -> Optional.of(word(true, e.agent()));
            case ConversationEvent.ReservationRejected e -> Optional.of(word(false, e.agent()));
            case ConversationEvent.ReservationTimedOut _ -> Optional.of(TIMED_OUT);
            case ConversationEvent.ReservationRescinded _ -> Optional.of(RESCINDED);
        };
    }

    static String word(boolean accepts, String agent) {
        return (accepts ? "accept" : "reject") + "\0" + agent;
    }

    /** What one is told whose word on a reservation comes too late; {@code became}: whether that is what became of it. */
    static Refusal late(Word c, Predicate<String> became) {
        if (became.test(TIMED_OUT)) {
            return Refusal.TIMED_OUT;
        }
        if (became.test(RESCINDED)) {
            return Refusal.RESCINDED;
        }
        return became.test(word(!c.accepts(), c.agent())) ? Refusal.RESERVATION_OVER : Refusal.TAKEN;
    }

    private Offers() {}
}
