package switchboard.routes;

import static java.util.concurrent.CompletableFuture.completedStage;
import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.javadsl.server.Route;
import switchboard.audit.Reads;
import switchboard.audit.Reads.Seen;
import switchboard.conversation.Conversation;
import switchboard.conversation.Conversation.Look;
import switchboard.conversation.Conversation.View;
import switchboard.history.CustomerView;
import switchboard.history.Transcript;
import switchboard.http.Answers;
import switchboard.http.Gate;
import switchboard.http.Gate.Caller;
import switchboard.http.Problems;
import switchboard.log.Keyring;
import switchboard.request.Fault;
import switchboard.request.Headers;
import switchboard.request.Negotiation;
import switchboard.request.Parameters;
import switchboard.request.Problem;
import switchboard.security.Access;
import switchboard.security.Access.Relation;
import switchboard.security.Action;

/**
 * Where a conversation stands. Reading writes nothing.
 *
 * <pre>
 * GET /v1/conversations/{id}   200 the state, ETag; 304
 * </pre>
 */
public final class ConversationRoutes {

    private static final DateTimeFormatter AT =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private final Gate gate;
    private final Conversations conversations;
    private final Keyring keyring;
    private final Reads reads;

    public ConversationRoutes(Gate gate, Conversations conversations, Keyring keyring, Reads reads) {
        this.gate = gate;
        this.conversations = conversations;
        this.keyring = keyring;
        this.reads = reads;
    }

    public Route routes() {
        return gate.onConversation(Action.READ_STATE, this::state);
    }

    private Route state(Caller caller, String id, HttpRequest request) {
        Negotiation.json(request);
        Parameters.none(request);
        return onSuccess(
                look(conversations, caller, id).thenCompose(view -> answer(caller, request, view)),
                answer -> complete(answer));
    }

    /** The state, for one who may see it: the table's relation is checked here. */
    static CompletionStage<View> look(Conversations conversations, Caller caller, String id) {
        return conversations.<View>ask(caller.principal(), id, Look::new).thenApply(view -> {
            if (caller.grant().relation() == Relation.OWNER
                    && !view.agent().equals(caller.principal().id())) {
                throw new Problem(Fault.NOT_OWNER);
            }
            return view;
        });
    }

    private CompletionStage<HttpResponse> answer(Caller caller, HttpRequest request, View view) {
        if (Headers.knows(request, view.seq())) {
            return completedStage(tagged(HttpResponse.create().withStatus(StatusCodes.NOT_MODIFIED), view));
        }
        if (caller.grant().shows(Access.View.CUSTOMER)) {
            return completedStage(tagged(Answers.json(StatusCodes.OK, customersOwn(view)), view));
        }
        return seen(reads, caller, view.id(), Seen.state(view.seq()))
                .thenCompose(_ -> customer(caller, view))
                .thenApply(customer -> tagged(Answers.json(StatusCodes.OK, body(view, customer)), view));
    }

    /** To be awaited before anything is shown: the read is on record, where it must be. Fails with 503 when it is not. */
    static CompletionStage<Done> seen(Reads reads, Caller caller, String id, Seen seen) {
        var recorded = reads.before(caller.principal(), caller.grant(), caller.purpose(), id, seen);
        return Problems.stored(recorded, "record of a read of " + id);
    }

    private static HttpResponse tagged(HttpResponse answer, View view) {
        return answer.addHeader(RawHeader.create("ETag", "\"" + view.seq() + "\""))
                .addHeader(RawHeader.create("Cache-Control", "private, no-cache"));
    }

    private CompletionStage<Optional<JsonNode>> customer(Caller caller, View view) {
        if (!caller.grant().shows(Access.View.OPENED) || view.opening().isEmpty()) {
            return completedStage(Optional.empty());
        }
        var persistenceId = Conversation.persistenceId(caller.principal().tenant(), view.id());
        var transcript = new Transcript(keyring, caller.principal().tenant(), persistenceId, 0);
        var opening = transcript.opened(view.opening(), view.openingSeq());
        return Problems.stored(opening, "opening of " + view.id())
                .thenApply(open -> Optional.ofNullable(open.get("customer")));
    }

    /** What the customer sees: see {@link CustomerView}. */
    private static ObjectNode customersOwn(View view) {
        var body = JsonNodeFactory.instance
                .objectNode()
                .put("id", view.id())
                .put("channel", view.channel())
                .put("status", CustomerView.status(view.status()))
                .put("episode", view.episode())
                .put("seq", view.seq());
        body.putObject("handler").put("kind", view.agent().isEmpty() ? "bot" : "agent");
        return body.put("messages", view.messages())
                .put("openedAt", at(view.openedAt()))
                .put("updatedAt", at(view.updatedAt()));
    }

    private static ObjectNode body(View view, Optional<JsonNode> customer) {
        var body = JsonNodeFactory.instance
                .objectNode()
                .put("id", view.id())
                .put("channel", view.channel())
                .put("status", view.status())
                .put("episode", view.episode())
                .put("seq", view.seq());
        var handler = body.putObject("handler");
        if (view.agent().isEmpty()) {
            handler.put("kind", "bot");
        } else {
            handler.put("kind", "agent").put("agent", view.agent());
        }
        handler.put("epoch", view.epoch());
        customer.ifPresent(value -> body.set("customer", value));
        if (!view.language().isEmpty()) {
            body.put("language", view.language());
        }
        return body.put("messages", view.messages())
                .put("openedAt", at(view.openedAt()))
                .put("updatedAt", at(view.updatedAt()));
    }

    private static String at(Instant instant) {
        return AT.format(instant);
    }
}
