package switchboard.security;

import static java.util.Map.entry;
import static switchboard.security.Access.Relation.CHANNEL;
import static switchboard.security.Access.Relation.OFFERED;
import static switchboard.security.Access.Relation.OWNER;
import static switchboard.security.Access.Relation.SELF;
import static switchboard.security.Access.Relation.TENANT;
import static switchboard.security.Access.View.BYTES;
import static switchboard.security.Access.View.METADATA;
import static switchboard.security.Access.View.OPENED;
import static switchboard.security.Action.ACCEPT;
import static switchboard.security.Action.ADD_NOTE;
import static switchboard.security.Action.ASSIGN;
import static switchboard.security.Action.CREATE_KEY;
import static switchboard.security.Action.DELETE_AGENT;
import static switchboard.security.Action.ESCALATE;
import static switchboard.security.Action.EXPLAIN;
import static switchboard.security.Action.FETCH_OUTBOUND;
import static switchboard.security.Action.FOLLOW_AGENT;
import static switchboard.security.Action.FOLLOW_QUEUE;
import static switchboard.security.Action.HOLD;
import static switchboard.security.Action.IMPORT_ARTICLES;
import static switchboard.security.Action.ISSUE_TICKET;
import static switchboard.security.Action.LIST_AGENTS;
import static switchboard.security.Action.LIST_ARTICLES;
import static switchboard.security.Action.LIST_KEYS;
import static switchboard.security.Action.LIST_MODELS;
import static switchboard.security.Action.LIST_QUEUES;
import static switchboard.security.Action.LIST_READS;
import static switchboard.security.Action.MINT_TOKEN;
import static switchboard.security.Action.POST_EVENT;
import static switchboard.security.Action.PUT_AGENT;
import static switchboard.security.Action.PUT_ARTICLE;
import static switchboard.security.Action.PUT_PLAN;
import static switchboard.security.Action.READ_AGENT;
import static switchboard.security.Action.READ_ARTICLE;
import static switchboard.security.Action.READ_HISTORY;
import static switchboard.security.Action.READ_KNOWLEDGE_LOG;
import static switchboard.security.Action.READ_METRICS;
import static switchboard.security.Action.READ_MODELS_LOG;
import static switchboard.security.Action.READ_PLAN;
import static switchboard.security.Action.READ_PLAN_LOG;
import static switchboard.security.Action.READ_QUEUE;
import static switchboard.security.Action.READ_STATE;
import static switchboard.security.Action.REJECT;
import static switchboard.security.Action.REMOVE_ARTICLE;
import static switchboard.security.Action.RESOLVE;
import static switchboard.security.Action.RESUME;
import static switchboard.security.Action.REVOKE_KEY;
import static switchboard.security.Action.SEARCH;
import static switchboard.security.Action.SEARCH_ARTICLES;
import static switchboard.security.Action.SEND_MESSAGE;
import static switchboard.security.Action.SERVE_MODEL;
import static switchboard.security.Action.SET_PRESENCE;
import static switchboard.security.Action.TRANSFER;
import static switchboard.security.Action.VERIFY;
import static switchboard.security.Action.VERIFY_AGENT;
import static switchboard.security.Action.VERIFY_KNOWLEDGE;
import static switchboard.security.Action.VERIFY_MODELS;
import static switchboard.security.Action.VERIFY_PLAN;
import static switchboard.security.Action.WRAP_UP;

import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The one table of who may do what: role × action × relation × view. What is not in it is refused. */
public final class Access {

    /** To what the caller must stand in a relation, beyond being of its tenant. */
    public enum Relation {
        /** Any conversation of the tenant; who may order what of it is the conversation's to decide. */
        TENANT,
        /** Conversations that the caller has. */
        OWNER,
        /** Conversations that the caller has, or is offered. */
        OFFERED,
        /** What belongs to the channels that the credential names. */
        CHANNEL,
        /** The caller himself: what is his own, what is of himself, or the one conversation that a customer is in. */
        SELF
    }

    /** In which form contents are shown. */
    public enum View {
        /** Decrypted. */
        OPENED,
        /** Without anything that came from outside. */
        METADATA,
        /** The stored bytes, contents as ciphertext. */
        BYTES,
        /** What was said, and the status; nothing of how it came about, and nobody's id. */
        CUSTOMER
    }

