package switchboard.security;

import java.time.Instant;

/** By what a caller is known. Whether it still stands can be asked again at any time: {@link Keys#standing}. */
public sealed interface Credential {

    /** An API key, configured, issued or of local mode. */
    record Key(String id) implements Credential {}

    /**
     * A customer's token.
     *
     * @param mintedBy the id of the gateway's key that minted it, and that it stands and falls with
     * @param conversation the only one that it is for
     */
    record Token(String mintedBy, String conversation, Instant expiresAt) implements Credential {}
}
