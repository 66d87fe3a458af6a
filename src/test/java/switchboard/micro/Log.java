package switchboard.micro;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import switchboard.conversation.Conversation;
import switchboard.event.ConversationEvent;
import switchboard.log.DataKey;
import switchboard.log.Entry;
import switchboard.log.Head;
import switchboard.scribe.Identities.Once;
import switchboard.scribe.NodeInMemory;
import switchboard.scribe.Seal;

/** Writes a conversation's log as its actor does, into memory: sealed, chained, signed. */
final class Log extends NodeInMemory {

    static final String ID = "c" + "a".repeat(26);
    static final String PID = Conversation.persistenceId("local", ID);

    private static final int EPISODE = 1;

    private final Seal seal = new Seal("local", PID, desk());
    private final List<Entry> entries = new ArrayList<>();
    private Head head = Head.of(PID);
    private String key = "";

    /** Opened, given to an agent, then {@code turns} messages of either side by turns. */
    static Log of(int turns) {
        var log = new Log();
        log.write(new ConversationEvent.Opened("customer", "chat", 1, "de", ""), "");
        log.write(new ConversationEvent.Received(""), Timed.TEXT);
        log.write(new ConversationEvent.Assigned("anna", 1, "sue"), "");
        for (int i = 0; i < turns; i++) {
            log.write(i % 2 == 0 ? ConversationEvent.Sent.by("anna") : new ConversationEvent.Received(""), Timed.TEXT);
        }
        return log;
    }

    /** All that was written, in order. */
    List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** The data key of what was said. */
    DataKey key() {
        return keys.values().iterator().next();
    }

    /** A customer's message as the next entry, made and not kept: the same place again and again. */
    Entry message() {
        return seal.entries(head, now, EPISODE, List.of(draft(new ConversationEvent.Received(""), Timed.TEXT)))
                .getFirst();
    }

    private void write(ConversationEvent event, String text) {
        if (seal.ready(key, event instanceof ConversationEvent.Opened) != Seal.Readiness.READY) {
            throw new IllegalStateException("the key is in memory");
        }
        for (var entry : seal.entries(head, now, EPISODE, List.of(draft(event, text)))) {
            entries.add(entry);
            head = Head.after(entry);
        }
        if (!text.isEmpty()) {
            key = key().id();
        }
        now = now.plusSeconds(1);
    }

    private Seal.Draft draft(ConversationEvent event, String text) {
        var number = String.valueOf(head.seq());
        var once = Once.of(KEYS.identify("event", number), KEYS.identify("content", number))
                .toString();
        return new Seal.Draft(
                ConversationEvent.type(event), once, event, text.isEmpty() ? Map.of() : Map.of("text", text));
    }
}
