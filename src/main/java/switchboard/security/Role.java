package switchboard.security;

import java.util.Locale;

/** As what somebody calls. */
public enum Role {
    /** A channel's gateway: posts customers' events. */
    GATEWAY,
    AGENT,
    SUPERVISOR,
    AUDITOR,
    /** Runs the house and sees no content. */
    ADMIN,
    /** One of those whom all this is for: sees messages and status of the one conversation that his token names. */
    CUSTOMER;

    /** Lower case, as it stands in settings. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
