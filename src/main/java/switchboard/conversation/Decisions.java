package switchboard.conversation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import switchboard.conversation.Conversation.Assign;
import switchboard.conversation.Conversation.Erase;
import switchboard.conversation.Conversation.Escalate;
import switchboard.conversation.Conversation.Hold;
import switchboard.conversation.Conversation.Note;
import switchboard.conversation.Conversation.Order;
import switchboard.conversation.Conversation.Ordered;
import switchboard.conversation.Conversation.Resolve;
import switchboard.conversation.Conversation.Resume;
import switchboard.conversation.Conversation.Send;
import switchboard.conversation.Conversation.Transfer;
import switchboard.conversation.Conversation.WrapUp;
import switchboard.event.ConversationEvent;
import switchboard.event.ConversationEvent.Assigned;
import switchboard.event.ConversationEvent.QueueEntered;
import switchboard.event.ConversationEvent.Released;
import switchboard.event.ConversationEvent.Resolved;
import switchboard.event.ConversationEvent.Sent;
import switchboard.event.ConversationEvent.WrapUpStarted;
import switchboard.handling.Line;
import switchboard.handling.Rules;
import switchboard.handling.Status;
import switchboard.wire.Refusal;

/** The table of states and orders: what each order leads to, as a pure function. What gateways post is {@link Intake}'s. */
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
    private final String conversation;
    private final ConversationState state;
    private final Rules rules;
    private final Instant at;

    /** Of {@code conversation} as it stands at {@code at}, by the routing plan {@code rules}. */
    Decisions(String conversation, ConversationState state, Rules rules, Instant at) {
        this.conversation = conversation;
        this.state = state;
        this.rules = rules;
        this.at = at;
    }

    /** What a person's order leads to when the log's last number is {@code seq}. */
    Decision order(long seq, Ordered command) {
        var expected = command.order().expected();
        return expected < 0 || expected == seq || seq == 0 ? order(command) : refuse(Refusal.PRECONDITION_FAILED);
    }

    private Decision order(Ordered command) {
        return state.status() instanceof Status.New
                ? refuse(Refusal.NOT_FOUND)
                : switch (command) {
                    case Send c -> send(c);
                    case Note c ->
                        write(new Draft(
                                new ConversationEvent.NoteAdded(c.order().by()), Map.of("text", c.text())));
                    case Escalate c -> escalate(c);
                    case Assign c -> c.exists() ? assign(c) : refuse(Refusal.NO_SUCH_AGENT);
                    case Transfer c -> c.exists() ? transfer(c) : refuse(Refusal.NO_SUCH_AGENT);
                    case Hold c -> hold(c.order(), true);
                    case Resume c -> hold(c.order(), false);
                    case Resolve c -> resolve(c);
                    case WrapUp c -> wrapUp(c);
                    case Erase c ->
                        state.keys().isEmpty() ? satisfied(c.order(), "erase") : new Decision.Write(erase(c), 0);
                };
    }

    /** Messages that nobody has accepted can say nothing any more: the next must not wait for them. */
    private List<Draft> erase(Erase c) {
        var erased = Draft.plain(new ConversationEvent.Erased(c.order().by(), state.keys()));
        var waiting = state.deliveries().allWaiting(FAILED_AT_ONCE);
        return Stream.concat(Stream.of(erased), failed(waiting, "erased").stream())
                .toList();
    }

    private Decision send(Send c) {
        return switch (state.status()) {
            case Status.Resolved _ -> refuse(Refusal.RESOLVED);
            case Status.WithAgent _, Status.WrapUp _
            when owns(c.order()) -> write(new Draft(Sent.by(c.order().by()), Map.of("text", c.text())));
            case Status.New _,
                    Status.WithBot _,
                    Status.Queued _,
                    Status.Reserved _,
                    Status.WithAgent _,
                    Status.WrapUp _ -> refuse(Refusal.NOT_OWNER);
        };
    }

    private Decision escalate(Escalate c) {
        return switch (state.status()) {
            case Status.Queued _, Status.Reserved _ -> satisfied(c.order(), "escalate");
            case Status.WithAgent _, Status.WrapUp _ -> refuse(Refusal.OWNED);
            case Status.New _, Status.Resolved _ -> refuse(Refusal.RESOLVED);
            case Status.WithBot _ ->
                write(
                        0,
                        Draft.plain(
                                new ConversationEvent.Escalated(c.order().by(), c.reason(), c.skills(), c.priority())),
                        entered(
                                rules.line(
                                        c.queue(),
                                        c.skills(),
                                        c.priority(),
                                        state.lastAgent(),
                                        state.handling().line(),
                                        at),
                                "escalated"));
        };
    }

    private Draft entered(Line line, String reason) {
        return Draft.plain(QueueEntered.of(line, rules.version(), state.epoch() + 1, at, reason));
    }

    private Decision assign(Assign c) {
        var by = c.order().by();
        return switch (state.status()) {
            case Status.New _, Status.Resolved _ -> refuse(Refusal.RESOLVED);
            case Status.WithAgent s when s.agent().equals(c.agent()) -> satisfied(c.order(), "assign");
            case Status.WithBot _, Status.WithAgent _, Status.WrapUp _ ->
                last(handingOver(c.agent(), by, "reassigned"));
            case Status.Queued _, Status.Reserved _ -> {
                var drafts = new ArrayList<>(Offers.leaving(conversation, state, "assigned", "assigned"));
                drafts.addAll(handingOver(c.agent(), by, "reassigned"));
                yield last(drafts);
            }
        };
    }

    private List<Draft> handingOver(String agent, String by, String reason) {
        var assigned = Draft.plain(new Assigned(agent, state.epoch() + 1, by));
        return state.agent().isEmpty() || state.agent().equals(agent)
                ? List.of(assigned)
                : List.of(released(reason), assigned);
    }

    private Draft released(String reason) {
        return Draft.plain(new Released(state.agent(), state.epoch(), reason));
    }

    private Decision transfer(Transfer c) {
        return switch (state.status()) {
            case Status.WithAgent _ when !owns(c.order()) && !c.order().supervisor() -> refuse(Refusal.NOT_OWNER);
            case Status.WithAgent s when s.agent().equals(c.agent()) -> satisfied(c.order(), "transfer");
            case Status.WithAgent _
            when c.queue().isEmpty() ->
                transferred(c, handingOver(c.agent(), c.order().by(), "transferred"));
            case Status.WithAgent _ -> transferred(c, List.of(released("transferred"), moved(c)));
            case Status.Queued _ when !c.order().supervisor() -> refuse(Refusal.NOT_OWNER);
            case Status.Queued s when s.line().queue().equals(c.queue()) -> satisfied(c.order(), "transfer");
            case Status.Queued _
            when !c.queue().isEmpty() -> {
                var left = Offers.leaving(conversation, state, "", "transferred");
                yield transferred(c, List.of(left.getFirst(), moved(c)));
            }
            case Status.Resolved _ -> refuse(Refusal.RESOLVED);
            case Status.New _, Status.WithBot _, Status.Queued _, Status.Reserved _, Status.WrapUp _ ->
                refuse(Refusal.WRONG_STATUS);
        };
    }

    private Draft moved(Transfer c) {
        var before = state.handling().line();
        var priority = before.map(Line::priority).orElse("");
        return entered(rules.line(c.queue(), List.of(), priority, before, at), "transferred");
    }

    /** Cold: completed as soon as it is requested. */
    private static Decision transferred(Transfer c, List<Draft> between) {
        var by = c.order().by();
        var drafts = new ArrayList<Draft>();
        drafts.add(Draft.plain(new ConversationEvent.TransferRequested(by, "cold", c.agent(), c.queue())));
        drafts.addAll(between);
        drafts.add(Draft.plain(new ConversationEvent.TransferCompleted(by, "cold", c.agent(), c.queue())));
        return new Decision.Write(drafts, 0);
    }

    private Decision hold(Order order, boolean wanted) {
        return switch (state.status()) {
            case Status.WithAgent _ when !owns(order) -> refuse(Refusal.NOT_OWNER);
            case Status.WithAgent s when s.held() == wanted -> satisfied(order, wanted ? "hold" : "resume");
            case Status.WithAgent _ ->
                write(Draft.plain(
                        wanted
                                ? new ConversationEvent.HoldStarted(order.by())
                                : new ConversationEvent.HoldEnded(order.by())));
            case Status.New _,
                    Status.WithBot _,
                    Status.Queued _,
                    Status.Reserved _,
                    Status.WrapUp _,
                    Status.Resolved _ -> refuse(Refusal.WRONG_STATUS);
        };
    }

    private Decision resolve(Resolve c) {
        var by = c.order().by();
        var resolved = Draft.plain(new Resolved(by, c.code()));
        return switch (state.status()) {
            case Status.Resolved _ -> satisfied(c.order(), "resolve");
            case Status.New _, Status.WithBot _, Status.Queued _
            when !c.order().supervisor() -> refuse(Refusal.NOT_OWNER);
            case Status.New _, Status.WithBot _ -> write(resolved);
            case Status.Queued _ ->
                write(1, Offers.leaving(conversation, state, "", "resolved").getFirst(), resolved);
            case Status.Reserved _ -> refuse(Refusal.WRONG_STATUS);
            case Status.WithAgent _, Status.WrapUp _ when !owns(c.order()) -> refuse(notMine(c.order()));
            case Status.WithAgent _ -> {
                var until = rules.wrapUp(state.handling().line(), at);
                yield write(until.equals(Instant.MAX) ? resolved : Draft.plain(WrapUpStarted.of(by, c.code(), until)));
            }
            case Status.WrapUp _ -> last(Offers.wrappedUp(by, c.code(), c.code()));
        };
    }

    private Decision wrapUp(WrapUp c) {
        return switch (state.status()) {
            case Status.WrapUp _
            when owns(c.order()) -> last(Offers.wrappedUp(c.order().by(), c.code(), c.code()));
            case Status.WrapUp _ -> refuse(Refusal.NOT_OWNER);
            case Status.Resolved _ -> refuse(Refusal.RESOLVED);
            case Status.New _, Status.WithBot _, Status.Queued _, Status.Reserved _, Status.WithAgent _ ->
                refuse(Refusal.WRONG_STATUS);
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
            case Escalate c ->
                "escalate\0" + String.join("\0", c.queue(), c.skills().toString(), c.priority(), c.reason());
            case Assign c -> "assign\0" + c.agent();
            case Transfer c -> "transfer\0" + c.agent() + "\0" + c.queue();
            case Hold _ -> "hold";
            case Resume _ -> "resume";
            case Resolve c -> "resolve\0" + c.code();
            case WrapUp c -> "wrap-up\0" + c.code();
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

    private boolean owns(Order order) {
        return !order.supervisor() && state.agent().equals(order.by());
    }

    private static Decision last(List<Draft> drafts) {
        return new Decision.Write(drafts, drafts.size() - 1);
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
}
