package switchboard.versions;

import java.time.Instant;

/**
 * A model that can serve.
 *
 * @param hash of the model; the same examples have the same
 * @param at when it was trained
 * @param taught hash of what it was trained on, and how
 */
public record Version(String hash, Instant at, String taught) {}
