package switchboard.wire;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.concurrent.CompletionException;
import org.apache.pekko.pattern.StatusReply;

/**
 * Why a well-formed request was turned down by an actor. The code travels and is part of the HTTP contract; the
 * statuses are in {@code http.Problems}. Refusals that the edge finds by itself are there too.
 */
public enum Refusal {
    /** No such conversation, agent, article or version for this tenant. */
    NOT_FOUND,
    /** An event about a conversation that no message has opened. */
    UNKNOWN_CONVERSATION,
    /** A receipt for a message that this conversation never sent. */
    UNKNOWN_MESSAGE,
    /** Nobody of that name is an agent here. */
    NO_SUCH_AGENT,
    /** Another agent has it. */
    OWNED,
    /** Only the agent who has it may do this. */
    NOT_OWNER,
    /** Not in this status. */
    WRONG_STATUS,
    /** It is resolved. */
    RESOLVED,
    /** The identity was used before, with other content. */
    KEY_REUSED,
    /** Skills, queues and capacity are not the agent's own to set. */
    SUPERVISOR_ONLY,
    /** She does not say that she is available. */
    AGENT_NOT_AVAILABLE,
    /** No stream of hers is up. */
    AGENT_DISCONNECTED,
    /** She let too many offers pass. */
    AGENT_NOT_RESPONDING,
    /** She has not so many units free. */
    AGENT_FULL,
    /** The reservation has ended, or its deadline has passed. */
    RESERVATION_OVER,
    /** Nobody has said anything to the offer in time. */
    TIMED_OUT,
    /** The offer was withdrawn. */
    RESCINDED,
    /** Another agent has it, or is offered it. */
    TAKEN,
    /** It does not wait, or not in that epoch. */
    VOID,
    /** {@code If-Match} names another number than the present one. */
    PRECONDITION_FAILED,
    /** As many articles as a tenant may have, or as much in them. */
    KNOWLEDGE_FULL,
    /** This node has no such model, or none of that name that can be read. */
    NO_SUCH_MODEL,
    /** No bot answers here. */
    BOT_OFF,
    /** The journal, or something the write waits for, is not to be had now; the outcome is unknown: repeat it. */
    UNAVAILABLE;

    /** Lower case, as it stands in a problem's {@code code}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The reply that says so. */
    public <T> StatusReply<T> reply() {
        return StatusReply.error(name());
    }

    /** The refusal behind a failed ask; the inverse of {@link #reply()}. */
    public static Refusal of(StatusReply.ErrorMessage error) {
        return valueOf(requireNonNull(error.getMessage()));
    }

    /** The refusal behind a failed ask, however it is wrapped; UNAVAILABLE where it failed otherwise. */
    public static Refusal behind(Throwable failure) {
        var cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        return cause instanceof StatusReply.ErrorMessage error ? of(error) : UNAVAILABLE;
    }
}
