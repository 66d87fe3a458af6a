package switchboard.edge;

import static switchboard.edge.Edge.C;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import switchboard.agent.Agent;
import switchboard.agent.Agent.Presence;
import switchboard.agent.Agent.Routing;
import switchboard.agent.Profile;
import switchboard.agent.Profile.Capacity;
import switchboard.conversation.Conversation.View;
import switchboard.log.Entry;
import switchboard.log.Head;
import switchboard.log.Pen;
import switchboard.security.Action;

/** Ana is there and has the conversation {@link Edge#C}: what may be asked of it, and what is answered. */
public final class Scene {

    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

    private static final Map<String, String> BODIES = Map.ofEntries(
            Map.entry("POST_EVENT", Posts.event("")),
            Map.entry("SEND_MESSAGE", "{\"text\":\"a\"}"),
            Map.entry("ADD_NOTE", "{\"text\":\"a\"}"),
            Map.entry("ASSIGN", "{\"agent\":\"ana\"}"),
            Map.entry("RESOLVE", "{\"code\":\"solved\"}"),
            Map.entry("ESCALATE", "{\"reason\":\"asked\"}"),
            Map.entry("TRANSFER", "{\"to\":{\"agent\":\"bo\"},\"mode\":\"cold\"}"),
            Map.entry("WRAP_UP", "{\"code\":\"solved\"}"),
            Map.entry("PUT_AGENT", "{\"name\":\"Ana\",\"capacity\":{\"chat\":100}}"),
            Map.entry("SET_PRESENCE", "{\"status\":\"available\"}"),
            Map.entry("CREATE_KEY", "{\"client\":\"wa-gateway\",\"channels\":[\"whatsapp\"]}"),
            Map.entry("ISSUE_TICKET", "{\"path\":\"/v1/conversations/" + C + "/events?after=7\"}"),
            Map.entry("MINT_TOKEN", "{\"channel\":\"web\",\"thread\":\"visitor-1\"}"),
            Map.entry("PUT_ARTICLE", "{\"language\":\"en\",\"title\":\"A\",\"body\":\"A\"}"),
            Map.entry("IMPORT_ARTICLES", "{\"id\":\"a\",\"language\":\"en\",\"title\":\"A\",\"body\":\"A\"}\n"),
            Map.entry("SERVE_MODEL", "{\"version\":\"latest\"}"),
            Map.entry("PUT_PLAN", TestPlans.PLAN));

    /** Ana's conversation, as others see it. */
    public static View conversation() {
        return new View(C, 7, "web", "assigned", 1, "ana", "", "", 1, "", 1, NOON, NOON, "", 0);
    }

    /** An agent who is there, as others see her. */
    public static Agent.View ana() {
        var profile = new Profile(
                List.of("de"), List.of(new Profile.Skill("billing", 3)), List.of("support"), new Capacity(100, 100));
        return new Agent.View(
                "ana", 4, Presence.AVAILABLE, Routing.READY, true, profile, new Capacity(0, 34), NOON, NOON, "", 0);
    }

    /** What explains that ana has it. */
    public static Entry assigned() {
        var data = Map.of("agent", "ana", "epoch", 1, "by", "sue");
        return new Pen(Edge.TENANT, 1).write(Head.of(""), "agent.assigned", NOON, 1, data);
    }

    /** One that is in order, of whoever may. */
    public static HttpRequest request(Action action) {
        var id = action.template().startsWith("/v1/agents/")
                ? "ana"
                : action.template().startsWith("/v1/knowledge/")
                        ? "refund"
                        : C + (action.template().startsWith("/v1/reservations/") ? ".2" : "");
        var query = action == Action.SEARCH_ARTICLES ? "?q=refund" : "";
        var request = HttpRequest.create(action.template().replace("{id}", id) + query)
                .withMethod(HttpMethods.lookup(action.method()).orElseThrow());
        if (action == Action.POST_EVENT) {
            return Edge.with(request, "application/cloudevents+json", BODIES.getOrDefault(action.name(), ""));
        }
        if (action == Action.IMPORT_ARTICLES) {
            return Edge.with(request, "application/x-ndjson", BODIES.getOrDefault(action.name(), ""));
        }
        if (action.method().equals("PUT")) {
            return Edge.with(request, "application/json", BODIES.getOrDefault(action.name(), "{}"));
        }
        return action.method().equals("POST")
                ? Edge.with(request, "application/json", BODIES.getOrDefault(action.name(), "{}"))
                        .addHeader(Edge.header("Idempotency-Key", "k-1"))
                : request;
    }

    private Scene() {}
}
