package switchboard.cluster;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.Done;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.cluster.typed.Subscribe;
import org.apache.pekko.management.cluster.bootstrap.ClusterBootstrap;
import org.apache.pekko.management.javadsl.PekkoManagement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.wire.CannotStart;

/** The actor system: one of a cluster's, or a cluster of its own. */
public final class Node implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Node.class);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(45);

    /** For itself alone, and for a first cluster, whose other nodes may start later. */
    private static final Duration ALONE_PATIENCE = Duration.ofMinutes(1);

    private static final List<Duration> MOVES =
            List.of(Duration.ofMillis(500), Duration.ofSeconds(2), Duration.ofSeconds(5));

    private static final Duration CLUSTER_PATIENCE = Duration.ofMinutes(5);

    private final ActorSystem<Void> system;

    /** Starts it, waits until it takes part, and has its lease taken. */
    public static Node start(NodeSettings settings, Config config, Lease lease) {
        var setup = ActorSystemSetup.create(
                BootstrapSetup.create(settings.config().withFallback(config)), new ShardLease.OfNode(lease));
        var node = new Node(ActorSystem.create(Behaviors.empty(), "switchboard", setup));
        try {
            node.join(settings);
            var peers = new Peers(node.system);
            lease.take(peers.self(), settings.clustered() ? peers : Members.NONE);
        } catch (RuntimeException e) { // whatever it is: no actor system stays behind, and it goes on
            node.close();
            throw e;
        }
        return node;
    }

    private Node(ActorSystem<Void> system) {
        this.system = system;
    }

    public ActorSystem<Void> system() {
        return system;
    }

    public ClusterSharding sharding() {
        return ClusterSharding.get(system);
    }

    /** Whether it takes part. */
    public boolean up() {
        return Cluster.get(system).selfMember().status().equals(MemberStatus.up());
    }

    /** {@code then} is called a moment after another node has gone, however it went, and again a little later: shards move meanwhile. */
    public void onGone(Runnable then) {
        var told = system.systemActorOf(
                Behaviors.<ClusterEvent.MemberRemoved>receiveMessage(_ -> {
                    MOVES.forEach(pause -> system.scheduler().scheduleOnce(pause, then, system.executionContext()));
                    return Behaviors.same();
                }),
                "gone",
                Props.empty());
        Cluster.get(system).subscriptions().tell(Subscribe.create(told, ClusterEvent.MemberRemoved.class));
    }

    /** Done when it has ended, ordered or not. */
    public CompletionStage<Done> ended() {
        return system.getWhenTerminated();
    }

    /** Lets the shards finish, leaves the cluster, and ends. */
    @Override
    public void close() {
        CoordinatedShutdown.get(system).runAll(CoordinatedShutdown.actorSystemTerminateReason());
        if (!within(STOP_PATIENCE, ended())) {
            LOG.warn("the actor system did not end within {} s", STOP_PATIENCE.toSeconds());
        }
    }

    private void join(NodeSettings settings) {
        var cluster = Cluster.get(system);
        var up = new CompletableFuture<Done>();
        org.apache.pekko.cluster.Cluster.get(system.classicSystem())
                .registerOnMemberUp(() -> up.complete(Done.getInstance()));
        if (settings.clustered()) {
            PekkoManagement.get(system.classicSystem()).start();
            ClusterBootstrap.get(system.classicSystem()).start();
        } else {
            cluster.manager().tell(Join.create(cluster.selfMember().address()));
        }
        var patience = settings.clustered() ? CLUSTER_PATIENCE : ALONE_PATIENCE;
        if (!within(patience, up)) {
            throw new CannotStart("the node neither found nor formed a cluster within " + patience.toSeconds() + " s");
        }
    }

    private static boolean within(Duration patience, CompletionStage<Done> done) {
        try {
            done.toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
