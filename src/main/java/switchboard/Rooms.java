package switchboard;

import com.datastax.oss.driver.api.core.CqlSession;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.ShardedDaemonProcess;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.stream.Materializer;
import switchboard.audit.ReadRows;
import switchboard.audit.Reads;
import switchboard.audit.Verification;
import switchboard.channel.Outbound;
import switchboard.cluster.Lease;
import switchboard.conversation.Conversation;
import switchboard.desk.AgentRoutes;
import switchboard.desk.ArticleImport;
import switchboard.desk.ArticleRoutes;
import switchboard.desk.ModelRoutes;
import switchboard.desk.OrderRoutes;
import switchboard.desk.PlanRoutes;
import switchboard.desk.QueueRoutes;
import switchboard.desk.ReservationRoutes;
import switchboard.dispatch.Dispatch;
import switchboard.dispatch.Dispatches;
import switchboard.encoding.Sentences;
import switchboard.gateways.BulkRoutes;
import switchboard.gateways.EventRoutes;
import switchboard.gateways.OutboundRoutes;
import switchboard.handling.Rules;
import switchboard.history.Live;
import switchboard.history.Past;
import switchboard.history.Reasons;
import switchboard.http.Conversations;
import switchboard.http.Crew;
import switchboard.http.Gate;
import switchboard.http.Rates;
import switchboard.insight.Agents;
import switchboard.insight.Customers;
import switchboard.insight.Follower;
import switchboard.insight.Rebuild;
import switchboard.insight.Search;
import switchboard.intake.Admission;
import switchboard.journal.Heads;
import switchboard.journal.Journal;
import switchboard.journal.Owed;
import switchboard.journal.Waker;
import switchboard.knowledge.BuiltInArticles;
import switchboard.knowledge.Knowledge;
import switchboard.log.Unconfirmed;
import switchboard.operations.AuditRoutes;
import switchboard.operations.CredentialRoutes;
import switchboard.operations.HealthRoutes;
import switchboard.operations.MetricsRoutes;
import switchboard.planning.Plans;
import switchboard.reading.AgentStreamRoutes;
import switchboard.reading.ConversationRoutes;
import switchboard.reading.HistoryRoutes;
import switchboard.reading.LiveLogs;
import switchboard.reading.LogRoutes;
import switchboard.reading.SearchRoutes;
import switchboard.reading.StreamRoutes;
import switchboard.reading.WhyRoutes;
import switchboard.request.Bodies;
import switchboard.scribe.Desk;
import switchboard.security.CredentialRows;
import switchboard.security.CustomerTokens;
import switchboard.security.IssuedKeys;
import switchboard.security.Keys;
import switchboard.security.Tickets;
import switchboard.serving.Choices;
import switchboard.sse.Streams;
import switchboard.vault.Vault;
import switchboard.wire.CannotStart;

