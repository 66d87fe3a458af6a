package switchboard.conversation;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.Done;
import switchboard.conversation.Conversation.Facts;
import switchboard.conversation.Conversation.Heard;
import switchboard.conversation.Conversation.Topic;
import switchboard.log.Entry;

/**
 * What one incarnation owes: messages that no gateway has accepted, keys to be deleted, followers that have not confirmed.
 * The row that has it woken is written in parallel with the first entry that makes a debt, and deleted when nothing is owed.
 * A new incarnation does not know what followers know, and tells them again at its first write or wake.
 */
final class Debts {

    /** What usually is settled within milliseconds is looked after so soon. */
    static final Duration SOON = Duration.ofMinutes(1);

    private static final CompletionStage<Done> NOTHING = CompletableFuture.completedFuture(Done.getInstance());

    private final String pid;
    private final Conversation.Ports ports;
    private final Map<Topic, Long> untold = new EnumMap<>(Topic.class);
    private final Set<Topic> telling = EnumSet.noneOf(Topic.class);
    private CompletionStage<Done> row = NOTHING;
    private Instant wakeAt = Instant.MAX;
    private long waiting;

    Debts(String pid, Conversation.Ports ports) {
        this.pid = pid;
        this.ports = ports;
    }

    /** The log is read; what followers know of it is not known. */
    void recovered(Book book, Instant now) {
        waiting = book.state().deliveries().waiting();
        if (book.head().seq() > 0) {
            for (var topic : Topic.values()) {
                untold.put(topic, book.facts(topic).seq());
            }
        }
        var soon = now.plus(SOON);
        book.state().due().ifPresent(due -> owe(due.isBefore(soon) ? due : soon));
    }

    /** These entries are about to be written. */
    void before(List<Entry> entries, Book book, Instant now) {
        if (!entries.isEmpty()
                && wakeAt.isAfter(now.plus(SOON))
                && entries.stream().anyMatch(e -> leadsTo(e.type(), book.state().deliveries()))) {
            owe(now.plus(SOON));
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
            untold.put(Topic.STANDING, book.facts(Topic.STANDING).seq());
        }
        var next = book.state().deliveries().waiting();
        if (next != waiting) {
            waiting = next;
            untold.put(Topic.DELIVERY, book.facts(Topic.DELIVERY).seq());
        }
        tell(book, heard);
    }

    /** The row has had its effect and may be past. */
    void woken(Book book, Consumer<CompletionStage<Heard>> heard) {
        wakeAt = Instant.EPOCH;
        tell(book, heard);
    }

    /** One at a time and topic: a topic that changes meanwhile is told once more, as it is then. */
    private void tell(Book book, Consumer<CompletionStage<Heard>> heard) {
        for (var topic : untold.keySet()) {
            if (telling.add(topic)) {
                var facts = book.facts(topic);
                heard.accept(told(topic, facts));
            }
        }
    }

    private CompletionStage<Heard> told(Topic topic, Facts facts) {
        return ports.followers().follow(topic, facts).handle((_, no) -> new Heard(topic, facts.seq(), no == null));
    }

    /** A follower's answer. What it does not have yet is told when the row wakes us, or with the next change. */
    void heard(Heard c, Book book, Instant now, Consumer<CompletionStage<Heard>> heard) {
        telling.remove(c.topic());
        if (c.well() && untold.getOrDefault(c.topic(), 0L) <= c.seq()) {
            untold.remove(c.topic());
            settle(book, now);
        } else if (c.well()) {
            tell(book, heard);
        }
    }

    /** Deletes the row once nothing is owed; moves it on when its time has come. */
    void settle(Book book, Instant now) {
        if (!untold.isEmpty()) {
            return;
        }
        var due = book.state().due();
        if (due.isEmpty() && !wakeAt.equals(Instant.MAX)) {
            wakeAt = Instant.MAX;
            row = NOTHING;
            // a row that stays because this fails costs one needless wake
            var _ = ports.settle().apply(pid);
        } else if (due.isPresent() && !wakeAt.isAfter(now)) {
            owe(due.get());
        }
    }

    /** Writes the row: to be woken then. */
    void owe(Instant at) {
        wakeAt = at;
        row = ports.owe().apply(pid, at);
    }

    /** Done when the row stands; one that could not be written is tried once more. */
    CompletionStage<Done> row() {
        if (row.toCompletableFuture().isCompletedExceptionally()) {
            owe(wakeAt);
        }
        return row;
    }
}
