package switchboard.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.stream.javadsl.Source;
import switchboard.agent.Agent;
import switchboard.agent.Profile;
import switchboard.audit.Reads;
import switchboard.audit.Verdict;
import switchboard.channel.Outbound;
import switchboard.contract.Judged;
import switchboard.conversation.Conversation.Command;
import switchboard.desk.AgentRoutes;
import switchboard.desk.QueueRoutes;
import switchboard.dispatch.Dispatch.Queue;
import switchboard.dispatch.Dispatch.Queues;
import switchboard.gateways.OutboundRoutes;
import switchboard.history.Live;
import switchboard.http.Conversations;
import switchboard.http.Cors;
import switchboard.http.Crew;
import switchboard.http.Gate;
import switchboard.http.Rates;
import switchboard.http.Server;
import switchboard.insight.Search.Page;
import switchboard.intake.Admission;
import switchboard.knowledge.TestKnowledge;
import switchboard.log.Head;
import switchboard.log.TenantKeys;
import switchboard.reading.HistoryRoutes;
import switchboard.reading.SearchRoutes;
import switchboard.reading.StreamRoutes;
import switchboard.request.Bodies;
import switchboard.request.Fault;
import switchboard.sse.Streams;

/** The edge without what stands behind it: conversations answer as a test says, and what they were asked is kept. */
public final class Edge implements AutoCloseable {

    public static final String C = "c" + "a".repeat(26);
    public static final Duration WINDOW = Duration.ofHours(24);
    public static final TenantKeys TENANT = new TenantKeys(new byte[32], new byte[32]);
    public static final Streams.Bounds BOUNDS = new Streams.Bounds(
            6, 4, Duration.ofSeconds(15), Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofSeconds(4));

    private static final Agent.View SOMEBODY = new Agent.View(
            "somebody",
            1,
            Agent.Presence.OFFLINE,
            Agent.Routing.OFF,
            false,
            new Profile(List.of(), List.of(), List.of(), new Profile.Capacity(0, 0)),
            new Profile.Capacity(0, 0),
            Instant.EPOCH,
            Instant.EPOCH,
            "",
            0);
    static final Verdict NO_LOG = new Verdict.Valid(0, Head.of("none"), 0);

    public final ActorTestKit actors = ActorTestKit.create();
    public final List<String> asked = new CopyOnWriteArrayList<>();
    public final List<Command> commands = new CopyOnWriteArrayList<>();
    public final List<String> verified = new CopyOnWriteArrayList<>();
    public final TestPlans plans = new TestPlans(asked);
    public final TestKnowledge knowledge = new TestKnowledge();
    public final TestModels models = new TestModels(asked);
    public final List<String> told = new CopyOnWriteArrayList<>();
    public final Bodies bodies;
    public final TestCredentials credentials = new TestCredentials(actors.system());
    public final AtomicLong nanos = new AtomicLong();
    public final Rates rates;
    public final Gate gate;
    public final Admission events = new Admission(64);
    public final Admission bulks = new Admission(4);
    public Duration bulkDeadline = Duration.ofSeconds(20);
    public final AtomicBoolean ready = new AtomicBoolean(true);
    public final TestVault vault = new TestVault();
    public final TestReads readRows = new TestReads();
    public final Reads reads = new Reads(readRows);
    public InstantSource clock = () -> Instant.parse("2030-01-02T12:00:00Z");
    public SearchRoutes.Index index = (_, _) -> CompletableFuture.completedStage(new Page(List.of(), Optional.empty()));
    public OutboundRoutes.Exchange exchange = (_, _, _) -> new Outbound.Line(Source.never(), _ -> Optional.empty());
    public QueueRoutes.Looks queues = tenant -> CompletableFuture.completedStage(new Queues(
            tenant.equals("local")
                    ? List.of(new Queue(C, 2, 1, Optional.of(Instant.EPOCH), 3, Optional.of(Duration.ofMillis(1_500))))
                    : List.of(),
            List.of()));
    public Streams streams = new Streams(actors.system(), BOUNDS);
    public final Live.Counts counts = new Live.Counts();
    public Live.Pace pace = new Live.Pace(100, 256_000, Duration.ofHours(1), Duration.ofMillis(20));
    public StreamRoutes.Rows rows = (_, _, _) -> Source.empty();
    public HistoryRoutes.Log log = (_, _, _) -> Source.empty();
    public Verdict verdict = NO_LOG;
    private volatile BiFunction<String, Command, StatusReply<?>> behaviour = (_, _) -> {
        throw new AssertionError("nobody should have been asked");
    };
    /** Agents of every name exist; what else they are asked is a test's to say. */
    public volatile BiFunction<String, Agent.Command, StatusReply<?>> agents = (_, command) -> {
        if (command instanceof Agent.Look) {
            return StatusReply.success(SOMEBODY);
        }
        throw new AssertionError("no agent should have been asked");
    };

