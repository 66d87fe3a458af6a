package switchboard.reading;

import static java.util.concurrent.CompletableFuture.completedStage;
import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.apache.pekko.Done;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import switchboard.audit.Reads;
import switchboard.audit.Reads.Seen;
import switchboard.http.Answers;
import switchboard.http.Gate;
import switchboard.http.Gate.Caller;
import switchboard.http.Problems;
import switchboard.insight.Cursor;
import switchboard.insight.Customers;
import switchboard.insight.Listed;
import switchboard.insight.Place;
import switchboard.insight.Query;
import switchboard.insight.Search.Page;
import switchboard.log.Keyring;
import switchboard.request.Fault;
import switchboard.request.Negotiation;
import switchboard.request.Parameters;
import switchboard.request.Problem;
import switchboard.security.Access;
import switchboard.security.Access.Relation;
import switchboard.security.Action;

/**
 * Conversations by what is known of them, those opened last first.
 *
 * <pre>
 * GET /v1/conversations?status=&amp;agent=&amp;channel=&amp;customer=&amp;from=&amp;to=&amp;limit=&amp;cursor=   200 {"conversations":[…]}, Link
 * </pre>
 */
public final class SearchRoutes {

    /** The conversations that fit, after that place. */
    public interface Index {
        CompletionStage<Page> page(Query query, Place after);
    }

    private static final String CURSOR = "cursor";
    private static final Set<String> KNOWN =
            Set.of("status", "agent", "channel", "customer", "from", "to", "limit", CURSOR);
    private static final Pattern STATUS =
            Pattern.compile("bot|queued|reserved|assigned|on_hold|wrap_up|resolved|closed|abandoned");
    private static final Pattern AGENT = Pattern.compile("[a-z0-9-]{1,40}");
    private static final Pattern CHANNEL = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final int CUSTOMER_BYTES = 256;
    private static final int PAGE = 100;
    private static final int USUAL = 20;
    private static final int AT_ONCE = 16;

    private final ClassicActorSystemProvider system;
    private final Gate gate;
    private final Index index;
    private final Keyring keyring;
    private final Customers customers;
    private final Reads reads;
    private final InstantSource clock;
    private final Duration reopenWindow;

    public SearchRoutes(
            ClassicActorSystemProvider system,
            Gate gate,
            Index index,
            Keyring keyring,
            Reads reads,
            InstantSource clock,
            Duration reopenWindow) {
        this.system = system;
        this.gate = gate;
        this.index = index;
        this.keyring = keyring;
        this.customers = new Customers(keyring);
        this.reads = reads;
        this.clock = clock;
        this.reopenWindow = reopenWindow;
    }

    public Route routes() {
        return gate.on(Action.SEARCH, this::list);
    }

    private Route list(Caller caller, HttpRequest request) {
        Negotiation.json(request);
        var parameters = Parameters.of(request, KNOWN);
        var query = query(caller, parameters);
        var question = question(caller, parameters);
        var keys = keyring.tenant(caller.principal().tenant());
        var cursor = parameters.line(CURSOR, CUSTOMER_BYTES);
        var after = cursor.isEmpty()
                ? Place.FIRST
                : Cursor.read(keys, question, cursor).orElseThrow(() -> new Problem(Fault.INVALID_CURSOR));
        return onSuccess(
                Problems.stored(index.page(query, after), "lists")
                        .thenCompose(page -> items(caller, query, page)
                                .thenApply(items -> answer(
                                        items, page.next().map(n -> link(request, Cursor.write(keys, question, n)))))),
                answer -> complete(answer));
    }

    private Query query(Caller caller, Parameters asked) {
        return new Query(
                caller.principal().tenant(),
                asked.matching("status", STATUS).orElse(""),
                asked.matching("channel", CHANNEL).orElse(""),
                terms(caller, asked),
                asked.instant("from", Instant.EPOCH),
                asked.instant("to", Place.FIRST.openedAt()),
                (int) asked.number("limit", 1, PAGE, USUAL),
                clock.instant(),
                reopenWindow);
    }

    /** What is looked up comes first: of a customer there are few. Who may not see customers may not look for them either. */
    private List<Set<String>> terms(Caller caller, Parameters asked) {
        var terms = new ArrayList<Set<String>>();
        var customer = asked.line("customer", CUSTOMER_BYTES);
        if (!customer.isEmpty()) {
            if (!caller.grant().shows(Access.View.OPENED)) {
                throw new Problem(Fault.ROLE_NOT_ALLOWED);
            }
            terms.add(customers.called(caller.principal().tenant(), customer));
        }
        var self = caller.principal().id();
        var agent = asked.matching("agent", AGENT).orElse("");
        if (caller.grant().relation() == Relation.OWNER) {
            if (!agent.isEmpty() && !agent.equals(self)) {
                throw new Problem(Fault.NOT_OWNER);
            }
            terms.add(Set.of(Query.owner(self)));
        } else if (!agent.isEmpty()) {
            terms.add(Set.of(Query.agent(agent)));
        }
        return terms;
    }

    /** What a cursor is good for: the same filters of one who may see the same. */
    private static String question(Caller caller, Parameters asked) {
        var own =
                caller.grant().relation() == Relation.OWNER ? caller.principal().id() : "";
        return own + '\0' + asked.without(Set.of("limit", CURSOR));
    }

    private CompletionStage<List<ObjectNode>> items(Caller caller, Query query, Page page) {
        return Source.from(page.rows())
                .mapAsync(AT_ONCE, row -> item(caller, query, row))
                .runWith(Sink.seq(), system);
    }

    private CompletionStage<ObjectNode> item(Caller caller, Query query, Listed row) {
        var id = row.place().conversation();
        var status = row.status(query.now(), query.reopenWindow());
        return recorded(caller, row)
                .thenCompose(_ -> ConversationRoutes.customer(keyring, caller, id, row.opening(), row.openingSeq()))
                .thenApply(customer -> {
                    var item = ConversationRoutes.head(id, row.channel(), status, row.episode(), row.seq());
                    ConversationRoutes.handler(item, row.agent(), row.queue(), "", row.epoch());
                    customer.ifPresent(value -> item.set("customer", value));
                    if (!row.language().isEmpty()) {
                        item.put("language", row.language());
                    }
                    item.put("openedAt", Answers.at(row.place().openedAt()));
                    return item.put("updatedAt", Answers.at(row.at()));
                });
    }

    /** Where a line shows a customer it is on record who looked: of all lines, before any is shown. */
    private CompletionStage<Done> recorded(Caller caller, Listed row) {
        var opening = new Seen(Reads.What.SEARCH, row.openingSeq() - 1, row.openingSeq());
        return row.opening().isEmpty()
                ? completedStage(Done.getInstance())
                : ConversationRoutes.seen(reads, caller, row.place().conversation(), opening);
    }

    private static HttpResponse answer(List<ObjectNode> items, Optional<RawHeader> next) {
        var body = JsonNodeFactory.instance.objectNode();
        body.putArray("conversations").addAll(items);
        var answer =
                Answers.json(StatusCodes.OK, body).addHeader(RawHeader.create("Cache-Control", "private, no-cache"));
        return next.map(answer::addHeader).orElse(answer);
    }

    private static RawHeader link(HttpRequest request, String cursor) {
        return RawHeader.create("Link", "<" + Parameters.with(request, CURSOR, cursor) + ">; rel=\"next\"");
    }
}
