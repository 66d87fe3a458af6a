package switchboard.dispatch;

import com.datastax.oss.driver.api.core.CqlSession;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingSettings;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityRef;
import org.apache.pekko.stream.Materializer;
import switchboard.agent.Agent;
import switchboard.conversation.Conversation;
import switchboard.dispatch.Dispatch.Command;
import switchboard.dispatch.Dispatch.Queues;
import switchboard.handling.Rules;

/** The live routers of all tenants, as this node reaches them, and the rows from which they begin. */
public final class Dispatches {

    private static final Duration BEAT = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Looking costs the more, the more waits: what one was told does for all who ask at the same time. */
    private record Looked(long at, CompletionStage<Queues> queues) {
        Looked(CompletionStage<Queues> queues) {
            this(System.nanoTime(), queues);
        }

        boolean fresh() {
            return System.nanoTime() - at < 500_000_000;
        }
    }

    private final ClusterSharding sharding;
    private final ConcurrentMap<String, Looked> looks = new ConcurrentHashMap<>();
    private final LineRows rows;
    private final Dispatch.Counts counts = new Dispatch.Counts();

    /** Over the table {@code keyspace.waiting}, which must exist; {@code rules}: a tenant's plan in force. */
    public Dispatches(
            ActorSystem<?> system,
            CqlSession session,
            String keyspace,
            Function<String, Rules> rules,
            Dispatch.Outside outside,
            InstantSource clock,
            Dispatch.Pace pace) {
        sharding = ClusterSharding.get(system);
        rows = new LineRows(session, keyspace, Materializer.createMaterializer(system));
        var ports = new Dispatch.Ports(rules, rows, outside, clock, pace, counts);
        sharding.init(Entity.of(Dispatch.KEY, context -> Dispatch.create(context.getEntityId(), ports))
                .withSettings(ClusterShardingSettings.create(system).withNoPassivationStrategy()));
    }

    /** Has the routers of these tenants run, until cancelled. */
    public Cancellable start(ActorSystem<?> system, Collection<String> tenants) {
        return system.scheduler()
                .scheduleWithFixedDelay(
                        Duration.ZERO,
                        BEAT,
                        () -> tenants.forEach(tenant -> of(tenant).tell(new Dispatch.Beat())),
                        system.executionContext());
    }

    /** Takes note of whether and how it waits; done once durable. An older word changes nothing. */
    public CompletionStage<Done> follow(Conversation.Facts facts) {
        of(facts.tenant()).tell(new Dispatch.Stands(facts));
        return rows.follow(facts);
    }

    /** How an agent is; may be lost. */
    public void now(Agent.Facts facts) {
        of(facts.tenant()).tell(new Dispatch.Works(facts));
    }

    /** How the queues of {@code tenant} are; at most half a second old. */
    public CompletionStage<Queues> queues(String tenant) {
        return looks.compute(
                        tenant, (_, before) -> before != null && before.fresh() ? before : new Looked(look(tenant)))
                .queues();
    }

    private CompletionStage<Queues> look(String tenant) {
        return of(tenant).askWithStatus(Dispatch.Look::new, PATIENCE);
    }

    /** The router of that tenant. */
    public EntityRef<Command> of(String tenant) {
        return sharding.entityRefFor(Dispatch.KEY, tenant);
    }

    /** Counted on this node. */
    public Dispatch.Counts counts() {
        return counts;
    }
}
