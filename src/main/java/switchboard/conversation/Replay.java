package switchboard.conversation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import switchboard.conversation.Conversation.Facts;
import switchboard.conversation.Conversation.Topic;
import switchboard.conversation.Conversation.View;
import switchboard.log.Entry;

/** One conversation's log folded outside its actor: where it stood as of any entry, and what followers were told then. */
public final class Replay {

    private final String id;
    private final Book book;

    /** Before the first entry. */
    public Replay(String tenant, String conversation) {
        this.id = conversation;
        this.book = new Book(Conversation.persistenceId(tenant, conversation), _ -> false);
        book.settle(List.of());
    }

    /** The next entry that stands; one that cannot be read changes nothing. */
    public Replay add(Entry entry) {
        book.add(entry);
        return this;
    }

    /** The number of the last entry; 0 before the first. */
    public long seq() {
        return book.head().seq();
    }

    /** The last entry's time. */
    public Instant at() {
        return book.state().at();
    }

    /** The state as {@link Conversation.Look} would have shown it at {@code now}. */
    public View view(Instant now, Duration reopenWindow) {
        return book.view(id, now, reopenWindow);
    }

    /** What followers of {@code topic} are told after the last entry; only after the first. */
    public Facts facts(Topic topic) {
        return book.facts(topic);
    }
}
