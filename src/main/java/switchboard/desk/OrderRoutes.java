package switchboard.desk;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.pattern.StatusReply;
import switchboard.conversation.Conversation;
import switchboard.conversation.Conversation.Assign;
import switchboard.conversation.Conversation.Command;
import switchboard.conversation.Conversation.Escalate;
import switchboard.conversation.Conversation.Hold;
import switchboard.conversation.Conversation.Note;
import switchboard.conversation.Conversation.Order;
import switchboard.conversation.Conversation.Place;
import switchboard.conversation.Conversation.Resolve;
import switchboard.conversation.Conversation.Resume;
import switchboard.conversation.Conversation.Send;
import switchboard.conversation.Conversation.Transfer;
import switchboard.conversation.Conversation.WrapUp;
import switchboard.http.Answers;
import switchboard.http.Conversations;
import switchboard.http.Crew;
import switchboard.http.Gate;
import switchboard.http.Gate.Caller;
import switchboard.plan.Need;
import switchboard.request.Bodies;
import switchboard.request.Fault;
import switchboard.request.Fields;
import switchboard.request.Headers;
import switchboard.security.Action;
import switchboard.security.Role;
import switchboard.wire.Personal;

/**
 * What people order of a conversation. {@code Idempotency-Key} is required; {@code If-Match} names a number.
 *
 * <pre>
 * POST /v1/conversations/{id}/messages   {"text"}    201 {"conversation","seq","id"}
 * POST /v1/conversations/{id}/notes      {"text"}    201 {"conversation","seq","id"}
 * POST /v1/conversations/{id}/assign     {"agent"}   200 {"conversation","seq"}
 * POST /v1/conversations/{id}/hold       {}          200 {"conversation","seq"}
 * POST /v1/conversations/{id}/resume     {}          200 {"conversation","seq"}
 * POST /v1/conversations/{id}/escalate   {"queue","skills":[{"skill","level"}],"priority","reason"}   200 {"conversation","seq"}
 * POST /v1/conversations/{id}/transfer   {"to":{"agent"} or {"queue"},"mode":"cold"}                  200 {"conversation","seq"}
 * POST /v1/conversations/{id}/wrap-up    {"code"}    200 {"conversation","seq"}
 * POST /v1/conversations/{id}/resolve    {"code"}    200 {"conversation","seq"}
 * </pre>
 */
public final class OrderRoutes {

    private static final Pattern AGENT = Pattern.compile("[a-z0-9-]{1,40}");
    private static final Pattern CODE = Pattern.compile("[a-z0-9_-]{1,40}");
    private static final Pattern MODE = Pattern.compile("cold|warm");
    private static final int SKILLS = 20;

    /** A command that lacks only the place for its answer. */
    private interface Ready extends Function<ActorRef<StatusReply<Place>>, Command> {}

    /** Likewise, and it is not known yet whether there is the agent that it names; empty: it names none. */
    private record Draft(String agent, Function<Boolean, Ready> exists) {

        static Draft of(Ready ready) {
            return new Draft("", _ -> ready);
        }
    }

    private final Gate gate;
    private final Bodies bodies;
    private final Conversations conversations;
    private final Crew crew;

    public OrderRoutes(Gate gate, Bodies bodies, Conversations conversations, Crew crew) {
        this.gate = gate;
        this.bodies = bodies;
        this.conversations = conversations;
        this.crew = crew;
    }

    public Route routes() {
        return concat(
                creating(Action.SEND_MESSAGE, (order, body) -> {
                    var text = text(body);
                    return replyTo -> new Send(order, text, replyTo);
                }),
                creating(Action.ADD_NOTE, (order, body) -> {
                    var text = text(body);
                    return replyTo -> new Note(order, text, replyTo);
                }),
                naming(Action.ASSIGN, (order, body) -> {
                    var agent = body.requiredMatching("agent", AGENT);
                    return new Draft(agent, exists -> replyTo -> new Assign(order, agent, exists, replyTo));
                }),
                changing(Action.HOLD, (order, _) -> replyTo -> new Hold(order, replyTo)),
                changing(Action.RESUME, (order, _) -> replyTo -> new Resume(order, replyTo)),
                changing(Action.ESCALATE, OrderRoutes::escalate),
                naming(Action.TRANSFER, OrderRoutes::transfer),
                changing(Action.WRAP_UP, (order, body) -> {
                    var code = body.requiredMatching("code", CODE);
                    return replyTo -> new WrapUp(order, code, replyTo);
                }),
                changing(Action.RESOLVE, (order, body) -> {
                    var code = body.requiredMatching("code", CODE);
                    return replyTo -> new Resolve(order, code, replyTo);
                }));
    }

