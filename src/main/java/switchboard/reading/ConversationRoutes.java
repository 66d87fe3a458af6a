package switchboard.reading;

import static java.util.concurrent.CompletableFuture.completedStage;
import static java.util.concurrent.CompletableFuture.failedStage;
import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.pattern.StatusReply;
import switchboard.audit.Reads;
import switchboard.audit.Reads.Seen;
import switchboard.conversation.Conversation;
import switchboard.conversation.Conversation.Look;
import switchboard.conversation.Conversation.View;
import switchboard.history.CustomerView;
import switchboard.history.Past;
import switchboard.history.Transcript;
import switchboard.http.Answers;
import switchboard.http.Conversations;
import switchboard.http.Gate;
import switchboard.http.Gate.Caller;
import switchboard.http.Problems;
import switchboard.log.Keyring;
import switchboard.request.Fault;
import switchboard.request.Headers;
import switchboard.request.Negotiation;
import switchboard.request.Parameters;
import switchboard.request.Parameters.Moment;
import switchboard.request.Problem;
import switchboard.security.Access;
import switchboard.security.Access.Relation;
import switchboard.security.Action;
import switchboard.wire.Refusal;

/**
 * Where a conversation stands, or stood: its log folded up to that moment, in memory that does not grow with it.
 *
 * <pre>
 * GET /v1/conversations/{id}?at=   200 the state, ETag; 304
 * </pre>
 */
public final class ConversationRoutes {

    private final Gate gate;
    private final Conversations conversations;
    private final Keyring keyring;
    private final Reads reads;
    private final Past past;

    public ConversationRoutes(Gate gate, Conversations conversations, Keyring keyring, Reads reads, Past past) {
        this.gate = gate;
        this.conversations = conversations;
        this.keyring = keyring;
        this.reads = reads;
        this.past = past;
    }

    public Route routes() {
        return gate.onConversation(Action.READ_STATE, this::state);
    }

    private Route state(Caller caller, String id, HttpRequest request) {
        Negotiation.json(request);
        var moment = Parameters.of(request, Set.of("at")).moment("at");
        return onSuccess(
                look(conversations, caller, id)
                        .thenCompose(now -> moment.map(at -> asOf(caller, now, at))
                                .orElse(completedStage(now))
                                .thenCompose(view -> answer(reader(caller, now), request, view))),
                answer -> complete(answer));
    }

    /** The state, for one who may see it: the table's relation is checked here. */
    static CompletionStage<View> look(Conversations conversations, Caller caller, String id) {
        return conversations.<View>ask(caller.principal(), id, Look::new).thenApply(view -> {
            var own = caller.grant().relation() == Relation.OFFERED;
            if (own
                    && !has(caller, view)
                    && !view.offered().equals(caller.principal().id())) {
                throw new Problem(Fault.NOT_OWNER);
            }
            return view;
        });
    }

    /** As whom the caller reads: what is his own he reads unrecorded, what he is only offered he does not. */
    static Caller reader(Caller caller, View now) {
        return has(caller, now) ? caller.asOwner() : caller;
    }

    private static boolean has(Caller caller, View view) {
        return view.agent().equals(caller.principal().id());
    }

    private CompletionStage<View> asOf(Caller caller, View now, Moment moment) {
        var tenant = caller.principal().tenant();
        var found = switch (notInFuture(past, now, moment)) {
            case Moment.Numbered it -> past.view(tenant, now.id(), it.seq());
            case Moment.Timed it -> past.view(tenant, now, it.at());
        };
        return Problems.stored(found, "history of " + now.id())
                .thenApply(view -> view.orElseThrow(() -> new StatusReply.ErrorMessage(Refusal.NOT_FOUND.name())));
    }

    /** The number of the last entry not after {@code moment}. Refused: AT_IN_FUTURE, and NOT_FOUND before the first entry. */
    static CompletionStage<Long> number(Past past, Caller caller, View now, Moment moment) {
        var found = switch (notInFuture(past, now, moment)) {
            case Moment.Numbered it -> completedStage(it.seq());
            case Moment.Timed it -> past.number(caller.principal().tenant(), now, it.at());
        };
        return Problems.stored(found, "history of " + now.id())
                .thenCompose(number -> number > 0
                        ? completedStage(number)
                        : failedStage(new StatusReply.ErrorMessage(Refusal.NOT_FOUND.name())));
    }

    private static Moment notInFuture(Past past, View now, Moment moment) {
        var isFuture = switch (moment) {
            case Moment.Numbered it -> it.seq() > now.seq();
            case Moment.Timed it -> past.isFuture(it.at(), now);
        };
        if (isFuture) {
            throw new Problem(Fault.AT_IN_FUTURE);
        }
        return moment;
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
        return customer(keyring, caller, view.id(), view.opening(), view.openingSeq());
    }

    /** Who the customer is, as the opening with number {@code seq} says; empty for one who may not know, and once erased. */
    static CompletionStage<Optional<JsonNode>> customer(
            Keyring keyring, Caller caller, String id, String sealed, long seq) {
        if (!caller.grant().shows(Access.View.OPENED) || sealed.isEmpty()) {
            return completedStage(Optional.empty());
        }
        var persistenceId = Conversation.persistenceId(caller.principal().tenant(), id);
        var transcript = new Transcript(keyring, caller.principal().tenant(), persistenceId, 0);
        return Problems.stored(transcript.opened(sealed, seq), "opening of " + id)
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
        body.putObject("handler").put("kind", kind(view.agent(), view.queue()));
        return body.put("messages", view.messages())
                .put("openedAt", Answers.at(view.openedAt()))
                .put("updatedAt", Answers.at(view.updatedAt()));
    }

    private static ObjectNode body(View view, Optional<JsonNode> customer) {
        var body = head(view.id(), view.channel(), view.status(), view.episode(), view.seq());
        handler(body, view.agent(), view.queue(), view.offered(), view.epoch());
        customer.ifPresent(value -> body.set("customer", value));
        if (!view.language().isEmpty()) {
            body.put("language", view.language());
        }
        return body.put("messages", view.messages())
                .put("openedAt", Answers.at(view.openedAt()))
                .put("updatedAt", Answers.at(view.updatedAt()));
    }

    static ObjectNode head(String id, String channel, String status, int episode, long seq) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("channel", channel)
                .put("status", status)
                .put("episode", episode)
                .put("seq", seq);
    }

    /** {@code offered}: to whom what waits is offered. */
    static void handler(ObjectNode body, String agent, String queue, String offered, int epoch) {
        var handler = body.putObject("handler").put("kind", kind(agent, queue));
        if (!agent.isEmpty()) {
            handler.put("agent", agent);
        } else if (!queue.isEmpty()) {
            handler.put("queue", queue);
        }
        if (!offered.isEmpty()) {
            handler.put("offered", offered);
        }
        handler.put("epoch", epoch);
    }

    private static String kind(String agent, String queue) {
        if (!agent.isEmpty()) {
            return "agent";
        }
        return queue.isEmpty() ? "bot" : "queue";
    }
}
