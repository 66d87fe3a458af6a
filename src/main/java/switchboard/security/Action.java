package switchboard.security;

import static switchboard.security.Action.Asks.ANYBODY;
import static switchboard.security.Action.Asks.BY_ROLE;

import java.util.Arrays;
import java.util.stream.IntStream;

/** What can be done over HTTP: each served operation once. {@link Access} says by whom. */
public enum Action {
    POST_EVENT("POST", "/v1/events", BY_ROLE),
    READ_STATE("GET", "/v1/conversations/{id}", BY_ROLE),
    READ_HISTORY("GET", "/v1/conversations/{id}/events", BY_ROLE, Tickets.TAKEN),
    SEARCH("GET", "/v1/conversations", BY_ROLE),
    SEND_MESSAGE("POST", "/v1/conversations/{id}/messages", BY_ROLE),
    ADD_NOTE("POST", "/v1/conversations/{id}/notes", BY_ROLE),
    ASSIGN("POST", "/v1/conversations/{id}/assign", BY_ROLE),
    HOLD("POST", "/v1/conversations/{id}/hold", BY_ROLE),
    RESUME("POST", "/v1/conversations/{id}/resume", BY_ROLE),
    ESCALATE("POST", "/v1/conversations/{id}/escalate", BY_ROLE),
    TRANSFER("POST", "/v1/conversations/{id}/transfer", BY_ROLE),
    WRAP_UP("POST", "/v1/conversations/{id}/wrap-up", BY_ROLE),
    RESOLVE("POST", "/v1/conversations/{id}/resolve", BY_ROLE),
    EXPLAIN("GET", "/v1/conversations/{id}/why", BY_ROLE),
    ACCEPT("POST", "/v1/reservations/{id}/accept", BY_ROLE),
    REJECT("POST", "/v1/reservations/{id}/reject", BY_ROLE),
    LIST_AGENTS("GET", "/v1/agents", BY_ROLE),
    READ_AGENT("GET", "/v1/agents/{id}", BY_ROLE),
    PUT_AGENT("PUT", "/v1/agents/{id}", BY_ROLE),
    DELETE_AGENT("DELETE", "/v1/agents/{id}", BY_ROLE),
    SET_PRESENCE("PUT", "/v1/agents/{id}/presence", BY_ROLE),
    READ_PLAN("GET", "/v1/routing/plan", BY_ROLE),
    PUT_PLAN("PUT", "/v1/routing/plan", BY_ROLE),
    LIST_ARTICLES("GET", "/v1/knowledge/articles", BY_ROLE),
    IMPORT_ARTICLES("POST", "/v1/knowledge/articles", BY_ROLE),
    READ_ARTICLE("GET", "/v1/knowledge/articles/{id}", BY_ROLE),
    PUT_ARTICLE("PUT", "/v1/knowledge/articles/{id}", BY_ROLE),
    REMOVE_ARTICLE("DELETE", "/v1/knowledge/articles/{id}", BY_ROLE),
    SEARCH_ARTICLES("GET", "/v1/knowledge/search", BY_ROLE),
    LIST_MODELS("GET", "/v1/bot/models", BY_ROLE),
    SERVE_MODEL("PUT", "/v1/bot/models/serving", BY_ROLE),
    LIST_QUEUES("GET", "/v1/queues", BY_ROLE),
    READ_QUEUE("GET", "/v1/queues/{id}", BY_ROLE),
    FOLLOW_QUEUE("GET", "/v1/queues/{id}/stream", BY_ROLE, Tickets.TAKEN),
    FOLLOW_AGENT("GET", "/v1/agents/{id}/stream", BY_ROLE, Tickets.TAKEN),
    CREATE_KEY("POST", "/v1/keys", BY_ROLE),
    LIST_KEYS("GET", "/v1/keys", BY_ROLE),
    REVOKE_KEY("DELETE", "/v1/keys/{id}", BY_ROLE),
    ISSUE_TICKET("POST", "/v1/tickets", BY_ROLE),
    MINT_TOKEN("POST", "/v1/customer-tokens", BY_ROLE),
    FETCH_OUTBOUND("GET", "/v1/channels/{id}/outbound", BY_ROLE),
    VERIFY("GET", "/v1/audit/conversations/{id}/verify", BY_ROLE),
    VERIFY_AGENT("GET", "/v1/audit/agents/{id}/verify", BY_ROLE),
    VERIFY_PLAN("GET", "/v1/audit/routing/plan/verify", BY_ROLE),
    VERIFY_KNOWLEDGE("GET", "/v1/audit/knowledge/verify", BY_ROLE),
    VERIFY_MODELS("GET", "/v1/audit/bot/models/verify", BY_ROLE),
    READ_PLAN_LOG("GET", "/v1/audit/routing/plan/log", BY_ROLE),
    READ_KNOWLEDGE_LOG("GET", "/v1/audit/knowledge/log", BY_ROLE),
    READ_MODELS_LOG("GET", "/v1/audit/bot/models/log", BY_ROLE),
    LIST_READS("GET", "/v1/audit/conversations/{id}/reads", BY_ROLE),
    IS_READY("GET", "/ready", ANYBODY),
    IS_ALIVE("GET", "/alive", ANYBODY),
    READ_METRICS("GET", "/metrics", BY_ROLE),
    READ_CONTRACT("GET", "/openapi.yaml", ANYBODY);

    /** Whether a credential is asked for. */
    public enum Asks {
        ANYBODY,
        BY_ROLE
    }

    /** Whether a ticket is taken in the place of a credential, where the answer is an event stream. */
    public enum Tickets {
        TAKEN,
        NOT_TAKEN
    }

    private final String method;
    private final String template;
    private final Asks asks;
    private final Tickets tickets;

    Action(String method, String template, Asks asks) {
        this(method, template, asks, Tickets.NOT_TAKEN);
    }

    Action(String method, String template, Asks asks, Tickets tickets) {
        this.method = method;
        this.template = template;
        this.asks = asks;
        this.tickets = tickets;
    }

    public String method() {
        return method;
    }

    /** The path, with {@code {id}} where the id of what is meant stands. */
    public String template() {
        return template;
    }

    public Asks asks() {
        return asks;
    }

    public boolean takesTickets() {
        return tickets == Tickets.TAKEN;
    }

    /** Whether a ticket for that path (without its query) could be of use. */
    public static boolean anyTakesTicketsAt(String path) {
        return Arrays.stream(values()).anyMatch(action -> action.takesTickets() && action.serves(path));
    }

    private boolean serves(String path) {
        var segments = template.split("/", -1);
        var given = path.split("/", -1);
        return segments.length == given.length
                && IntStream.range(0, segments.length)
                        .allMatch(
                                i -> segments[i].startsWith("{") ? !given[i].isEmpty() : segments[i].equals(given[i]));
    }
}
