package switchboard.agent;

import java.util.List;
import switchboard.agent.Profile.Capacity;
import switchboard.agent.Profile.Pool;
import switchboard.agent.Profile.Skill;
import switchboard.log.Entry;

/**
 * What has happened to an agent: the plain part of an entry's contents. {@link #of} has the names on disk, which are for
 * good; a field once written is never given another meaning.
 */
sealed interface AgentEvent {

    /** What an agent can do from here on; the name is sealed. {@code named}: 32 hex digits of HMAC over it. */
    sealed interface Profiled extends AgentEvent {
        String named();

        List<String> languages();

        List<Skill> skills();

        List<String> queues();

        Capacity capacity();

        default Profile profile() {
            return new Profile(languages(), skills(), queues(), capacity());
        }
    }

    record Created(
            String by, String named, List<String> languages, List<Skill> skills, List<String> queues, Capacity capacity)
            implements Profiled {}

    record Changed(
            String by, String named, List<String> languages, List<Skill> skills, List<String> queues, Capacity capacity)
            implements Profiled {}

    /** The data keys with these ids are deleted, and with them her name. */
    record Deleted(String by, List<String> keys) implements AgentEvent {
        public Deleted {
            keys = List.copyOf(keys);
        }
    }

    /** {@code presence}: available, busy, away or offline. */
    record PresenceChanged(String by, String presence) implements AgentEvent {}

    /** No stream of hers was up for too long: she counts as offline. {@code holds}: what she had in hand. */
    record LeaseLost(int holds) implements AgentEvent {}

    /** {@code deadline}: when the offer ends; empty where it was assigned to her without one. */
    record HoldGranted(String reservation, Pool pool, int units, String deadline) implements AgentEvent {}

    record HoldAccepted(String reservation) implements AgentEvent {}

    record WrapUpStarted(String reservation) implements AgentEvent {}

    /** {@code outcome}: rejected, timed_out, rescinded, released or not_yours. */
    record HoldEnded(String reservation, String outcome) implements AgentEvent {}

    /** After so many missed offers in a row. */
    record NotRespondingSet(int missed) implements AgentEvent {}

    record NotRespondingCleared(String by) implements AgentEvent {}

    /** The name on disk. */
    static String type(AgentEvent event) {
        return switch (event) {
            case Created _ -> "agent.created";
            case Changed _ -> "agent.changed";
            case Deleted _ -> "agent.deleted";
            case PresenceChanged _ -> "presence.changed";
            case LeaseLost _ -> "lease.lost";
            case HoldGranted _ -> "hold.granted";
            case HoldAccepted _ -> "hold.accepted";
            case WrapUpStarted _ -> "wrapup.started";
            case HoldEnded _ -> "hold.ended";
            case NotRespondingSet _ -> "not_responding.set";
            case NotRespondingCleared _ -> "not_responding.cleared";
        };
    }

    /** What {@code entry} says; an {@link IllegalStateException} for a name that this version does not know. */
    static AgentEvent of(Entry entry) {
        return entry.data(shape(entry));
    }

    private static Class<? extends AgentEvent> shape(Entry entry) {
        return switch (entry.type()) {
            case "agent.created" -> Created.class;
            case "agent.changed" -> Changed.class;
            case "agent.deleted" -> Deleted.class;
            case "presence.changed" -> PresenceChanged.class;
            case "lease.lost" -> LeaseLost.class;
            case "hold.granted" -> HoldGranted.class;
            case "hold.accepted" -> HoldAccepted.class;
            case "wrapup.started" -> WrapUpStarted.class;
            case "hold.ended" -> HoldEnded.class;
            case "not_responding.set" -> NotRespondingSet.class;
            case "not_responding.cleared" -> NotRespondingCleared.class;
            default -> // names on disk are text: that each event has its own is held by AgentSamplesTest
                throw new IllegalStateException(
                        "entry " + entry.seq() + " is of a type that this version does not know: " + entry.type());
        };
    }
}
