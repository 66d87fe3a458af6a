package switchboard.conversation;

import java.util.ArrayList;
import java.util.List;
import switchboard.log.Chain;
import switchboard.log.Entry;
import switchboard.log.Head;

/**
 * What one incarnation of the actor holds: first it follows the chain through the replay, then, once the head is
 * known for sure, it takes its own entries as they are confirmed.
 */
final class Book implements Chain.Sink {

    private final Chain replay;
    private final List<Entry> strays = new ArrayList<>();
    private ConversationState state = ConversationState.empty();
    private Head head;
    private long number;
    private boolean settled;

    Book(String persistenceId) {
        head = Head.of(persistenceId);
        replay = new Chain(head, this);
    }

    /** A replayed row, or an entry of this incarnation that the journal has confirmed. */
    Book add(Entry entry) {
        if (settled) {
            stands(entry);
            head = Head.after(entry);
        } else {
            number = Math.max(entry.seq(), entry.seq() == 0 ? number + 1 : number);
            replay.add(number, entry);
        }
        return this;
    }

    /** The replay is over; {@code lastRows} are all rows of the last number, of which the replay shows only the first. */
    void settle(List<Entry> lastRows) {
        lastRows.forEach(row -> replay.add(number, row));
        head = replay.finish();
        settled = true;
    }

    boolean settled() {
        return settled;
    }

    ConversationState state() {
        return state;
    }

    void forgotten() {
        state = state.forgotten();
    }

    Head head() {
        return head;
    }

    /** Entries that do not stand and whose effect is missing: what somebody asked for under an identity. */
    List<Entry> missing() {
        return strays.stream()
                .filter(e -> !e.type().equals(Entry.UNREADABLE))
                .filter(e -> {
                    var once = e.data(ConversationState.Common.class).once();
                    return !once.isEmpty() && state.identities().find(Identities.Once.parse(once)) == 0;
                })
                .toList();
    }

    @Override
    public void stands(Entry entry) {
        state = state.apply(entry);
    }

    @Override
    public void stray(Entry entry) {
        strays.add(entry);
    }
}
