package switchboard.wire;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/**
 * One event from a gateway, checked and bounded at the edge.
 *
 * @param type as in the contract, {@code message.received} …
 * @param source the whole source path, its first segment being the channel
 * @param id unique within source and thread
 * @param time when it happened at the gateway, RFC 3339; empty when not said
 */
public record Inbound(String type, CustomerThread thread, Personal source, Personal id, String time, Content content) {

    /** What the event says. Absent texts are empty, absent lists too. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes({
        @JsonSubTypes.Type(name = "message", value = Message.class),
        @JsonSubTypes.Type(name = "receipt", value = Receipt.class),
        @JsonSubTypes.Type(name = "left", value = Left.class),
        @JsonSubTypes.Type(name = "rating", value = Rating.class),
        @JsonSubTypes.Type(name = "consent", value = Consent.class),
    })
    public sealed interface Content {}

    /** {@code message.received}: text of at most 16,384 characters, or attachments, or both. */
    public record Message(Personal text, Customer customer, List<Attachment> attachments, Personal ref)
            implements Content {
        public Message {
            attachments = List.copyOf(attachments);
        }
    }

    /**
     * Who writes, as the channel names him. Absent parts are empty.
     *
     * @param language a BCP 47 tag
     * @param tier what he is worth to the tenant, in the tenant's words; the escalation policy names those who are valuable
     */
    public record Customer(Personal id, Personal name, String language, String tier) {
        public static final Customer UNKNOWN = new Customer(new Personal(""), new Personal(""), "", "");
    }

    /** {@code size} in bytes; 0 when not said. */
    public record Attachment(Personal url, String mediaType, long size, Personal name) {}

    /**
     * {@code message.accepted}, {@code .delivered}, {@code .read}, {@code .failed}.
     *
     * @param ref the id of a message of ours
     */
    public record Receipt(String ref, Personal providerId, Personal reason) implements Content {}

    /** {@code customer.left}. */
    public record Left() implements Content {}

    /** {@code csat.received}: 1 to 5. */
    public record Rating(int score, Personal comment) implements Content {}

    /** {@code consent.given}, {@code consent.withdrawn}; {@code purpose} is {@code [a-z0-9_-]{1,40}}. */
    public record Consent(String purpose) implements Content {}
}
