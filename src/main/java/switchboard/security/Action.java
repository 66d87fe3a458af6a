package switchboard.security;

import static switchboard.security.Action.Asks.ANYBODY;
import static switchboard.security.Action.Asks.BY_ROLE;

/** What can be done over HTTP: each served operation once. {@link Access} says by whom. */
public enum Action {
    POST_EVENT("POST", "/v1/events", BY_ROLE),
    READ_STATE("GET", "/v1/conversations/{id}", BY_ROLE),
    READ_HISTORY("GET", "/v1/conversations/{id}/events", BY_ROLE),
    SEND_MESSAGE("POST", "/v1/conversations/{id}/messages", BY_ROLE),
    ADD_NOTE("POST", "/v1/conversations/{id}/notes", BY_ROLE),
    ASSIGN("POST", "/v1/conversations/{id}/assign", BY_ROLE),
    HOLD("POST", "/v1/conversations/{id}/hold", BY_ROLE),
    RESUME("POST", "/v1/conversations/{id}/resume", BY_ROLE),
    RESOLVE("POST", "/v1/conversations/{id}/resolve", BY_ROLE),
    VERIFY("GET", "/v1/audit/conversations/{id}/verify", BY_ROLE),
    IS_READY("GET", "/ready", ANYBODY),
    IS_ALIVE("GET", "/alive", ANYBODY),
    READ_CONTRACT("GET", "/openapi.yaml", ANYBODY);

    /** Whether a credential is asked for. */
    public enum Asks {
        ANYBODY,
        BY_ROLE
    }

    private final String method;
    private final String template;
    private final Asks asks;

    Action(String method, String template, Asks asks) {
        this.method = method;
        this.template = template;
        this.asks = asks;
    }

    public String method() {
        return method;
    }

    /** The path, with {@code {id}} where the conversation's id stands. */
    public String template() {
        return template;
    }

    public Asks asks() {
        return asks;
    }
}
