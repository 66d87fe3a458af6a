package switchboard.conversation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import switchboard.conversation.Conversation.Facts;
import switchboard.conversation.Conversation.Topic;
import switchboard.conversation.Conversation.View;
import switchboard.conversation.ConversationState.Status;
import switchboard.log.Chain;
import switchboard.log.DataKey;
import switchboard.log.Entry;
import switchboard.log.Head;

/**
 * What one incarnation of the actor holds: first it follows the chain through the replay, then, once the head is
 * known for sure, it takes its own entries as they are confirmed.
 */
final class Book implements Chain.Sink {

    /**
     * What is appended again: what was said and reported. An order that did not stand was never acknowledged, and its
     * repeat is to take effect, so nothing may say that it was done.
     */
    private static final Set<String> SAID = Set.of(
            "message.received",
            "message.sent",
            "message.accepted",
            "message.delivered",
            "message.read",
            "message.failed",
            "note.added",
            "csat.received",
            "consent.given",
            "consent.withdrawn");

    private final String entityId;
    private final Chain replay;
    private final Predicate<Entry> genuine;
    private final List<Entry> strays = new ArrayList<>();
    private ConversationState state;
    private Head head;
    private long number;
    private boolean settled;
    private @Nullable Facts standing;

    /** {@code genuine}: whether an entry was written by us; one that was not has an effect only where it reads. */
    Book(String persistenceId, Predicate<Entry> genuine) {
        this(persistenceId, genuine, ConversationState.empty());
    }

    /** The same, from {@code state} on. */
    Book(String persistenceId, Predicate<Entry> genuine, ConversationState state) {
        this.genuine = genuine;
        this.state = state;
        entityId = Conversation.entityId(persistenceId);
        head = Head.of(persistenceId);
        replay = new Chain(head, this);
    }

    /** A replayed row, or an entry of this incarnation that the journal has confirmed. */
    Book add(Entry entry) {
        if (settled) {
            stands(entry);
            head = entry.seq() == 0 ? new Head(head.seq() + 1, entry.hash()) : Head.after(entry);
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
        strays.forEach(this::remember);
        settled = true;
    }

    boolean settled() {
        return settled;
    }

    ConversationState state() {
        return state;
    }

    void forgotten(List<String> keys) {
        state = state.forgotten(keys);
    }

    Head head() {
        return head;
    }

    /** Entries that do not stand and whose effect is missing: what somebody said under an identity. */
    List<Entry> missing() {
        return strays.stream()
                .filter(e -> SAID.contains(e.type()))
                .filter(e -> {
                    var once = e.data(ConversationState.Common.class).once();
                    return !once.isEmpty() && state.identities().find(Identities.Once.parse(once)) == 0;
                })
                .toList();
    }

    @Override
    public void stands(Entry entry) {
        try {
            state = state.apply(entry);
            if (Topic.STANDING.concerns(entry.type())) {
                standing = facts(entry.seq());
            }
        } catch (RuntimeException e) {
            if (genuine.test(entry)) {
                throw e;
            }
        }
    }

    @Override
    public void stray(Entry entry) {
        if (genuine.test(entry)) {
            strays.add(entry);
        }
    }

    @Override
    public void alien(Entry entry) {
        // not ours: the audit names it
    }

    /** The text that a stray holds is erased with the rest, also where nothing of it is appended again. */
    private void remember(Entry stray) {
        var common = stray.data(ConversationState.Common.class);
        if (!common.sealed().isEmpty()) {
            state = state.using(DataKey.idOf(common.sealed()));
        }
    }

    /** What followers of {@code topic} are told; only after the first entry. */
    Facts facts(Topic topic) {
        return topic == Topic.STANDING && standing != null ? standing : facts(head.seq());
    }

    private Facts facts(long seq) {
        var colon = entityId.indexOf(':');
        var episode = state.episode();
        return new Facts(
                entityId.substring(0, colon),
                entityId.substring(colon + 1),
                seq,
                state.at(),
                episode.channel(),
                state.status().word(),
                state.agent(),
                state.epoch(),
                episode.language(),
                episode.number(),
                episode.contacts(),
                episode.sealed(),
                episode.seq(),
                state.deliveries().waiting());
    }

    /** The state as others see it at {@code at}; {@code id} is the conversation's. */
    View view(String id, Instant at, Duration reopenWindow) {
        var episode = state.episode();
        return new View(
                id,
                head.seq(),
                episode.channel(),
                status(state.status(), at, reopenWindow),
                episode.number(),
                state.agent(),
                state.epoch(),
                episode.language(),
                state.messages(),
                episode.openedAt(),
                state.at(),
                episode.sealed(),
                episode.seq());
    }

    private static String status(Status status, Instant at, Duration reopenWindow) {
        return status instanceof Status.Resolved s && Decisions.closed(s, at, reopenWindow) ? "closed" : status.word();
    }
}
