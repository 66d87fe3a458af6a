package switchboard.operations;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.Uri;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.http.scaladsl.model.IllegalUriException;
import switchboard.http.Answers;
import switchboard.http.Gate;
import switchboard.http.Gate.Caller;
import switchboard.http.Problems;
import switchboard.log.TenantKeys;
import switchboard.request.Bodies;
import switchboard.request.Fault;
import switchboard.request.Fields;
import switchboard.request.Negotiation;
import switchboard.request.Parameters;
import switchboard.request.Problem;
import switchboard.security.Action;
import switchboard.security.Credential;
import switchboard.security.CustomerTokens;
import switchboard.security.IssuedKeys;
import switchboard.security.IssuedKeys.Creation;
import switchboard.security.IssuedKeys.Issued;
import switchboard.security.Keys;
import switchboard.security.Principal;
import switchboard.security.Tickets;
import switchboard.wire.CustomerThread;

/**
 * What lets others in: gateways' keys, tickets for streams, customers' tokens. What is secret is shown once, and no cache
 * keeps it.
 *
 * <pre>
 * POST   /v1/keys              {"client","channels":[…]}                201 {"id","client","channels","createdAt","credential"}
 * GET    /v1/keys                                                       200 {"keys":[{"id","client","channels","createdAt","revokedAt"}]}
 * DELETE /v1/keys/{id}                                                  200 {"id",…,"revokedAt"}; again: the same
 * POST   /v1/tickets           {"path"}                                 201 {"ticket","expiresAt"}
 * POST   /v1/customer-tokens   {"channel","thread","expiresIn"}         201 {"token","conversation","expiresAt"}
 * </pre>
 */
public final class CredentialRoutes {

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private record Key(
            String id, String client, Set<String> channels, String createdAt, String revokedAt, String credential) {}

    private record Ticket(String ticket, String expiresAt) {}

    private record Token(String token, String conversation, String expiresAt) {}

    private static final Pattern CLIENT = Pattern.compile("[a-z0-9-]{1,40}");
    private static final Pattern CHANNEL = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final Pattern CHANNEL_OR_ANY = Pattern.compile("[a-z][a-z0-9-]{0,39}|\\*");
    private static final int CHANNELS = 64;
    /** An agent's cursor fits. */
    private static final int PATH = 3_500;

    private static final int THREAD = 512;
    private static final long LIFE = 3_600;

    private final Gate gate;
    private final Bodies bodies;
    private final IssuedKeys keys;
    private final Tickets tickets;
    private final CustomerTokens tokens;
    private final Function<String, TenantKeys> tenants;

    /** {@code tenants} knows each tenant's keys without waiting. */
    public CredentialRoutes(
            Gate gate,
            Bodies bodies,
            IssuedKeys keys,
            Tickets tickets,
            CustomerTokens tokens,
            Function<String, TenantKeys> tenants) {
        this.gate = gate;
        this.bodies = bodies;
        this.keys = keys;
        this.tickets = tickets;
        this.tokens = tokens;
        this.tenants = tenants;
    }

    public Route routes() {
        return concat(
                gate.on(Action.CREATE_KEY, (caller, request) -> answered(create(caller, request))),
                gate.on(Action.LIST_KEYS, (caller, request) -> answered(list(caller, request))),
                gate.onNamed(Action.REVOKE_KEY, (caller, id, request) -> answered(revoke(caller, id, request))),
                gate.on(Action.ISSUE_TICKET, (caller, request) -> answered(ticket(caller, request))),
                gate.on(Action.MINT_TOKEN, (caller, request) -> answered(token(caller, request))));
    }

    private static Route answered(CompletionStage<HttpResponse> answer) {
        return onSuccess(answer, it -> complete(it.addHeader(RawHeader.create("Cache-Control", "no-store"))));
    }

    private CompletionStage<HttpResponse> create(Caller caller, HttpRequest request) {
        return bodies.fields(request).thenCompose(body -> {
            var client = body.requiredMatching("client", CLIENT);
            var channels = body.requiredMatchings("channels", CHANNELS, CHANNEL_OR_ANY);
            body.whole();
            var creation = keys.create(caller.principal().tenant(), client, Set.copyOf(channels));
            return Problems.stored(creation, "new key").thenApply(CredentialRoutes::created);
        });
    }

