package switchboard.workspace;

/** What comes next on an agent's stream; {@code cursor}: whoever has it resumes after this. */
public sealed interface Shown {

    Cursor cursor();

    /** Nothing was resumed: all that she has before her is shown from its beginning, and what comes of her own log. */
    record Begun(Cursor cursor) implements Shown {}

    /** Of her own log. */
    record Own(Cursor cursor, Line line) implements Shown {}

    /** Of a conversation. */
    record Said(Cursor cursor, String conversation, Line line) implements Shown {}
}
