package switchboard.conversation;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import switchboard.conversation.Conversation.Assign;
import switchboard.conversation.Conversation.Erase;
import switchboard.conversation.Conversation.Hold;
import switchboard.conversation.Conversation.Note;
import switchboard.conversation.Conversation.Order;
import switchboard.conversation.Conversation.Ordered;
import switchboard.conversation.Conversation.Resolve;
import switchboard.conversation.Conversation.Resume;
import switchboard.conversation.Conversation.Send;
import switchboard.conversation.ConversationEvent.Assigned;
import switchboard.conversation.ConversationEvent.Opened;
import switchboard.conversation.ConversationEvent.Received;
import switchboard.conversation.ConversationEvent.Released;
import switchboard.conversation.ConversationEvent.Reopened;
import switchboard.conversation.ConversationEvent.Resolved;
import switchboard.conversation.ConversationEvent.Sent;
import switchboard.conversation.ConversationState.Status;
import switchboard.wire.Inbound;
import switchboard.wire.Personal;
import switchboard.wire.Refusal;

/** The table of states and commands: what each command leads to, as a pure function. */
final class Decisions {

    /** What becomes of a command. */
    sealed interface Decision {
        /** These are written in one go; the one that is {@code first} answers the command and carries its identity. */
        record Write(List<Draft> drafts, int first) implements Decision {}

        record Refuse(Refusal why) implements Decision {}
    }

    /** An entry to be: what is plain, and what is to be sealed (empty: nothing). */
    record Draft(ConversationEvent event, Map<String, Object> secret) {
        static Draft plain(ConversationEvent event) {
            return new Draft(event, Map.of());
        }
    }

    private static final int FAILED_AT_ONCE = 100;
    private static final String CUSTOMER = "customer";
    private static final Set<Object> NOT_SAID = Set.of(new Personal(""), Inbound.Customer.UNKNOWN, List.of());

    /** What a gateway's event leads to at {@code at}. */
    static Decision receive(
            String conversation, ConversationState state, Inbound e, Instant at, Duration reopenWindow) {
        return switch (e.content()) {
            case Inbound.Message m -> message(state, e, m, at, reopenWindow);
            case Inbound.Receipt r -> receipt(conversation, state, e, r);
            case Inbound.Left _ -> left(state, e);
            case Inbound.Rating r ->
                state.status() instanceof Status.New
                        ? refuse(Refusal.UNKNOWN_MESSAGE)
                        : write(new Draft(
                                new ConversationEvent.Rated(r.score(), e.time()), secret(e, "comment", r.comment())));
            case Inbound.Consent c -> consent(state, e, c);
        };
    }

    private static Decision message(
            ConversationState state, Inbound e, Inbound.Message m, Instant at, Duration reopenWindow) {
        var secret = secret(e, "text", m.text());
        put(secret, "customer", m.customer());
        put(secret, "attachments", m.attachments());
        put(secret, "ref", m.ref());
        var received = new Draft(new Received(e.time()), secret);
        return switch (state.status()) {
            case Status.New _ -> write(1, opened(e, m), received);
            case Status.WithBot _, Status.WithAgent _ -> write(received);
            case Status.WrapUp s ->
                write(0, received, Draft.plain(new Assigned(s.agent(), state.epoch() + 1, CUSTOMER)));
            case Status.Resolved s ->
                write(1, closed(s, at, reopenWindow) ? opened(e, m) : Draft.plain(new Reopened(CUSTOMER)), received);
        };
    }

    /** Resolved for longer than the window: the next message opens an episode. */
    static boolean closed(Status.Resolved status, Instant at, Duration reopenWindow) {
        return at.isAfter(status.since().plus(reopenWindow));
    }

    private static Draft opened(Inbound e, Inbound.Message m) {
        return new Draft(
                new Opened(
                        CUSTOMER,
                        e.thread().channel(),
                        e.thread().rule(),
                        m.customer().language()),
                thread(e, m));
    }

    private static Map<String, Object> thread(Inbound e, Inbound.Message m) {
        var secret = new LinkedHashMap<String, Object>();
        secret.put("thread", e.thread().canonical());
        put(secret, "customer", m.customer());
        return secret;
    }

