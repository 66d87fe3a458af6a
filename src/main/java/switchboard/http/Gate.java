package switchboard.http;

import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.method;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;
import static org.apache.pekko.http.javadsl.server.PathMatchers.separateOnSlashes;
import static switchboard.request.Headers.one;

import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.pekko.http.javadsl.model.HttpMethod;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.pattern.StatusReply;
import switchboard.request.Fault;
import switchboard.request.Problem;
import switchboard.security.Access;
import switchboard.security.Access.Grant;
import switchboard.security.Action;
import switchboard.security.Keys;
import switchboard.security.Principal;
import switchboard.wire.Refusal;

/**
 * Where every route starts: at its {@link Action}'s method and path, behind credential (401) and role (403). So nothing is
 * served that the access table does not know.
 */
public final class Gate {

    /** Who stands there, and what the table grants him for this action. */
    public record Caller(Principal principal, Grant grant) {}

    private static final String ID = "/{id}";
    private static final Pattern CONVERSATION = Pattern.compile("c[a-z2-7]{26}");

    private final Keys keys;

    /** Knows callers by {@code keys}. */
    public Gate(Keys keys) {
        this.keys = keys;
    }

    /** Without a credential. */
    public static Route open(Action action, Function<HttpRequest, Route> inner) {
        return path(
                separateOnSlashes(action.template().substring(1)),
                () -> method(methodOf(action), () -> extractRequest(inner)));
    }

    /** An action on no conversation in particular. */
    public Route on(Action action, BiFunction<Caller, HttpRequest, Route> inner) {
        return open(action, request -> inner.apply(caller(action, request), request));
    }

    /** An action on one conversation. An id that can be none's is as unknown as any: 404, with nobody asked. */
    public Route onConversation(Action action, Inner inner) {
        var at = action.template().indexOf(ID);
        var rest = action.template().substring(at + ID.length());
        var prefix = separateOnSlashes(action.template().substring(1, at)).slash(segment());
        var matcher = rest.isEmpty() ? prefix : prefix.slash(separateOnSlashes(rest.substring(1)));
        return path(
                matcher,
                id -> method(methodOf(action), () -> extractRequest(request -> known(action, request, id, inner))));
    }

    /** What is done once caller and id are known. */
    public interface Inner {
        Route apply(Caller caller, String conversation, HttpRequest request);
    }

    private Route known(Action action, HttpRequest request, String id, Inner inner) {
        var caller = caller(action, request);
        if (!CONVERSATION.matcher(id).matches()) {
            throw new StatusReply.ErrorMessage(Refusal.NOT_FOUND.name());
        }
        return inner.apply(caller, id, request);
    }

    private Caller caller(Action action, HttpRequest request) {
        var principal = switch (keys.holder(one(request, "Authorization"))) {
            case Keys.Known known -> known.principal();
            case Keys.Unknown unknown -> throw new Problem(fault(unknown));
        };
        var grant = Access.grant(principal.role(), action).orElseThrow(() -> new Problem(Fault.ROLE_NOT_ALLOWED));
        return new Caller(principal, grant);
    }

    private static Fault fault(Keys.Unknown unknown) {
        return switch (unknown) {
            case MISSING -> Fault.CREDENTIALS_MISSING;
            case WRONG -> Fault.CREDENTIALS_WRONG;
            case REVOKED -> Fault.KEY_REVOKED;
        };
    }

    private static HttpMethod methodOf(Action action) {
        return HttpMethods.lookup(action.method()).orElseThrow();
    }
}
