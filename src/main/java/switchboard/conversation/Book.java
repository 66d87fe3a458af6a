package switchboard.conversation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import switchboard.conversation.Conversation.Facts;
import switchboard.conversation.Conversation.View;
import switchboard.event.Topic;
import switchboard.handling.Status;
import switchboard.log.DataKey;
import switchboard.log.Entry;
import switchboard.scribe.Identities;
import switchboard.scribe.KeysInUse;
import switchboard.scribe.LogBook;

/** What one incarnation of the actor holds of its log, and what others are told of it. */
final class Book extends LogBook {

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
    private ConversationState state;
    private @Nullable Facts standing;

    /** {@code genuine}: whether an entry was written by us; one that was not has an effect only where it reads. */
    Book(String persistenceId, Predicate<Entry> genuine) {
        this(persistenceId, genuine, ConversationState.empty());
    }

    /** The same, from {@code state} on. */
    Book(String persistenceId, Predicate<Entry> genuine, ConversationState state) {
        super(persistenceId, genuine);
        this.state = state;
        entityId = Conversation.entityId(persistenceId);
    }

    ConversationState state() {
        return state;
    }

    @Override
    public KeysInUse keys() {
        return state.ring();
    }

    @Override
    public void forgotten(List<String> keys) {
        state = state.forgotten(keys);
    }

    @Override
    public Instant at() {
        return state.at();
    }

    /** What somebody said under an identity, and nothing else says. */
    @Override
    protected boolean misses(Entry stray) {
        var once = SAID.contains(stray.type())
                ? stray.data(ConversationState.Common.class).once()
                : "";
        return !once.isEmpty() && state.identities().find(Identities.Once.parse(once)) == 0;
    }

    @Override
    protected void apply(Entry entry) {
        state = state.apply(entry);
        if (Topic.STANDING.concerns(entry.type())) {
            standing = facts(entry.seq());
        }
    }

    @Override
    protected void remember(Entry stray) {
        var common = stray.data(ConversationState.Common.class);
        if (!common.sealed().isEmpty()) {
            state = state.using(DataKey.idOf(common.sealed()));
        }
    }

    /** What followers of {@code topic} are told; only after the first entry. */
    Facts facts(Topic topic) {
        return topic == Topic.STANDING && standing != null ? standing : facts(head().seq());
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
                state.status().queue(),
                state.epoch(),
                episode.language(),
                episode.number(),
                episode.contacts(),
                episode.sealed(),
                episode.seq(),
                state.deliveries().waiting(),
                state.status().waits());
    }

    /** The state as others see it at {@code at}; {@code id} is the conversation's. */
    View view(String id, Instant at, Duration reopenWindow) {
        var episode = state.episode();
        return new View(
                id,
                head().seq(),
                episode.channel(),
                status(state.status(), at, reopenWindow),
                episode.number(),
                state.agent(),
                state.status().queue(),
                state.status().offered(),
                state.epoch(),
                episode.language(),
                state.messages(),
                episode.openedAt(),
                state.at(),
                episode.sealed(),
                episode.seq());
    }

    private static String status(Status status, Instant at, Duration reopenWindow) {
        return status instanceof Status.Resolved s && Intake.closed(s, at, reopenWindow) ? "closed" : status.word();
    }
}