    private static HttpResponse created(Creation creation) {
        return switch (creation) {
            case Creation.Created it ->
                Answers.json(
                        StatusCodes.CREATED, key(it.issued(), it.issued().key().id() + "." + it.secret()));
            case Creation.TooMany _ -> throw new Problem(Fault.TOO_MANY_KEYS);
        };
    }

    private CompletionStage<HttpResponse> list(Caller caller, HttpRequest request) {
        Negotiation.json(request);
        Parameters.none(request);
        return Problems.stored(keys.list(caller.principal().tenant()), "keys")
                .thenApply(found -> Answers.json(StatusCodes.OK, Map.of("keys", keys(found))));
    }

    private static List<Key> keys(List<Issued> found) {
        return found.stream().map(issued -> key(issued, "")).toList();
    }

    private CompletionStage<HttpResponse> revoke(Caller caller, String id, HttpRequest request) {
        Parameters.none(request);
        return Problems.stored(keys.revoke(caller.principal().tenant(), id), "revocation of a key")
                .thenApply(found ->
                        Answers.json(StatusCodes.OK, key(found.orElseThrow(() -> new Problem(Fault.NO_SUCH_KEY)), "")));
    }

    private CompletionStage<HttpResponse> ticket(Caller caller, HttpRequest request) {
        return bodies.fields(request).thenApply(body -> {
            var path = body.requiredLine("path", PATH);
            var target = body.flawed() ? "" : target(body, path);
            body.whole();
            var issued = tickets.issue(new Keys.Known(caller.principal(), caller.credential()), target);
            return Answers.json(StatusCodes.CREATED, new Ticket(issued.ticket(), at(issued.expiresAt())));
        });
    }

    /** A path and query of ours, as the gate will see them. */
    private static String target(Fields body, String path) {
        try {
            var uri = path.startsWith("/") && !path.startsWith("//") ? Uri.create(path) : Uri.EMPTY;
            if (Action.anyTakesTicketsAt(uri.getPathString())
                    && !uri.query().toMap().containsKey("ticket")
                    && uri.fragment().isEmpty()) {
                return Parameters.target(uri);
            }
        } catch (IllegalUriException e) {
            // as wrong as any other
        }
        body.flaw(Fault.INVALID_VALUE, "path", "is no path of a stream");
        return "";
    }

    private CompletionStage<HttpResponse> token(Caller caller, HttpRequest request) {
        return bodies.fields(request).thenApply(body -> {
            var channel = body.requiredMatching("channel", CHANNEL);
            var thread = CustomerThread.of(channel, body.requiredLine("thread", THREAD));
            var life = body.number("expiresIn", 60, CustomerTokens.LONGEST.toSeconds());
            if (!body.flawed() && !thread.fits()) {
                body.flaw(Fault.INVALID_VALUE, "thread", "has, made canonical, no or too many bytes");
            }
            body.whole();
            return token(caller.principal(), caller.credential(), thread, Duration.ofSeconds(life == 0 ? LIFE : life));
        });
    }

    private HttpResponse token(Principal gateway, Credential by, CustomerThread thread, Duration life) {
        if (!gateway.speaksFor(thread.channel())) {
            throw new Problem(Fault.CHANNEL_NOT_ALLOWED);
        }
        var conversation = tenants.apply(gateway.tenant()).conversation(thread);
        return switch (by) {
            case Credential.Key key -> {
                var minted = tokens.mint(gateway.tenant(), key.id(), conversation, life);
                yield Answers.json(
                        StatusCodes.CREATED, new Token(minted.token(), conversation, at(minted.expiresAt())));
            }
            case Credential.Token _ -> throw new Problem(Fault.ROLE_NOT_ALLOWED);
        };
    }

    private static Key key(Issued issued, String credential) {
        return new Key(
                issued.key().id(),
                issued.client(),
                new TreeSet<>(issued.key().channels()),
                at(issued.createdAt()),
                issued.revokedAt().map(CredentialRoutes::at).orElse(""),
                credential);
    }

    private static String at(Instant instant) {
        return Answers.at(instant);
    }
}
