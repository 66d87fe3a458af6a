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

    private static final String CUSTOMER = "@customer";

    public Principal {
        channels = Set.copyOf(channels);
    }

    /** The customer of one conversation; the id has a character that no agent's has. */
    static Principal customer(String tenant, String conversation) {
        return new Principal(tenant, Role.CUSTOMER, conversation + CUSTOMER, Set.of());
    }

    /** Whether it is that conversation's customer. */
    public boolean isCustomerOf(String conversation) {
        return role == Role.CUSTOMER && id.equals(conversation + CUSTOMER);
    }

    /** Whether it may post events of that channel. */
    public boolean speaksFor(String channel) {
        return channels.contains(channel) || channels.contains(ANY_CHANNEL);
    }
}
