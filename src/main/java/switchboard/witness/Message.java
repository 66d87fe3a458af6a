package switchboard.witness;

/** One customer's message as a gateway has it. */
public record Message(String thread, String source, String id, String text) {

    /** The same identity with other content. */
    public Message forged() {
        return new Message(thread, source, id, text + "!");
    }
}
