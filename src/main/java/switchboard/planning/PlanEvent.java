package switchboard.planning;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import switchboard.log.Entry;
import switchboard.log.Json;
import switchboard.planning.RoutingPlan.Version;

/**
 * What has happened to a plan: an entry's contents. {@link #of} has the names on disk, which are for good; a field once
 * written is never given another meaning. All of it is plain: names of queues and skills, which are ours and stand plain in
 * the logs of agents and conversations too, so that a decision can be explained when every key is gone.
 */
sealed interface PlanEvent {

    /** {@code plan}: as {@link switchboard.plan.PlanWriter} wrote it. */
    record Adopted(long version, String by, JsonNode plan) implements PlanEvent {}

    /** {@code plan}: JSON. */
    static Adopted adopted(long version, String by, String plan) {
        try {
            return new Adopted(version, by, Json.MAPPER.readTree(plan));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a plan was read before it comes here", e);
        }
    }

    /** The name on disk. */
    static String type(PlanEvent event) {
        return switch (event) {
            case Adopted _ -> "plan.adopted";
        };
    }

    /** What {@code entry} says; an {@link IllegalStateException} for a name that this version does not know. */
    static PlanEvent of(Entry entry) {
        return switch (entry.type()) {
            case "plan.adopted" -> entry.data(Adopted.class);
            default ->
                throw new IllegalStateException(
                        "entry " + entry.seq() + " is of a type that this version does not know: " + entry.type());
        };
    }

    /** The version that an entry adopts. */
    static Version version(Entry entry) {
        return switch (of(entry)) {
            case Adopted e ->
                new Version(e.version(), entry.at(), e.by(), e.plan().toString());
        };
    }
}
