package switchboard.security;

import java.util.Set;

/**
 * Who calls. The tenant comes from the credential, never from the request.
 *
 * @param id opaque; an agent's is {@code [a-z0-9-]{1,40}} and no other role has such a one in the same tenant
 * @param channels those that a gateway speaks for, {@link #ANY_CHANNEL} for all; empty for other roles
 */
public record Principal(String tenant, Role role, String id, Set<String> channels) {

    public static final String ANY_CHANNEL = "*";

    public Principal {
        channels = Set.copyOf(channels);
    }

    /** Whether it may post events of that channel. */
    public boolean speaksFor(String channel) {
        return channels.contains(channel) || channels.contains(ANY_CHANNEL);
    }
}
