package switchboard.cluster;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.wire.CannotStart;

/** The actor system as a cluster of one. */
public final class Node implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Node.class);
    private static final Duration JOIN_PATIENCE = Duration.ofMinutes(1);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(45);

    private final ActorSystem<Void> system;

    /** Starts it, and waits until it has joined itself. */
    public static Node start(Config config) {
        var node = new Node(ActorSystem.create(Behaviors.empty(), "switchboard", config));
        try {
            node.join();
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

    private void join() {
        var cluster = Cluster.get(system);
        var up = new CompletableFuture<Done>();
        org.apache.pekko.cluster.Cluster.get(system.classicSystem())
                .registerOnMemberUp(() -> up.complete(Done.getInstance()));
        cluster.manager().tell(Join.create(cluster.selfMember().address()));
        if (!within(JOIN_PATIENCE, up)) {
            throw new CannotStart("the node did not form its cluster within " + JOIN_PATIENCE.toSeconds() + " s");
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
