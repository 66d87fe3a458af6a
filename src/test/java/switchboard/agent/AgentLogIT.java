package switchboard.agent;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.uuid.Uuids;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Sink;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import switchboard.agent.Agent.Command;
import switchboard.agent.Agent.Facts;
import switchboard.agent.Agent.Presence;
import switchboard.agent.Agent.Standing;
import switchboard.agent.Agent.View;
import switchboard.agent.Profile.Capacity;
import switchboard.agent.Profile.Pool;
import switchboard.audit.Verdict;
import switchboard.audit.Verification;
import switchboard.insight.Agents;
import switchboard.journal.Heads;
import switchboard.journal.Journal;
import switchboard.journal.Owed;
import switchboard.journal.Waker;
import switchboard.log.Entry;
import switchboard.log.Unconfirmed;
import switchboard.scribe.Desk;
import switchboard.scribe.TestRight;
import switchboard.scribe.Told;
import switchboard.storage.TestCassandra;
import switchboard.vault.Vault;
import switchboard.wire.Personal;

/** An agent's log as the journal's plugin writes it: her actor ends at any time, and what was acknowledged is back. */
class AgentLogIT {

    @RegisterExtension
    static final TestCassandra cassandra = new TestCassandra();

    private static final String TENANT = "acme";
    private static @Nullable House built;

    /** A node's stores, for as long as this class runs. */
    record House(ActorTestKit kit, Vault vault, Heads heads, Journal journal, Owed owed, Agents rows) {

        static House build() {
            var kit = ActorTestKit.create(cassandra.config());
            var session = cassandra.session();
            var keyspace = cassandra.keyspace();
            var vault = new Vault(session, keyspace, new byte[32], 64);
            vault.prepare(TENANT).toCompletableFuture().join();
            return new House(
                    kit,
                    vault,
                    new Heads(kit.system(), session, keyspace, Duration.ofHours(1)),
                    new Journal(session, keyspace),
                    new Owed(session, keyspace, () -> 1),
                    new Agents(session, keyspace));
        }

        Desk desk() {
            var materializer = Materializer.matFromSystem(kit.system());
            return new Desk(
                    vault,
                    (pid, number) -> journal.at(pid, number, materializer),
                    owed::owe,
                    owed::settle,
                    heads::record,
                    new TestRight(System.nanoTime()),
                    new Unconfirmed(),
                    InstantSource.system(),
                    new LongAdder());
        }
    }

    private final House house = requireNonNull(built);
    private final String id = "a" + Uuids.random().toString().substring(0, 8);
    private final String pid = Agent.persistenceId(TENANT, id);
    private final Map<String, Standing> standings = new ConcurrentHashMap<>();
    private final TestProbe<ClusterSharding.ShardCommand> shard = house.kit.createTestProbe();
    private final TestProbe<Told> stream = house.kit.createTestProbe();
    private ActorRef<Command> agent = house.kit.spawn(behavior());

    @BeforeAll
    static void build() {
        built = House.build();
    }

    @AfterAll
    static void stop() {
        requireNonNull(built).kit.shutdownTestKit();
        requireNonNull(built).vault.close();
    }

    @BeforeEach
    void ready() {
        var profile = new Profile(List.of("de"), List.of(), List.of("support"), new Capacity(100, 100));
        this.<View>ask(r -> new Agent.Put(new Agent.Order("sue", false, -1), new Personal("Anna Müller"), profile, r));
        this.<Agent.Following>ask(r -> new Agent.Connected("one", stream.ref(), r));
        this.<View>ask(r -> new Agent.Say(new Agent.Order(id, true, -1), Presence.AVAILABLE, r));
    }

    @AfterEach
    void end() {
        house.kit.stop(agent);
    }

    @Test
    void presence_and_holds_are_back_after_her_actor_has_ended() {
        standings.put("c1.1", Standing.OFFERED);
        standings.put("c2.1", Standing.ASSIGNED);
        hold("c1.1");
        hold("c2.1");
        this.<Agent.Counted>ask(r -> new Agent.Accept("c2.1", Pool.CHAT, 34, r));

        restart();

        var view = look();
        assertThat(view.presence()).isEqualTo(Presence.AVAILABLE);
        assertThat(view.load()).isEqualTo(new Capacity(0, 68));
        assertThat(view.routing()).isEqualTo(Agent.Routing.WORKING);
    }

    @Test
    void a_hold_without_a_reservation_is_released_after_her_actor_has_ended() {
        hold("c1.1");
        standings.put("c1.1", Standing.NOT_YOURS);

        restart();

        eventually(() -> assertThat(look().load()).isEqualTo(Capacity.NONE));
    }

