package switchboard.security;

import static java.util.Map.entry;
import static switchboard.security.Access.Relation.CHANNEL;
import static switchboard.security.Access.Relation.OWNER;
import static switchboard.security.Access.Relation.TENANT;
import static switchboard.security.Access.View.BYTES;
import static switchboard.security.Access.View.METADATA;
import static switchboard.security.Access.View.OPENED;
import static switchboard.security.Action.ADD_NOTE;
import static switchboard.security.Action.ASSIGN;
import static switchboard.security.Action.HOLD;
import static switchboard.security.Action.POST_EVENT;
import static switchboard.security.Action.READ_HISTORY;
import static switchboard.security.Action.READ_STATE;
import static switchboard.security.Action.RESOLVE;
import static switchboard.security.Action.RESUME;
import static switchboard.security.Action.SEND_MESSAGE;
import static switchboard.security.Action.VERIFY;

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
        /** Events of the channels that the credential names. */
        CHANNEL
    }

    /** In which form contents are shown. */
    public enum View {
        /** Decrypted. */
        OPENED,
        /** Without anything that came from outside. */
        METADATA,
        /** The stored bytes, contents as ciphertext. */
        BYTES
    }

    /** A cell of the table; {@code views} is empty for what shows no contents. */
    public record Grant(Relation relation, Set<View> views) {
        public Grant {
            views = Set.copyOf(views);
        }

        static Grant of(Relation relation, View... views) {
            return new Grant(relation, Set.of(views));
        }
    }

    private static final Map<Role, Map<Action, Grant>> TABLE = Map.ofEntries(
            entry(Role.GATEWAY, Map.of(POST_EVENT, Grant.of(CHANNEL))),
            entry(
                    Role.AGENT,
                    Map.of(
                            READ_STATE, Grant.of(OWNER, OPENED),
                            READ_HISTORY, Grant.of(OWNER, OPENED),
                            SEND_MESSAGE, Grant.of(TENANT),
                            ADD_NOTE, Grant.of(TENANT),
                            HOLD, Grant.of(TENANT),
                            RESUME, Grant.of(TENANT),
                            RESOLVE, Grant.of(TENANT))),
            entry(
                    Role.SUPERVISOR,
                    Map.of(
                            READ_STATE, Grant.of(TENANT, OPENED),
                            READ_HISTORY, Grant.of(TENANT, OPENED),
                            SEND_MESSAGE, Grant.of(TENANT),
                            ADD_NOTE, Grant.of(TENANT),
                            ASSIGN, Grant.of(TENANT),
                            HOLD, Grant.of(TENANT),
                            RESUME, Grant.of(TENANT),
                            RESOLVE, Grant.of(TENANT))),
            entry(
                    Role.AUDITOR,
                    Map.of(
                            READ_STATE, Grant.of(TENANT, OPENED),
                            READ_HISTORY, Grant.of(TENANT, OPENED, BYTES),
                            VERIFY, Grant.of(TENANT))),
            entry(Role.ADMIN, Map.of(READ_STATE, Grant.of(TENANT, METADATA))));

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
