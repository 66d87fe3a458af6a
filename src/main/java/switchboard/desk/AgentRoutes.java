package switchboard.desk;

import static java.util.concurrent.CompletableFuture.completedStage;
import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import switchboard.agent.Agent;
import switchboard.agent.Agent.Presence;
import switchboard.agent.Agent.View;
import switchboard.agent.Profile;
import switchboard.agent.Profile.Capacity;
import switchboard.agent.Profile.Skill;
import switchboard.history.Transcript;
import switchboard.http.Answers;
import switchboard.http.Crew;
import switchboard.http.Gate;
import switchboard.http.Gate.Caller;
import switchboard.http.Problems;
import switchboard.log.Keyring;
import switchboard.request.Bodies;
import switchboard.request.Fault;
import switchboard.request.Fields;
import switchboard.request.Headers;
import switchboard.request.Negotiation;
import switchboard.request.Parameters;
import switchboard.security.Action;
import switchboard.wire.Personal;

/**
 * Agents: who they are, what they can do, whether they are there. {@code If-Match} names a number.
 *
 * <pre>
 * GET    /v1/agents?after=&amp;limit=   200 {"agents":[…]}, Link
 * GET    /v1/agents/{id}               200 the agent, ETag
 * PUT    /v1/agents/{id}               {"name","languages","skills":[{"skill","level"}],"queues","capacity":{"voice","chat"}}   200 the agent
 * DELETE /v1/agents/{id}               200 {"id","seq"}
 * PUT    /v1/agents/{id}/presence      {"status"}   200 the agent
 * </pre>
 */
public final class AgentRoutes {

    /** A tenant's agents in the order of their ids. */
    public interface Roster {
        CompletionStage<List<View>> page(String tenant, String after, int limit);
    }