    public final List<Agent.Command> toAgents = new CopyOnWriteArrayList<>();
    public volatile Optional<Fault> fault = Optional.empty();
    public AgentRoutes.Roster roster = (_, _, _) -> CompletableFuture.completedStage(List.of());

    private final Behind behind = new Behind(
            actors,
            asked,
            commands,
            toAgents,
            (id, command) -> behaviour.apply(id, command),
            (id, command) -> agents.apply(id, command));

    public Edge() {
        this(Duration.ofSeconds(20));
    }

    /** Gives up bodies after {@code deadline}. */
    public Edge(Duration deadline) {
        this(deadline, 1_000_000);
    }

    /** Lets a caller through so often a second, of a clock that stands still until a test turns it. */
    public Edge(Duration deadline, int rate) {
        rates = new Rates(rate, nanos::get);
        gate = new Gate(credentials.keys, credentials.tickets, rates);
        bodies = new Bodies(actors.system(), deadline);
    }

    /** From now on conversations answer so. */
    public Edge answering(Function<Command, StatusReply<?>> behaviour) {
        return answering((_, command) -> behaviour.apply(command));
    }

    /** The same, each by its sharding id. */
    public Edge answering(BiFunction<String, Command, StatusReply<?>> behaviour) {
        this.behaviour = behaviour;
        return this;
    }

    public Conversations conversations() {
        return new Conversations(behind::conversation, Duration.ofSeconds(20));
    }

    Crew crew() {
        return new Crew(behind::agent, Duration.ofSeconds(20));
    }

    /** All of them, as the program has them. */
    public List<Route> routes() {
        return new Routes(this).all();
    }

    public HttpResponse ask(HttpRequest request) throws Exception {
        return Judged.answer(request, ask(request, routes()));
    }

    /** Of a test's own routes, which the contract does not know. */
    public HttpResponse ask(HttpRequest request, List<Route> routes) throws Exception {
        return Server.whole(false, Cors.NONE, ready::get, routes)
                .handler(actors.system())
                .apply(request)
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
    }

    public static HttpRequest as(String key, HttpRequest request) {
        return request.addHeader(header("Authorization", "Bearer " + key));
    }

    public static HttpHeader header(String name, String value) {
        return RawHeader.create(name, value);
    }

    public static HttpRequest with(HttpRequest request, String contentType, byte[] body) {
        return request.withEntity(HttpEntities.create(ContentTypes.parse(contentType), body));
    }

    public static HttpRequest with(HttpRequest request, String contentType, String body) {
        return with(request, contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    public String text(HttpResponse response) throws Exception {
        return response.entity()
                .toStrict(20_000, actors.system())
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS)
                .getData()
                .utf8String();
    }

    public JsonNode json(HttpResponse response) throws Exception {
        try {
            return new JsonMapper().readTree(text(response));
        } catch (IOException e) {
            throw new AssertionError("no JSON", e);
        }
    }

    /** Status and code in one line, {@code 400 broken_json}. */
    public String problem(HttpResponse response) throws Exception {
        var body = json(response);
        return response.status().intValue() + " " + body.path("code").asText() + mediaType(response);
    }

    private static String mediaType(HttpResponse response) {
        var type = response.entity().getContentType().toString();
        return type.equals("application/problem+json") ? "" : " as " + type;
    }

    @Override
    public void close() {
        actors.shutdownTestKit();
    }
}
