package switchboard.history;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.stream.javadsl.Source;
import switchboard.conversation.Conversation;
import switchboard.log.Entry;

/** Why the bot answered so, and why somebody has, is offered or waits for a conversation: what was decided, as data, and nothing that is the customer's. */
public final class Reasons {

    /** Reads the entries that stand of the log {@code persistenceId}, with numbers in (after, until]. */
    public interface Log {
        Source<Entry, NotUsed> read(String persistenceId, long after, long until);
    }

    /** The plain contents of the entry with that number. */
    public record Decision(long seq, String type, Instant at, int episode, ObjectNode data) {}

    /** The types that decide something. Of none of them anything is sealed. */
    private static final Set<String> DECISIONS = Set.of(
            "bot.decided",
            "conversation.escalated",
            "queue.entered",
            "queue.left",
            "reservation.created",
            "reservation.accepted",
            "reservation.rejected",
            "reservation.timed_out",
            "reservation.rescinded",
            "agent.assigned",
            "agent.released",
            "transfer.requested");

    /** What is no part of a decision: identities, and what nobody may read here, should there ever be any. */
    private static final List<String> ELSE = List.of("once", "key", "sealed");

    private final ClassicActorSystemProvider system;
    private final Log log;

    public Reasons(ClassicActorSystemProvider system, Log log) {
        this.system = system;
        this.log = log;
    }

    /** What was decided as that number; empty where nothing was. */
    public CompletionStage<Optional<Decision>> at(String tenant, String id, long seq) {
        return log.read(Conversation.persistenceId(tenant, id), seq - 1, seq)
                .runFold(Optional.<Entry>empty(), (_, entry) -> Optional.of(entry), system)
                .thenApply(found ->
                        found.filter(entry -> DECISIONS.contains(entry.type())).map(Reasons::decision));
    }

    /** The latest up to that number that says why it is where it is; empty before the bot has decided anything, and once it is over. */
    public CompletionStage<Optional<Decision>> present(String tenant, String id, long until) {
        return log.read(Conversation.persistenceId(tenant, id), 0, until)
                .runFold(Trail.NONE, Trail::next, system)
                .thenApply(trail -> trail.present.map(Reasons::decision));
    }

    private static Decision decision(Entry entry) {
        var data = entry.data(ObjectNode.class).remove(ELSE);
        return new Decision(entry.seq(), entry.type(), entry.at(), entry.episode(), data);
    }

    /** The latest place in a queue, the offer that stands, and what explains the present. */
    private record Trail(Optional<Entry> place, Optional<Entry> offer, Optional<Entry> present) {

        static final Trail NONE = new Trail(Optional.empty(), Optional.empty(), Optional.empty());

        Trail next(Entry entry) {
            return switch (entry.type()) {
                case "conversation.opened",
                        "conversation.reopened",
                        "conversation.resolved",
                        "conversation.abandoned" -> NONE;
                case "bot.decided" -> new Trail(place, offer, Optional.of(entry));
                case "queue.entered" -> new Trail(Optional.of(entry), Optional.empty(), Optional.of(entry));
                case "reservation.created" -> new Trail(place, Optional.of(entry), Optional.of(entry));
                case "reservation.rejected", "reservation.timed_out", "reservation.rescinded" ->
                    new Trail(place, Optional.empty(), place);
                case "agent.assigned" -> new Trail(place, Optional.empty(), offer.or(() -> Optional.of(entry)));
                default -> this;
            };
        }
    }
}
