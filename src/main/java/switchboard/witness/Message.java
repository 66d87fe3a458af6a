package switchboard.witness;

/**
 * What a client has to say, with the identity that it keeps through every repetition.
 *
 * @param source of a gateway's event: a path whose first segment is the channel; of an order: its route's word ({@code
 *     messages}, {@code assign}, {@code resolve} …)
 * @param id unique within source and thread; of an order: its key
 * @param text of an order: what its body says; of an acceptance: the provider's id
 * @param accepts the id of the message that the gateway has taken to deliver; empty: the customer wrote
 */
public record Message(String thread, String source, String id, String text, String accepts) {

    /** What a customer wrote, or an order. */
    public Message(String thread, String source, String id, String text) {
        this(thread, source, id, text, "");
    }

    /** The same identity with other content. */
    public Message forged() {
        return new Message(thread, source, id, text + "!", accepts);
    }
}
