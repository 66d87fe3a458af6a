package switchboard.conversation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import switchboard.conversation.Conversation.Outcome;
import switchboard.conversation.Conversation.Outcomes;
import switchboard.conversation.Decisions.Decision;
import switchboard.conversation.Decisions.Draft;
import switchboard.event.ConversationEvent;
import switchboard.event.ConversationEvent.Assigned;
import switchboard.event.ConversationEvent.Opened;
import switchboard.event.ConversationEvent.Received;
import switchboard.event.ConversationEvent.Reopened;
import switchboard.event.ConversationEvent.Resolved;
import switchboard.event.ConversationEvent.WrapUpStarted;
import switchboard.handling.Rules;
import switchboard.handling.Status;
import switchboard.log.Entry;
import switchboard.log.Head;
import switchboard.scribe.Identities;
import switchboard.scribe.Identities.Once;
import switchboard.scribe.Seal.Readiness;
import switchboard.wire.Inbound;
import switchboard.wire.Personal;
import switchboard.wire.Refusal;

/** What gateways' events lead to; several one after the other, each as if what came before it were written already. */
final class Intake {

    /** What becomes of them. */
    sealed interface Result {
        /** {@code entries} are to be written; {@code outcomes} may be told once they are. */
        record Decided(List<Entry> entries, Outcomes outcomes) implements Result {}

        /** A key is needed first: the same again once it is there. */
        record Lacking(Readiness what) implements Result {}
    }

    private static final String CUSTOMER = "customer";
    private static final Set<Object> NOT_SAID = Set.of(new Personal(""), Inbound.Customer.UNKNOWN, List.of());

    private final Book book;
    private final Sealer sealer;
    private final Instant at;
    private final Identities tried;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private ConversationState state;
    private Head head;
    private boolean halted;

    private Intake(Book book, Sealer sealer, Instant at) {
        this.book = book;
        this.sealer = sealer;
        this.at = at;
        this.state = book.state().trying();
        this.tried = state.identities();
        this.head = book.head();
    }

    /** {@code id} is the conversation's; {@code at} the time that all of them get. */
    static Result decide(
            String id, Book book, Sealer sealer, List<Inbound> events, Rules rules, Instant at, Duration reopenWindow) {
        var intake = new Intake(book, sealer, at);
        for (int i = 0; i < events.size(); i++) {
            var event = events.get(i);
            var once = sealer.once(event);
            var lacking = intake.repeated(once)
                    ? Readiness.READY
                    : intake.take(receive(id, intake.state, event, rules, at, reopenWindow), once);
            if (lacking != Readiness.READY) {
                return new Result.Lacking(lacking);
            }
            if (intake.halted) {
                intake.keepBack(events.size() - i - 1);
                break;
            }
            if (i + 1 < events.size()) {
                intake.tryOn();
            }
        }
        return new Result.Decided(intake.entries, new Outcomes(intake.outcomes));
    }

    /** Whether it was there before, in the log or among these; then it is answered from there. */
    private boolean repeated(Once once) {
        for (var known : List.of(book.state().identities(), tried)) {
            if (known.find(once) != 0) {
                outcomes.add(known.same(once) ? Outcome.at(known.find(once)) : Outcome.not(Refusal.KEY_REUSED));
                return true;
            }
        }
        return false;
    }

    private Readiness take(Decision decision, Once once) {
        return switch (decision) {
            case Decision.Refuse d -> {
                outcomes.add(Outcome.not(d.why()));
                yield Readiness.READY;
            }
            case Decision.Write d ->
                switch (sealer.ready(state, d.drafts())) {
                    case UNLOCK -> Readiness.UNLOCK;
                    case TAKE -> Readiness.TAKE;
                    case NONE -> {
                        outcomes.add(Outcome.not(Refusal.UNAVAILABLE));
                        halted = true;
                        yield Readiness.READY;
                    }
                    case READY -> {
                        entries.addAll(sealer.entries(head, state, at, d, once));
                        outcomes.add(Outcome.at(head.seq() + 1 + d.first()));
                        yield Readiness.READY;
                    }
                };
        };
    }

    /** Nothing overtakes an event that may be repeated. */
    private void keepBack(int rest) {
        outcomes.addAll(Collections.nCopies(rest, Outcome.not(Refusal.UNAVAILABLE)));
    }

    /** Folds what the last event led to, so that the next one is decided upon it. */
    private void tryOn() {
        for (var entry : entries.subList((int) (head.seq() - book.head().seq()), entries.size())) {
            state = state.apply(entry);
            head = Head.after(entry);
        }
    }

    /** What a gateway's event leads to at {@code at}. */
    static Decision receive(
            String conversation, ConversationState state, Inbound e, Rules rules, Instant at, Duration reopenWindow) {
        return switch (e.content()) {
            case Inbound.Message m -> message(state, e, m, at, reopenWindow);
            case Inbound.Receipt r -> receipt(conversation, state, e, r);
            case Inbound.Left _ -> left(conversation, state, e, rules, at);
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
            case Status.WithBot _, Status.Queued _, Status.Reserved _, Status.WithAgent _ -> write(received);
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
                        m.customer().language(),
                        m.customer().tier()),
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
                    default -> // a name of the contract, read at the edge: it makes a Receipt of these four only
                        throw new IllegalArgumentException("no receipt: " + e.type());
                },
                secret));
    }

    private static Decision left(String conversation, ConversationState state, Inbound e, Rules rules, Instant at) {
        var left = new Draft(new ConversationEvent.CustomerLeft(e.time()), secret(e));
        return switch (state.status()) {
            case Status.New _ -> refuse(Refusal.UNKNOWN_CONVERSATION);
            case Status.WithBot _ -> write(0, left, Draft.plain(new Resolved(CUSTOMER, "customer_left")));
            case Status.Queued _, Status.Reserved _ -> {
                var drafts = new ArrayList<>(List.of(left));
                drafts.addAll(Offers.leaving(conversation, state, "customer_left", "abandoned"));
                drafts.add(Draft.plain(new ConversationEvent.Abandoned(CUSTOMER)));
                yield new Decision.Write(drafts, 0);
            }
            case Status.WithAgent _ -> {
                var until = rules.wrapUp(state.handling().line(), at);
                yield write(0, left, Draft.plain(WrapUpStarted.of(CUSTOMER, "", until)));
            }
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
}
