package switchboard.versions;

import java.time.Instant;

/**
 * A model that can serve.
 *
 * @param hash of the model; the same examples have the same
 * @param at when it was trained
 * @param taught hash of what it was trained on, and how
 * @param lesson what that was
 */
public record Version(String hash, Instant at, String taught, Lesson lesson) {

    private static final int NAME = 16;

    /** Of one of which only the model is known. */
    public Version(String hash, Instant at, String taught) {
        this(hash, at, taught, Lesson.UNKNOWN);
    }

    /** As decisions name the version with that hash: its first characters. */
    public static String name(String hash) {
        return hash.substring(0, NAME);
    }
}