    private static Decision receipt(String conversation, ConversationState state, Inbound e, Inbound.Receipt r) {
        var of = Conversation.messageSeq(conversation, r.ref());
        if (!state.deliveries().has(of)) {
            return refuse(Refusal.UNKNOWN_MESSAGE);
        }
        var secret = secret(e, "providerId", r.providerId());
        put(secret, "reason", r.reason());
        return write(new Draft(
                switch (e.type()) {
                    case "message.accepted" -> new ConversationEvent.Accepted(of, e.time());
                    case "message.delivered" -> new ConversationEvent.Delivered(of, e.time());
                    case "message.read" -> new ConversationEvent.Read(of, e.time());
                    case "message.failed" -> new ConversationEvent.Failed(of, e.time(), "");
                    default -> throw new IllegalArgumentException("no receipt: " + e.type());
                },
                secret));
    }

    private static Decision left(ConversationState state, Inbound e) {
        var left = new Draft(new ConversationEvent.CustomerLeft(e.time()), secret(e));
        return switch (state.status()) {
            case Status.New _ -> refuse(Refusal.UNKNOWN_CONVERSATION);
            case Status.WithBot _ -> write(0, left, Draft.plain(new Resolved(CUSTOMER, "customer_left")));
            case Status.WithAgent _ -> write(0, left, Draft.plain(new ConversationEvent.WrapUpStarted(CUSTOMER)));
            case Status.WrapUp _, Status.Resolved _ -> write(left);
        };
    }

    private static Decision consent(ConversationState state, Inbound e, Inbound.Consent c) {
        if (state.status() instanceof Status.New) {
            return refuse(Refusal.UNKNOWN_CONVERSATION);
        }
        return write(new Draft(
                e.type().equals("consent.given")
                        ? new ConversationEvent.ConsentGiven(c.purpose(), e.time())
                        : new ConversationEvent.ConsentWithdrawn(c.purpose(), e.time()),
                secret(e)));
    }

    /** What a person's order leads to when the log's last number is {@code seq}. */
    static Decision order(ConversationState state, long seq, Ordered command) {
        var expected = command.order().expected();
        return expected < 0 || expected == seq || seq == 0
                ? order(state, command)
                : refuse(Refusal.PRECONDITION_FAILED);
    }

    private static Decision order(ConversationState state, Ordered command) {
        return state.status() instanceof Status.New
                ? refuse(Refusal.NOT_FOUND)
                : switch (command) {
                    case Send c -> send(state, c);
                    case Note c ->
                        write(new Draft(
                                new ConversationEvent.NoteAdded(c.order().by()), Map.of("text", c.text())));
                    case Assign c -> assign(state, c);
                    case Hold c -> hold(state, c.order(), true);
                    case Resume c -> hold(state, c.order(), false);
                    case Resolve c -> resolve(state, c);
                    case Erase c ->
                        state.keys().isEmpty() ? satisfied(c.order(), "erase") : new Decision.Write(erase(state, c), 0);
                };
    }

    /** Messages that nobody has accepted can say nothing any more: the next must not wait for them. */
    private static List<Draft> erase(ConversationState state, Erase c) {
        var erased = Draft.plain(new ConversationEvent.Erased(c.order().by(), state.keys()));
        var waiting = state.deliveries().allWaiting(FAILED_AT_ONCE);
        return Stream.concat(Stream.of(erased), failed(waiting, "erased").stream())
                .toList();
    }

    private static Decision send(ConversationState state, Send c) {
        return switch (state.status()) {
            case Status.Resolved _ -> refuse(Refusal.RESOLVED);
            case Status.WithAgent _, Status.WrapUp _
            when owns(state, c.order()) -> write(new Draft(new Sent(c.order().by()), Map.of("text", c.text())));
            case Status.New _, Status.WithBot _, Status.WithAgent _, Status.WrapUp _ -> refuse(Refusal.NOT_OWNER);
        };
    }

    private static Decision assign(ConversationState state, Assign c) {
        var assigned =
                Draft.plain(new Assigned(c.agent(), state.epoch() + 1, c.order().by()));
        var handsOver = !state.agent().isEmpty() && !state.agent().equals(c.agent());
        var released = Draft.plain(new Released(state.agent(), state.epoch(), "reassigned"));
        return switch (state.status()) {
            case Status.New _, Status.Resolved _ -> refuse(Refusal.RESOLVED);
            case Status.WithAgent s when s.agent().equals(c.agent()) -> satisfied(c.order(), "assign");
            case Status.WithBot _, Status.WithAgent _, Status.WrapUp _ ->
                handsOver ? write(1, released, assigned) : write(assigned);
        };
    }