    private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,40}");
    private static final Pattern WORD = Pattern.compile("[a-z0-9_-]{1,40}");
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}");
    private static final Pattern PRESENCE = Pattern.compile("available|busy|away|offline");
    private static final int NAME = 200;
    private static final int MOST = 100;
    private static final int UNITS = 10_000;
    private static final int PAGE = 200;
    private static final int USUAL = 100;
    private static final int AT_ONCE = 16;

    private final ClassicActorSystemProvider system;
    private final Gate gate;
    private final Bodies bodies;
    private final Crew crew;
    private final Roster roster;
    private final Keyring keyring;

    public AgentRoutes(
            ClassicActorSystemProvider system, Gate gate, Bodies bodies, Crew crew, Roster roster, Keyring keyring) {
        this.system = system;
        this.gate = gate;
        this.bodies = bodies;
        this.crew = crew;
        this.roster = roster;
        this.keyring = keyring;
    }

    public Route routes() {
        return concat(
                gate.on(Action.LIST_AGENTS, (caller, request) -> answered(list(caller, request))),
                gate.onNamed(Action.READ_AGENT, (caller, id, request) -> answered(read(caller, id, request))),
                gate.onNamed(Action.PUT_AGENT, (caller, id, request) -> answered(put(caller, id, request))),
                gate.onNamed(Action.DELETE_AGENT, (caller, id, request) -> answered(delete(caller, id, request))),
                gate.onNamed(Action.SET_PRESENCE, (caller, id, request) -> answered(say(caller, id, request))));
    }

    private static Route answered(CompletionStage<HttpResponse> answer) {
        return onSuccess(answer, it -> complete(it));
    }

    private CompletionStage<HttpResponse> list(Caller caller, HttpRequest request) {
        Negotiation.json(request);
        var parameters = Parameters.of(request, Set.of("after", "limit"));
        var after = parameters.matching("after", ID).orElse("");
        var limit = (int) parameters.number("limit", 1, PAGE, USUAL);
        return Problems.stored(roster.page(caller.principal().tenant(), after, limit), "list of agents")
                .thenCompose(views -> page(caller, request, views, limit));
    }

    private CompletionStage<HttpResponse> page(Caller caller, HttpRequest request, List<View> views, int limit) {
        return Source.from(views)
                .mapAsync(AT_ONCE, view -> body(caller, view))
                .runWith(Sink.seq(), system)
                .thenApply(agents -> {
                    var body = JsonNodeFactory.instance.objectNode();
                    body.putArray("agents").addAll(agents);
                    var answer = uncached(Answers.json(StatusCodes.OK, body));
                    return views.size() < limit
                            ? answer
                            : answer.addHeader(link(request, views.getLast().id()));
                });
    }

    private static RawHeader link(HttpRequest request, String after) {
        return RawHeader.create("Link", "<" + Parameters.with(request, "after", after) + ">; rel=\"next\"");
    }

    private CompletionStage<HttpResponse> read(Caller caller, String id, HttpRequest request) {
        Negotiation.json(request);
        Parameters.none(request);
        return crew.<View>ask(caller, id, Agent.Look::new).thenCompose(view -> answer(caller, view));
    }

    private CompletionStage<HttpResponse> put(Caller caller, String id, HttpRequest request) {
        var order = order(caller, id, request);
        return bodies.fields(request).thenCompose(body -> {
            var name = new Personal(body.requiredLine("name", NAME));
            var profile = profile(body);
            body.whole();
            return crew.<View>ask(caller, id, replyTo -> new Agent.Put(order, name, profile, replyTo))
                    .thenCompose(view -> answer(caller, view));
        });
    }

    private static Profile profile(Fields body) {
        body.required("capacity");
        var capacity = body.object("capacity");
        var units = new Capacity((int) capacity.number("voice", 0, UNITS), (int) capacity.number("chat", 0, UNITS));
        capacity.nothingElse();
        var skills = body.objects("skills", MOST).stream()
                .map(AgentRoutes::skill)
                .sorted(Comparator.comparing(Skill::skill))
                .toList();
        if (skills.stream().map(Skill::skill).distinct().count() < skills.size()) {
            body.flaw(Fault.INVALID_VALUE, "skills", "has a skill twice");
        }
        return new Profile(
                body.matchings("languages", MOST, LANGUAGE), skills, body.matchings("queues", MOST, WORD), units);
    }

    private static Skill skill(Fields body) {
        body.required("level");
        var skill = new Skill(body.requiredMatching("skill", WORD), (int) body.number("level", 1, 5));
        body.nothingElse();
        return skill;
    }

    private CompletionStage<HttpResponse> delete(Caller caller, String id, HttpRequest request) {
        Negotiation.json(request);
        Parameters.none(request);
        var order = order(caller, id, request);
        return crew.<View>ask(caller, id, replyTo -> new Agent.Delete(order, replyTo))
                .thenApply(view -> uncached(Answers.json(
                        StatusCodes.OK,
                        JsonNodeFactory.instance.objectNode().put("id", id).put("seq", view.seq()))));
    }

    private CompletionStage<HttpResponse> say(Caller caller, String id, HttpRequest request) {
        var order = order(caller, id, request);
        return bodies.fields(request).thenCompose(body -> {
            var word = body.requiredMatching("status", PRESENCE);
            body.whole();
            var presence = Presence.valueOf(word.toUpperCase(Locale.ROOT));
            return crew.<View>ask(caller, id, replyTo -> new Agent.Say(order, presence, replyTo))
                    .thenCompose(view -> answer(caller, view));
        });
    }

    private static Agent.Order order(Caller caller, String id, HttpRequest request) {
        Crew.known(caller, id);
        return new Agent.Order(caller.principal().id(), Crew.self(caller), Headers.expected(request));
    }

    private CompletionStage<HttpResponse> answer(Caller caller, View view) {
        return body(caller, view)
                .thenApply(body -> uncached(Answers.json(StatusCodes.OK, body))
                        .addHeader(RawHeader.create("ETag", "\"" + view.seq() + "\"")));
    }

    private static HttpResponse uncached(HttpResponse answer) {
        return answer.addHeader(RawHeader.create("Cache-Control", "private, no-cache"));
    }

    private CompletionStage<ObjectNode> body(Caller caller, View view) {
        return name(caller, view).thenApply(name -> body(view, name));
    }

    /** Empty where it was erased meanwhile. */
    private CompletionStage<String> name(Caller caller, View view) {
        if (view.name().isEmpty()) {
            return completedStage("");
        }
        var tenant = caller.principal().tenant();
        var opened = new Transcript(keyring, tenant, Agent.persistenceId(tenant, view.id()), 0)
                .opened(view.name(), view.nameSeq());
        return Problems.stored(opened, "name of an agent")
                .thenApply(open -> open.path("name").asText());
    }

    private static ObjectNode body(View view, String name) {
        var body = JsonNodeFactory.instance
                .objectNode()
                .put("id", view.id())
                .put("seq", view.seq())
                .put("name", name);
        var profile = view.profile();
        profile.languages().forEach(body.putArray("languages")::add);
        var skills = body.putArray("skills");
        profile.skills()
                .forEach(it -> skills.addObject().put("skill", it.skill()).put("level", it.level()));
        profile.queues().forEach(body.putArray("queues")::add);
        units(body.putObject("capacity"), profile.capacity());
        units(body.putObject("load"), view.load());
        return body.put("presence", view.presence().word())
                .put("routing", view.routing().word())
                .put("offers", view.offers())
                .put("updatedAt", Answers.at(view.updatedAt()));
    }

    private static void units(ObjectNode body, Capacity units) {
        body.put("voice", units.voice()).put("chat", units.chat());
    }
}
