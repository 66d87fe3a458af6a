package switchboard.understanding;

/**
 * Something that a customer may say, and what it means.
 *
 * @param intent {@link #NONE} where it means nothing of what is known
 */
public record Example(String text, String intent) {

    /** Out of scope. */
    public static final String NONE = "";

    public boolean inScope() {
        return !intent.equals(NONE);
    }
}
