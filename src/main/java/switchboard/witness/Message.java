package switchboard.witness;

/**
 * What a client has to say, with the identity that it keeps through every repetition.
 *
 * @param source of a gateway's event: a path whose first segment is the channel; of an order: its route's word ({@code
 *     messages}, {@code assign}, {@code resolve})
 * @param id unique within source and thread; of an order: its key
 * @param text of an order: what its body says
 */
public record Message(String thread, String source, String id, String text) {

    /** The same identity with other content. */
    public Message forged() {
        return new Message(thread, source, id, text + "!");
    }
}
