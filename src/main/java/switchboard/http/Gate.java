package switchboard.http;

import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.method;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;
import static org.apache.pekko.http.javadsl.server.PathMatchers.separateOnSlashes;
import static switchboard.request.Headers.one;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.pekko.http.javadsl.model.HttpMethod;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.pattern.StatusReply;
import switchboard.request.Fault;
import switchboard.request.Negotiation;
import switchboard.request.Parameters;
import switchboard.request.Problem;
import switchboard.security.Access;
import switchboard.security.Access.Grant;
import switchboard.security.Access.Relation;
import switchboard.security.Action;
import switchboard.security.Credential;
import switchboard.security.Keys;
import switchboard.security.Principal;
import switchboard.security.Tickets;
import switchboard.wire.Refusal;

/**
 * Where every route starts: at its {@link Action}'s method and path, behind credential (401), rate (429) and role (403). So nothing is
 * served that the access table does not know. What is the gate's own in the query ({@code ticket}; {@code purpose} where
 * contents are shown) is taken off before a route sees it.
 */
public final class Gate {

    /**
     * Who stands there, and what the table grants him for this action.
     *
     * @param purpose what he says that he reads contents for; may be empty
     */
    public record Caller(Principal principal, Grant grant, Credential credential, String purpose) {

        /** Where he has what he might only be offered, as its owner. */
        public Caller asOwner() {
            return new Caller(principal, grant.asOwner(), credential, purpose);
        }
    }

    private static final String ID = "/{id}";
    private static final String TICKET = "ticket";
    private static final String PURPOSE = "purpose";
    private static final Pattern CONVERSATION = Pattern.compile("c[a-z2-7]{26}");
    private static final Pattern WORD = Pattern.compile("[a-z0-9_-]{1,40}");

    private final Keys keys;
    private final Tickets tickets;
    private final Rates rates;

    /**
     * Knows callers by {@code keys}, and where nothing else can be sent by {@code tickets}; lets each through as {@code
     * rates} say.
     */
    public Gate(Keys keys, Tickets tickets, Rates rates) {
        this.keys = keys;
        this.tickets = tickets;
        this.rates = rates;
    }

    /** Without a credential. */
    public static Route open(Action action, Function<HttpRequest, Route> inner) {
        return path(
                separateOnSlashes(action.template().substring(1)),
                () -> method(methodOf(action), () -> Seen.as(action, extractRequest(inner))));
    }

    /** An action on nothing in particular. */
    public Route on(Action action, BiFunction<Caller, HttpRequest, Route> inner) {
        return open(action, request -> admitted(action, request, inner));
    }

    /** An action on one conversation. An id that can be none's is as unknown as any: 404, with nobody asked. */
    public Route onConversation(Action action, Inner inner) {
        return onNamed(action, (caller, id, request) -> {
            var others = caller.grant().relation() == Relation.SELF
                    && !caller.principal().isCustomerOf(id);
            if (others || !CONVERSATION.matcher(id).matches()) {
                throw new StatusReply.ErrorMessage(Refusal.NOT_FOUND.name());
            }
            return inner.apply(caller, id, request);
        });
    }

    /** An action on whatever it is that has an id; any segment is one. */
    public Route onNamed(Action action, Inner inner) {
        var at = action.template().indexOf(ID);
        var rest = action.template().substring(at + ID.length());
        var prefix = separateOnSlashes(action.template().substring(1, at)).slash(segment());
        var matcher = rest.isEmpty() ? prefix : prefix.slash(separateOnSlashes(rest.substring(1)));
        return path(
                matcher,
                id -> method(
                        methodOf(action),
                        () -> Seen.as(
                                action,
                                extractRequest(request ->
                                        admitted(action, request, (caller, rid) -> inner.apply(caller, id, rid))))));
    }

    /** What is done once caller and id are known. */
    public interface Inner {
        Route apply(Caller caller, String id, HttpRequest request);
    }

    /** Why the caller's credential no longer stands; to be asked every second or so by what goes on for long. In memory. */
    public Optional<Fault> still(Caller caller) {
        return switch (keys.standing(caller.credential())) {
            case Keys.Known _ -> Optional.empty();
            case Keys.Unknown why -> Optional.of(fault(why));
        };
    }

    private Route admitted(Action action, HttpRequest request, BiFunction<Caller, HttpRequest, Route> inner) {
        var authorization = one(request, "Authorization");
        var ticket = action.takesTickets() && Negotiation.asksForEvents(request)
                ? Parameters.one(request, TICKET)
                : Optional.<String>empty();
        if (ticket.isEmpty()) {
            return admitted(action, keys.holder(authorization), request, inner);
        }
        if (authorization.isPresent()) {
            throw new Problem(Fault.BAD_REQUEST, "a ticket and an Authorization header");
        }
        var bare = Parameters.without(request, TICKET);
        var holder = tickets.redeem(ticket.get(), Parameters.target(bare.getUri()));
        return onSuccess(Problems.stored(holder, "used tickets"), found -> admitted(action, found, bare, inner));
    }

    private Route admitted(
            Action action, Keys.Holder holder, HttpRequest request, BiFunction<Caller, HttpRequest, Route> inner) {
        var known = switch (holder) {
            case Keys.Known it -> it;
            case Keys.Unknown unknown -> throw new Problem(fault(unknown));
        };
        rates.admit(known.principal());
        var grant =
                Access.grant(known.principal().role(), action).orElseThrow(() -> new Problem(Fault.ROLE_NOT_ALLOWED));
        if (grant.views().isEmpty()) {
            return inner.apply(new Caller(known.principal(), grant, known.credential(), ""), request);
        }
        var purpose = Parameters.one(request, PURPOSE);
        purpose.filter(word -> !WORD.matcher(word).matches()).ifPresent(_ -> {
            throw new Problem(Fault.INVALID_PARAMETER, PURPOSE + " is not " + WORD.pattern());
        });
        var caller = new Caller(known.principal(), grant, known.credential(), purpose.orElse(""));
        return inner.apply(caller, purpose.isEmpty() ? request : Parameters.without(request, PURPOSE));
    }

    private static Fault fault(Keys.Unknown unknown) {
        return switch (unknown) {
            case MISSING -> Fault.CREDENTIALS_MISSING;
            case WRONG -> Fault.CREDENTIALS_WRONG;
            case REVOKED -> Fault.KEY_REVOKED;
            case TOKEN_EXPIRED -> Fault.TOKEN_EXPIRED;
            case TICKET_WRONG -> Fault.TICKET_WRONG;
            case TICKET_EXPIRED -> Fault.TICKET_EXPIRED;
            case TICKET_WRONG_PATH -> Fault.TICKET_WRONG_PATH;
            case TICKET_USED -> Fault.TICKET_USED;
        };
    }

    private static HttpMethod methodOf(Action action) {
        return HttpMethods.lookup(action.method()).orElseThrow();
    }
}
