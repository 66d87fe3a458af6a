package switchboard.conversation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import switchboard.conversation.Conversation.Facts;
import switchboard.conversation.Conversation.Heard;
import switchboard.conversation.Conversation.Topic;
import switchboard.log.Entry;
import switchboard.scribe.DebtRow;
import switchboard.scribe.Untold;

/**
 * What one incarnation owes: messages that no gateway has accepted, keys to be deleted, followers that have not confirmed.
 * A new incarnation does not know what followers know, and tells them again at its first write or wake.
 */
final class Debts {

    static final Duration SOON = DebtRow.SOON;

    private final Conversation.Ports ports;
    private final DebtRow row;
    private final Untold<Topic> untold = new Untold<>();
    private long waiting;

    Debts(DebtRow row, Conversation.Ports ports) {
        this.row = row;
        this.ports = ports;
    }

    /** The log is read; what followers know of it is not known. */
    void recovered(Book book, Instant now) {
        waiting = book.state().deliveries().waiting();
        if (book.head().seq() > 0) {
            for (var topic : Topic.values()) {
                untold.add(topic, book.facts(topic).seq());
            }
        }
        var soon = now.plus(SOON);
        book.state().due().ifPresent(due -> row.owe(due.isBefore(soon) ? due : soon));
    }

    /** These entries are about to be written. */
    void before(List<Entry> entries, Book book) {
        if (entries.stream().anyMatch(e -> leadsTo(e.type(), book.state().deliveries()))) {
            row.soon(entries.getFirst().at());
        }
    }

    private static boolean leadsTo(String type, Deliveries deliveries) {
        return Topic.STANDING.concerns(type)
                || type.equals("message.sent")
                || (Topic.DELIVERY.concerns(type) && deliveries.waiting() != 0);
    }

    /** These are confirmed: {@code book} has them. Tells whom they concern; {@code heard} gets what comes of it. */
    void after(List<Entry> entries, Book book, Consumer<CompletionStage<Heard>> heard) {
        if (entries.stream().anyMatch(e -> Topic.STANDING.concerns(e.type()))) {
            untold.add(Topic.STANDING, book.facts(Topic.STANDING).seq());
        }
        var next = book.state().deliveries().waiting();
        if (next != waiting) {
            waiting = next;
            untold.add(Topic.DELIVERY, book.facts(Topic.DELIVERY).seq());
        }
        tell(book, heard);
    }

    /** The row has had its effect and may be past. */
    void woken(Book book, Consumer<CompletionStage<Heard>> heard) {
        row.woken();
        tell(book, heard);
    }

    private void tell(Book book, Consumer<CompletionStage<Heard>> heard) {
        untold.next().forEach(topic -> heard.accept(told(topic, book.facts(topic))));
    }

    private CompletionStage<Heard> told(Topic topic, Facts facts) {
        return ports.followers().follow(topic, facts).handle((_, no) -> new Heard(topic, facts.seq(), no == null));
    }

    /** A follower's answer. What it does not have yet is told when the row wakes us, or with the next change. */
    void heard(Heard c, Book book, Instant now, Consumer<CompletionStage<Heard>> heard) {
        if (untold.heard(c.topic(), c.seq(), c.well())) {
            tell(book, heard);
        } else if (c.well()) {
            settle(book, now);
        }
    }

    /** Deletes the row once nothing is owed; moves it on when its time has come. */
    void settle(Book book, Instant now) {
        if (untold.isEmpty()) {
            row.settle(book.state().due(), now);
        }
    }
}
