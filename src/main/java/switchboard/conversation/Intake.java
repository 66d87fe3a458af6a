package switchboard.conversation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import switchboard.conversation.Conversation.Outcome;
import switchboard.conversation.Conversation.Outcomes;
import switchboard.conversation.Decisions.Decision;
import switchboard.conversation.Identities.Once;
import switchboard.log.Entry;
import switchboard.log.Head;
import switchboard.scribe.Seal.Readiness;
import switchboard.wire.Inbound;
import switchboard.wire.Refusal;

/** Decides on several events one after the other, each as if what came before it were written already. */
final class Intake {

    /** What becomes of them. */
    sealed interface Result {
        /** {@code entries} are to be written; {@code outcomes} may be told once they are. */
        record Decided(List<Entry> entries, Outcomes outcomes) implements Result {}

        /** A key is needed first: the same again once it is there. */
        record Lacking(Readiness what) implements Result {}
    }

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
    static Result decide(String id, Book book, Sealer sealer, List<Inbound> events, Instant at, Duration reopenWindow) {
        var intake = new Intake(book, sealer, at);
        for (int i = 0; i < events.size(); i++) {
            var event = events.get(i);
            var once = sealer.once(event);
            var lacking = intake.repeated(once)
                    ? Readiness.READY
                    : intake.take(Decisions.receive(id, intake.state, event, at, reopenWindow), once);
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
}