    @Test
    void her_log_is_a_valid_chain_under_her_own_name() {
        hold("c1.1");
        var head = look().seq();

        var verdict = new Verification(house.kit.system(), house.journal, house.heads, house.vault)
                .verify(TENANT, pid)
                .toCompletableFuture()
                .join();

        assertThat(verdict).isInstanceOf(Verdict.Valid.class);
        assertThat(((Verdict.Valid) verdict).entries()).isEqualTo(head);
        assertThat(house.heads
                        .find(pid)
                        .toCompletableFuture()
                        .join()
                        .orElseThrow()
                        .seq())
                .isEqualTo(head);
        assertThat(entries()).extracting(Entry::episode).containsOnly(0);
    }

    @Test
    void her_row_in_the_list_is_what_her_log_says() {
        hold("c1.1");

        eventually(() -> {
            var row = house.rows.page(TENANT, before(), 1).toCompletableFuture().join();
            assertThat(row).containsExactly(folded().view());
        });

        this.<View>ask(r -> new Agent.Delete(new Agent.Order("adam", false, -1), r));
        eventually(() -> assertThat(house.rows
                        .page(TENANT, before(), 1)
                        .toCompletableFuture()
                        .join())
                .noneMatch(view -> view.id().equals(id)));
    }

    @Test
    void an_older_row_does_not_come_after_a_newer_one() {
        eventually(() -> assertThat(house.rows
                        .page(TENANT, before(), 1)
                        .toCompletableFuture()
                        .join())
                .containsExactly(folded().view()));
        var older = new Replay(TENANT, id).add(entries().getFirst()).facts();

        house.rows.follow(older).toCompletableFuture().join();

        assertThat(house.rows.page(TENANT, before(), 1).toCompletableFuture().join())
                .containsExactly(folded().view());
    }

    @Test
    void what_she_owes_has_her_woken() {
        var woken = house.kit.<String>createTestProbe();
        var waker = house.kit.spawn(Waker.create(
                house.owed,
                0,
                new Waker.Pace(1, Duration.ofMillis(50), 1000, Duration.ZERO),
                () -> Instant.now().plusSeconds(3600),
                found -> {
                    if (found.equals(pid)) {
                        woken.ref().tell(found);
                    }
                }));

        assertThat(woken.receiveMessage(Duration.ofSeconds(30))).isEqualTo(pid);
        house.kit.stop(waker);
    }

    private Facts folded() {
        var replay = new Replay(TENANT, id);
        entries().forEach(replay::add);
        return replay.facts();
    }

    private List<Entry> entries() {
        return house.journal
                .read(pid, 0, Long.MAX_VALUE)
                .runWith(Sink.seq(), house.kit.system())
                .toCompletableFuture()
                .join();
    }

    /** The last id that comes before hers, whoever else there is. */
    private String before() {
        return id.substring(0, id.length() - 1) + (char) (id.charAt(id.length() - 1) - 1) + "zzz";
    }

    private void restart() {
        house.kit.stop(agent);
        agent = house.kit.spawn(behavior());
    }

    private Behavior<Command> behavior() {
        var followers = new Agent.Followers() {
            @Override
            public CompletionStage<Done> follow(Facts facts) {
                return house.rows.follow(facts);
            }

            @Override
            public void now(Facts facts) {
                // nobody follows them here
            }
        };
        var ports = new Agent.Ports(
                house.desk(),
                (_, _, reservation, _) ->
                        CompletableFuture.completedFuture(standings.getOrDefault(reservation, Standing.UNKNOWN)),
                followers,
                new Agent.Patience(Duration.ofHours(1), 2, 1));
        return Agent.create(Agent.entityId(TENANT, id), shard.ref(), ports);
    }

    private void hold(String reservation) {
        this.<Agent.Counted>ask(
                r -> new Agent.Hold(reservation, Pool.CHAT, 34, Instant.now().plusSeconds(600), r));
    }

    private View look() {
        return this.<View>ask(Agent.Look::new);
    }

    private <T> T ask(Function<ActorRef<StatusReply<T>>, Command> command) {
        var reply = house.kit.<StatusReply<T>>createTestProbe();
        agent.tell(command.apply(reply.ref()));
        return reply.receiveMessage(Duration.ofSeconds(30)).getValue();
    }

    private void eventually(Runnable holds) {
        house.kit.createTestProbe().awaitAssert(Duration.ofSeconds(30), () -> {
            holds.run();
            return null;
        });
    }
}