    /** A cell of the table; {@code views} is empty for what shows no contents. */
    public record Grant(Relation relation, Set<View> views) {
        public Grant {
            views = Set.copyOf(views);
        }

        /** Whether contents are shown in that form. */
        public boolean shows(View view) {
            return views.contains(view);
        }

        /** Whether each read is to be recorded first: of contents, by one who is neither their owner nor the customer. */
        public boolean witnessed() {
            return (relation == TENANT || relation == OFFERED) && (shows(OPENED) || shows(BYTES));
        }

        /** The same to one who has what he might only be offered. */
        public Grant asOwner() {
            return relation == OFFERED ? new Grant(OWNER, views) : this;
        }

        static Grant of(Relation relation, View... views) {
            return new Grant(relation, Set.of(views));
        }
    }

    private static final Map<Role, Map<Action, Grant>> TABLE = Map.ofEntries(
            entry(
                    Role.GATEWAY,
                    Map.ofEntries(
                            entry(POST_EVENT, Grant.of(CHANNEL)),
                            entry(FETCH_OUTBOUND, Grant.of(CHANNEL)),
                            entry(MINT_TOKEN, Grant.of(CHANNEL)),
                            entry(ISSUE_TICKET, Grant.of(SELF)))),
            entry(
                    Role.AGENT,
                    Map.ofEntries(
                            entry(READ_STATE, Grant.of(OFFERED, OPENED)),
                            entry(SEARCH, Grant.of(OWNER, OPENED)),
                            entry(READ_HISTORY, Grant.of(OFFERED, OPENED)),
                            entry(SEND_MESSAGE, Grant.of(TENANT)),
                            entry(ADD_NOTE, Grant.of(TENANT)),
                            entry(HOLD, Grant.of(TENANT)),
                            entry(RESUME, Grant.of(TENANT)),
                            entry(ESCALATE, Grant.of(TENANT)),
                            entry(TRANSFER, Grant.of(TENANT)),
                            entry(WRAP_UP, Grant.of(TENANT)),
                            entry(RESOLVE, Grant.of(TENANT)),
                            entry(EXPLAIN, Grant.of(OFFERED)),
                            entry(ACCEPT, Grant.of(OFFERED)),
                            entry(REJECT, Grant.of(OFFERED)),
                            entry(READ_AGENT, Grant.of(SELF)),
                            entry(FOLLOW_AGENT, Grant.of(SELF, OPENED)),
                            entry(PUT_AGENT, Grant.of(SELF)),
                            entry(SET_PRESENCE, Grant.of(SELF)),
                            entry(LIST_ARTICLES, Grant.of(TENANT)),
                            entry(READ_ARTICLE, Grant.of(TENANT)),
                            entry(SEARCH_ARTICLES, Grant.of(TENANT)),
                            entry(ISSUE_TICKET, Grant.of(SELF)))),
            entry(
                    Role.SUPERVISOR,
                    Map.ofEntries(
                            entry(READ_STATE, Grant.of(TENANT, OPENED)),
                            entry(SEARCH, Grant.of(TENANT, OPENED)),
                            entry(READ_HISTORY, Grant.of(TENANT, OPENED)),
                            entry(SEND_MESSAGE, Grant.of(TENANT)),
                            entry(ADD_NOTE, Grant.of(TENANT)),
                            entry(ASSIGN, Grant.of(TENANT)),
                            entry(HOLD, Grant.of(TENANT)),
                            entry(RESUME, Grant.of(TENANT)),
                            entry(ESCALATE, Grant.of(TENANT)),
                            entry(TRANSFER, Grant.of(TENANT)),
                            entry(RESOLVE, Grant.of(TENANT)),
                            entry(LIST_QUEUES, Grant.of(TENANT)),
                            entry(READ_QUEUE, Grant.of(TENANT)),
                            entry(FOLLOW_QUEUE, Grant.of(TENANT)),
                            entry(EXPLAIN, Grant.of(TENANT)),
                            entry(LIST_AGENTS, Grant.of(TENANT)),
                            entry(READ_AGENT, Grant.of(TENANT)),
                            entry(PUT_AGENT, Grant.of(TENANT)),
                            entry(SET_PRESENCE, Grant.of(TENANT)),
                            entry(READ_PLAN, Grant.of(TENANT)),
                            entry(LIST_MODELS, Grant.of(TENANT)),
                            entry(LIST_ARTICLES, Grant.of(TENANT)),
                            entry(READ_ARTICLE, Grant.of(TENANT)),
                            entry(SEARCH_ARTICLES, Grant.of(TENANT)),
                            entry(ISSUE_TICKET, Grant.of(SELF)))),
            entry(
                    Role.AUDITOR,
                    Map.ofEntries(
                            entry(READ_STATE, Grant.of(TENANT, OPENED)),
                            entry(SEARCH, Grant.of(TENANT, OPENED)),
                            entry(READ_HISTORY, Grant.of(TENANT, OPENED, BYTES)),
                            entry(EXPLAIN, Grant.of(TENANT)),
                            entry(VERIFY, Grant.of(TENANT)),
                            entry(VERIFY_AGENT, Grant.of(TENANT)),
                            entry(VERIFY_PLAN, Grant.of(TENANT)),
                            entry(VERIFY_KNOWLEDGE, Grant.of(TENANT)),
                            entry(READ_PLAN_LOG, Grant.of(TENANT)),
                            entry(READ_KNOWLEDGE_LOG, Grant.of(TENANT)),
                            entry(READ_MODELS_LOG, Grant.of(TENANT)),
                            entry(VERIFY_MODELS, Grant.of(TENANT)),
                            entry(LIST_MODELS, Grant.of(TENANT)),
                            entry(LIST_READS, Grant.of(TENANT)),
                            entry(LIST_ARTICLES, Grant.of(TENANT)),
                            entry(READ_ARTICLE, Grant.of(TENANT)),
                            entry(SEARCH_ARTICLES, Grant.of(TENANT)),
                            entry(ISSUE_TICKET, Grant.of(SELF)))),
            entry(
                    Role.ADMIN,
                    Map.ofEntries(
                            entry(READ_STATE, Grant.of(TENANT, METADATA)),
                            entry(SEARCH, Grant.of(TENANT, METADATA)),
                            entry(EXPLAIN, Grant.of(TENANT)),
                            entry(CREATE_KEY, Grant.of(TENANT)),
                            entry(LIST_KEYS, Grant.of(TENANT)),
                            entry(REVOKE_KEY, Grant.of(TENANT)),
                            entry(LIST_AGENTS, Grant.of(TENANT)),
                            entry(READ_AGENT, Grant.of(TENANT)),
                            entry(PUT_AGENT, Grant.of(TENANT)),
                            entry(DELETE_AGENT, Grant.of(TENANT)),
                            entry(READ_PLAN, Grant.of(TENANT)),
                            entry(PUT_PLAN, Grant.of(TENANT)),
                            entry(LIST_MODELS, Grant.of(TENANT)),
                            entry(SERVE_MODEL, Grant.of(TENANT)),
                            entry(READ_METRICS, Grant.of(TENANT)),
                            entry(LIST_ARTICLES, Grant.of(TENANT)),
                            entry(READ_ARTICLE, Grant.of(TENANT)),
                            entry(SEARCH_ARTICLES, Grant.of(TENANT)),
                            entry(IMPORT_ARTICLES, Grant.of(TENANT)),
                            entry(PUT_ARTICLE, Grant.of(TENANT)),
                            entry(REMOVE_ARTICLE, Grant.of(TENANT)),
                            entry(ISSUE_TICKET, Grant.of(SELF)))),
            entry(
                    Role.CUSTOMER,
                    Map.ofEntries(
                            entry(READ_STATE, Grant.of(SELF, View.CUSTOMER)),
                            entry(READ_HISTORY, Grant.of(SELF, View.CUSTOMER)),
                            entry(ISSUE_TICKET, Grant.of(SELF)))));

    /** What the table says; empty is no. */
    public static Optional<Grant> grant(Role role, Action action) {
        return Optional.ofNullable(TABLE.getOrDefault(role, Map.of()).get(action));
    }

    /** All that a role may do. */
    public static Set<Action> of(Role role) {
        var actions = EnumSet.noneOf(Action.class);
        actions.addAll(TABLE.getOrDefault(role, Map.of()).keySet());
        return actions;
    }

    private Access() {}
}
