package switchboard.cluster;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.setup.Setup;
import org.apache.pekko.coordination.lease.LeaseSettings;

/**
 * A shard begins once this node's {@link Lease} was raised for it. Made by Pekko, for each shard ({@code
 * pekko.cluster.sharding.use-lease}).
 */
public final class ShardLease extends org.apache.pekko.coordination.lease.javadsl.Lease {

    /** Where shards find their node's. */
    static final class OfNode extends Setup {
        private final Lease lease;

        OfNode(Lease lease) {
            this.lease = lease;
        }
    }

    private final LeaseSettings settings;
    private final Lease lease;

    public ShardLease(LeaseSettings settings, ExtendedActorSystem system) {
        this.settings = settings;
        this.lease = system.settings().setup().get(OfNode.class).orElseThrow().lease;
    }

    @Override
    public LeaseSettings getSettings() {
        return settings;
    }

    @Override
    public CompletionStage<Boolean> acquire() {
        return lease.raise().thenApply(_ -> true);
    }

    /** A node that loses its right ends as a whole, so that nobody needs to be told. */
    @Override
    public CompletionStage<Boolean> acquire(Consumer<Optional<Throwable>> lost) {
        return acquire();
    }

    /** Its next owner takes a term of his own. */
    @Override
    public CompletionStage<Boolean> release() {
        return CompletableFuture.completedFuture(true);
    }

    @Override
    public boolean checkLease() {
        return lease.held();
    }
}