    private Route creating(Action action, BiFunction<Order, Fields, Ready> read) {
        return route(
                action,
                read.andThen(Draft::of),
                (id, seq) -> Answers.created(id, seq, Conversation.messageId(id, seq)));
    }

    private Route changing(Action action, BiFunction<Order, Fields, Ready> read) {
        return naming(action, read.andThen(Draft::of));
    }

    private Route naming(Action action, BiFunction<Order, Fields, Draft> read) {
        return route(action, read, Answers::done);
    }

    private Route route(
            Action action, BiFunction<Order, Fields, Draft> read, BiFunction<String, Long, HttpResponse> answer) {
        return gate.onConversation(
                action,
                (caller, id, request) -> onSuccess(
                        draft(caller, request, read)
                                .thenCompose(draft -> ready(caller, draft))
                                .thenCompose(ready -> conversations.<Place>ask(caller.principal(), id, ready))
                                .thenApply(place -> answer.apply(id, place.seq())),
                        response -> complete(response)));
    }

    private CompletionStage<Ready> ready(Caller caller, Draft draft) {
        return draft.agent().isEmpty()
                ? CompletableFuture.completedStage(draft.exists().apply(true))
                : crew.has(caller.principal(), draft.agent()).thenApply(draft.exists());
    }

    private CompletionStage<Draft> draft(Caller caller, HttpRequest request, BiFunction<Order, Fields, Draft> read) {
        var order = order(caller, request);
        return bodies.read(request, Fault.BODY_TOO_LARGE).thenApply(bytes -> {
            var body = Fields.read(request, bytes);
            var draft = read.apply(order, body);
            body.whole();
            return draft;
        });
    }

    private static Order order(Caller caller, HttpRequest request) {
        var principal = caller.principal();
        var key = Headers.idempotencyKey(request);
        return new Order(principal.id(), principal.role() == Role.SUPERVISOR, key, Headers.expected(request));
    }

    private static Ready escalate(Order order, Fields body) {
        var queue = body.matching("queue", CODE);
        var needs =
                body.objects("skills", SKILLS).stream().map(OrderRoutes::need).toList();
        if (needs.stream().map(Need::skill).distinct().count() < needs.size()) {
            body.flaw(Fault.INVALID_VALUE, "skills", "has a skill twice");
        }
        var priority = body.matching("priority", CODE);
        var reason = body.requiredMatching("reason", CODE);
        return replyTo -> new Escalate(order, queue, needs, priority, reason, replyTo);
    }

    private static Need need(Fields body) {
        body.required("level");
        var need = new Need(body.requiredMatching("skill", CODE), (int) body.number("level", 1, 5));
        body.nothingElse();
        return need;
    }

    private static Draft transfer(Order order, Fields body) {
        body.required("to");
        var to = body.object("to");
        var agent = to.matching("agent", AGENT);
        var queue = to.matching("queue", CODE);
        to.nothingElse();
        if (agent.isEmpty() == queue.isEmpty() && !body.flawed()) {
            body.flaw(Fault.INVALID_VALUE, "to", "is not one agent or one queue");
        }
        if (body.requiredMatching("mode", MODE).equals("warm")) {
            body.flaw(Fault.NO_WARM_TRANSFER, "mode", "is not done");
        }
        return new Draft(agent, exists -> replyTo -> new Transfer(order, agent, queue, exists, replyTo));
    }

    private static Personal text(Fields body) {
        body.required("text");
        var text = body.text("text");
        if (text.isEmpty() && !body.flawed()) {
            body.flaw(Fault.EMPTY_MESSAGE, "text", "is empty");
        }
        return new Personal(text);
    }
}