/** What stands between the database and the port: keys, logs, debts, conversations, routes. Built in reading order. */
final class Rooms implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Vault vault;
    private final Heads heads;
    private final Bots bots;
    private final IssuedKeys issuedKeys;
    private final Readiness readiness;
    private final Cancellable routers;
    private final MetricsRoutes figures;
    private final Streams streams;
    private final Conversations conversations;
    private final AtomicLong gone = new AtomicLong();
    private final Live.Counts readers = new Live.Counts();
    private final Sentences sentences = Sentences.load();
    private final Knowledge knowledge;
    private final List<Route> routes;

    Rooms(
            ActorSystem<?> system,
            CqlSession session,
            byte[] masterKey,
            Lease lease,
            Settings settings,
            Readiness ready,
            Meters meters) {
        var keyspace = settings.storage().keyspace();
        var clock = InstantSource.system();
        readiness = ready;
        var tenants = Tenants.of(settings);
        vault = new Vault(session, keyspace, masterKey, settings.log().readyKeys());
        tenants.names().forEach(tenant -> loaded(vault.prepare(tenant), "the keys of tenant " + tenant));

        var journal = new Journal(session, keyspace);
        var owed = new Owed(session, keyspace, lease::term);
        heads = new Heads(system, session, keyspace, settings.log().headsEvery());
        var customers = new Customers(vault);
        var follower = Follower.over(session, keyspace, customers);

        var sharding = ClusterSharding.get(system);
        var materializer = Materializer.createMaterializer(system);
        var lateWrites = new LongAdder();
        var outbound = new Outbound(system, session, keyspace, journal, vault, clock, settings.outbound());
        var desk = new Desk(
                vault,
                (pid, number) -> journal.at(pid, number, materializer),
                owed::owe,
                owed::settle,
                heads::record,
                new Rights(lease),
                new Unconfirmed(meters.timed(
                        "switchboard.journal.write", "Until the journal confirms a write of one conversation")),
                clock,
                lateWrites);
        var patience = settings.conversation().patience();
        var plans = Plans.start(system, desk, journal::read, tenants.names(), patience);
        // before anybody is woken who would go by another version
        loaded(plans.loaded(), "the routing plans");
        // is searched once it is indexed, some seconds from now
        knowledge = Knowledge.start(
                system,
                desk,
                journal::read,
                tenants.names(),
                settings.builtInArticles() ? BuiltInArticles.own() : BuiltInArticles.NONE,
                sentences,
                meters.timed("switchboard.knowledge.search", "Until articles are found for a text"),
                patience);

        Function<String, Rules> rules = tenant -> {
            var inForce = plans.inForce(tenant);
            return new Rules(inForce.version(), inForce.plan());
        };
        var agents = new Agents(session, keyspace);
        var dispatches = new Dispatches(
                system, session, keyspace, rules, new Matching(system, agents, patience), clock, settings.dispatch());
        Conversation.Followers followers = (topic, facts) -> switch (topic) {
            case STANDING -> follower.follow(facts);
            case DELIVERY -> outbound.follow(facts);
            case WAITING -> dispatches.follow(facts);
        };
        var staff = new Staff(system, desk, agents, dispatches::now, settings.agent(), patience);
        bots = new Bots(
                settings,
                tenants,
                vault,
                knowledge,
                sentences,
                minds -> Choices.start(system, desk, journal::read, tenants.names(), minds, patience));
        var ports = new Conversation.Ports(
                desk,
                followers,
                staff,
                bots.port(),
                rules,
                settings.conversation().reopenWindow());
        sharding.init(Entity.of(
                Conversation.KEY, context -> Conversation.create(context.getEntityId(), context.getShard(), ports)));

        routers = dispatches.start(system, tenants.names());
        // a router goes by what is in force with whatever it is told
        plans.onChange((tenant, _) -> dispatches.of(tenant).tell(new Dispatch.Beat()));

        var pace = settings.log().wakes();
        ShardedDaemonProcess.get(system)
                .init(
                        Waker.Command.class,
                        "waker",
                        pace.workers(),
                        number -> Waker.create(owed, number, pace, clock, gone::get, staff::wake),
                        new Waker.Stop());

        new Rebuild(
                        system,
                        session,
                        keyspace,
                        journal,
                        follower,
                        followers,
                        agents,
                        settings.insight().logsPerSecond())
                .start(settings.insight().rebuild(), tenants.names()::contains);

        var credentials = new CredentialRows(
                session, keyspace, (tenant, text) -> vault.tenant(tenant).mac("api-key", text));
        issuedKeys = new IssuedKeys(system, credentials, tenants.names(), clock, settings.keysEvery());
        loaded(issuedKeys.refresh(), "the issued keys");
        var tokens = new CustomerTokens(tenants.signing(vault, "customer-token"), clock);
        var keys = (settings.localKeys() ? Keys.local(settings.keys()) : Keys.of(settings.keys()))
                .with(issuedKeys)
                .with(tokens);
        var tickets = new Tickets(tenants.signing(vault, "ticket"), keys, credentials, clock);
        var rates = new Rates(settings.intake().rate(), System::nanoTime);
        var gate = new Gate(keys, tickets, rates);
        var reads = new Reads(new ReadRows(session, keyspace, vault));
        var bodies = new Bodies(system, settings.http().bodyDeadline());
        conversations = new Conversations(
                id -> sharding.entityRefFor(Conversation.KEY, id),
                patience,
                meters.timed("switchboard.acknowledgement", "Until a conversation answers what it was asked"));
        var singles = new Admission(settings.intake().eventsAtOnce());
        var bulks = new Admission(settings.intake().bulksAtOnce());
        var lanes = BulkRoutes.lanes(conversations);
        var census = new Census(system, Conversation.KEY);
        figures = new MetricsRoutes(() -> census.then(meters));
        Gauges.ofLogs(meters, owed, heads, vault, lateWrites);
        Gauges.ofFollower(meters, follower);
        bots.measure(meters);
        Gauges.ofDispatch(meters, dispatches.counts(), clock);
        Gauges.ofOutbound(meters, outbound.traffic(), clock);
        Gauges.ofKnowledge(meters, knowledge.counts());
        Gauges.ofIntake(meters, lanes, singles, bulks);
        meters.now("switchboard.ready", "1 while requests are served", () -> ready.ready() ? 1 : 0)
                .now("switchboard.conversations.open", "Conversations alive in memory", census::alive);
        var window = settings.conversation().reopenWindow();
        var past = new Past(system, journal::read, clock, window);
        var search = new Search(system, session, keyspace);
        streams = new Streams(system, settings.http().streams());
        Gauges.ofStreams(meters, streams, readers);
        var crew = new Crew(staff::entity, patience);
        var live = new LiveLogs(
                streams, conversations, journal::standing, vault, reads, settings.readers(), readers, gate::still);
        var stream = new StreamRoutes(live, past);
        routes = List.of(
                new HealthRoutes(ready::ready).routes(),
                figures.routes(gate),
                new EventRoutes(
                                gate,
                                bodies,
                                conversations,
                                vault::tenant,
                                singles,
                                new BulkRoutes(
                                        system,
                                        bodies,
                                        lanes,
                                        vault::tenant,
                                        rates,
                                        bulks,
                                        settings.intake().bulkDeadline(),
                                        meters::event),
                                meters::event)
                        .routes(),
                new ConversationRoutes(gate, conversations, vault, reads, past).routes(),
                new SearchRoutes(system, gate, search::page, vault, reads, clock, window).routes(),
                new HistoryRoutes(system, gate, conversations, journal::read, vault, reads, past, stream).routes(),
                new LogRoutes(system, gate, journal::read).routes(),
                new OrderRoutes(gate, bodies, conversations, crew).routes(),
                new ReservationRoutes(gate, bodies, conversations).routes(),
                new WhyRoutes(gate, conversations, new Reasons(system, journal::read)).routes(),
                new AgentRoutes(system, gate, bodies, crew, agents::page, vault).routes(),
                new PlanRoutes(gate, bodies, plans).routes(),
                new ArticleRoutes(
                                gate,
                                bodies,
                                knowledge,
                                new ArticleImport(
                                        system,
                                        bodies,
                                        knowledge,
                                        bulks,
                                        settings.intake().bulkDeadline()),
                                clock)
                        .routes(),
                new ModelRoutes(gate, bodies, bots.models()).routes(),
                new QueueRoutes(gate, streams, dispatches::queues).routes(),
                new AgentStreamRoutes(gate, crew, live).routes(),
                new OutboundRoutes(gate, streams, outbound::connect).routes(),
                new CredentialRoutes(gate, bodies, issuedKeys, tickets, tokens, vault::tenant).routes(),
                new AuditRoutes(gate, new Verification(system, journal, heads, vault)::verify, conversations, reads)
                        .routes());
    }

    /** All of them, for the server. */
    List<Route> routes() {
        return routes;
    }

    /** For a port of their own. */
    Route metrics() {
        return figures.open();
    }

    /** The answers that go on; to be ended before the server. */
    Streams streams() {
        return streams;
    }

    /** Another node has gone: others do what it owed and answer what it was asked. */
    void nodeGone() {
        gone.incrementAndGet();
        conversations.again();
    }

    private static void loaded(CompletionStage<?> reading, String what) {
        try {
            reading.toCompletableFuture()
                    .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof Vault.WrongMasterKey wrong
                    ? new CannotStart(String.valueOf(wrong.getMessage()), wrong)
                    : new CannotStart(what + " cannot be read: " + e.getCause(), e);
        }
    }

    @Override
    public void close() {
        readiness.close();
        routers.cancel();
        issuedKeys.close();
        bots.close();
        knowledge.close();
        sentences.close();
        heads.stop()
                .toCompletableFuture()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
        vault.close();
    }
}