    private static Decision hold(ConversationState state, Order order, boolean wanted) {
        return switch (state.status()) {
            case Status.WithAgent _ when !owns(state, order) -> refuse(Refusal.NOT_OWNER);
            case Status.WithAgent s when s.held() == wanted -> satisfied(order, wanted ? "hold" : "resume");
            case Status.WithAgent _ ->
                write(Draft.plain(
                        wanted
                                ? new ConversationEvent.HoldStarted(order.by())
                                : new ConversationEvent.HoldEnded(order.by())));
            case Status.New _, Status.WithBot _, Status.WrapUp _, Status.Resolved _ -> refuse(Refusal.WRONG_STATUS);
        };
    }

    private static Decision resolve(ConversationState state, Resolve c) {
        var by = c.order().by();
        var resolved = Draft.plain(new Resolved(by, c.code()));
        return switch (state.status()) {
            case Status.Resolved _ -> satisfied(c.order(), "resolve");
            case Status.New _, Status.WithBot _ -> c.order().supervisor() ? write(resolved) : refuse(Refusal.NOT_OWNER);
            case Status.WithAgent _ -> owns(state, c.order()) ? write(resolved) : refuse(notMine(c.order()));
            case Status.WrapUp _ ->
                owns(state, c.order())
                        ? write(1, Draft.plain(new ConversationEvent.WrapUpCompleted(by, c.code())), resolved)
                        : refuse(notMine(c.order()));
        };
    }

    /**
     * What no gateway will accept any more: messages of ours whose contents are erased, then those that nobody accepted in
     * time. At most 100 of each in one go, the rest the next time.
     */
    static List<Draft> failed(ConversationState state, Instant at) {
        var erased = state.deliveries().unreported(FAILED_AT_ONCE);
        var expired = Arrays.stream(state.deliveries().waitingUntil(at.minus(ConversationState.PATIENCE)))
                .limit(FAILED_AT_ONCE)
                .toArray();
        return Stream.concat(failed(erased, "erased").stream(), failed(expired, "expired").stream())
                .toList();
    }

    private static List<Draft> failed(long[] seqs, String why) {
        return Arrays.stream(seqs)
                .mapToObj(of -> Draft.plain(new ConversationEvent.Failed(of, "", why)))
                .toList();
    }

    /** What {@code command} says, for telling a repeat from another order under the same key. */
    static String content(Ordered command) {
        return switch (command) {
            case Send c -> "send\0" + c.text().text();
            case Note c -> "note\0" + c.text().text();
            case Assign c -> "assign\0" + c.agent();
            case Hold _ -> "hold";
            case Resume _ -> "resume";
            case Resolve c -> "resolve\0" + c.code();
            case Erase _ -> "erase";
        };
    }

    /** Whether somebody has to come back for it: a message of ours until a gateway accepts it. */
    static boolean leavesADebt(Draft draft) {
        return draft.event() instanceof Sent;
    }

    /** Nothing changes, but the order is remembered: its repeat, however late, must not be carried out. */
    private static Decision satisfied(Order order, String what) {
        return write(Draft.plain(new ConversationEvent.OrderSatisfied(order.by(), what)));
    }

    private static Refusal notMine(Order order) {
        return order.supervisor() ? Refusal.OWNED : Refusal.NOT_OWNER;
    }

    private static boolean owns(ConversationState state, Order order) {
        return !order.supervisor() && state.agent().equals(order.by());
    }

    private static Map<String, Object> secret(Inbound e) {
        var secret = new LinkedHashMap<String, Object>();
        secret.put("source", e.source());
        secret.put("id", e.id());
        return secret;
    }

    private static Map<String, Object> secret(Inbound e, String name, Object value) {
        var secret = secret(e);
        put(secret, name, value);
        return secret;
    }

    /** What was not said is not sealed. */
    private static void put(Map<String, Object> secret, String name, Object value) {
        if (!NOT_SAID.contains(value)) {
            secret.put(name, value);
        }
    }

    private static Decision write(Draft only) {
        return new Decision.Write(List.of(only), 0);
    }

    private static Decision write(int first, Draft... drafts) {
        return new Decision.Write(List.of(drafts), first);
    }

    private static Decision refuse(Refusal why) {
        return new Decision.Refuse(why);
    }

    private Decisions() {}
}
