package switchboard;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.sharding.ShardRegion.ClusterShardingStats;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingQuery;
import org.apache.pekko.cluster.sharding.typed.GetClusterShardingStats;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;

/** How many entities of one kind are alive. Their shards are asked when figures are read, so it costs nothing meanwhile. */
final class Census {

    private static final Duration SOON = Duration.ofSeconds(2);

    private final ActorSystem<?> system;
    private final EntityTypeKey<?> kind;
    private volatile double alive = Double.NaN;

    Census(ActorSystem<?> system, EntityTypeKey<?> kind) {
        this.system = system;
        this.kind = kind;
    }

    /** As counted last; NaN where the shards did not answer. */
    double alive() {
        return alive;
    }

    /** Counts them, and then scrapes; never fails for want of an answer. */
    CompletionStage<String> then(Meters meters) {
        return AskPattern.<ClusterShardingQuery, ClusterShardingStats>ask(
                        ClusterSharding.get(system).shardState(),
                        replyTo -> new GetClusterShardingStats(kind, SOON, replyTo),
                        SOON.multipliedBy(2),
                        system.scheduler())
                .handle((stats, failure) -> {
                    alive = failure == null ? sum(stats) : Double.NaN;
                    return meters.scrape();
                });
    }

    private static double sum(ClusterShardingStats stats) {
        return stats.getRegions().values().stream()
                .flatMap(region -> region.getStats().values().stream())
                .mapToDouble(count -> ((Number) count).doubleValue())
                .sum();
    }
}
