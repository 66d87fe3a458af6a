package switchboard.knowledge;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.pattern.StatusReply;
import switchboard.scribe.Desk;
import switchboard.scribe.Scribe;
import switchboard.wire.Refusal;
import switchboard.wire.Wire;

/**
 * The articles of a tenant; sharded by tenant. The one writer of what is known. Each change is the next version of the whole,
 * which is also the article's; 0 is what is built in.
 */
public final class Catalogue {

    public static final EntityTypeKey<Command> KEY = EntityTypeKey.create(Command.class, "Knowledge");

    /** Articles at a time, and what they have in all, as JSON: a node holds them in memory. */
    static final int MOST = 20_000;

    static final long MOST_BYTES = 64L << 20;

    /** What may be asked. */
    public sealed interface Command extends Wire {}

    /** What is to become of one article. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes({
        @JsonSubTypes.Type(name = "put", value = Put.class),
        @JsonSubTypes.Type(name = "remove", value = Remove.class),
    })
    public sealed interface Edit extends Wire {

        String id();

        /** The version that the article must have, where it is not so already; -1 for any. */
        long expected();
    }

    /** {@code article}: JSON as {@link switchboard.article.ArticleWriter} writes it. What stands there again: as it is. */
    public record Put(String id, long expected, String article) implements Edit {}

    /** What is removed again: as it is. */
    public record Remove(String id, long expected) implements Edit {}

    /**
     * What became of an edit.
     *
     * @param version of the article
     * @param refusal {@link Refusal#name()}; empty: it is done
     */
    public record Outcome(long version, String refusal) implements Wire {}

    /** In the order of the edits. */
    public record Outcomes(List<Outcome> outcomes) implements Wire {}

    /**
     * Does one after another, all in one write. An edit is refused by itself: PRECONDITION_FAILED, NOT_FOUND, KNOWLEDGE_FULL; all
     * together: UNAVAILABLE.
     *
     * @param by an opaque id
     */
    public record Change(String by, List<Edit> edits, ActorRef<StatusReply<Outcomes>> replyTo) implements Command {}

    /** Which version of an article stands: that of its last entry; 0 where it is as it is built in. Refused: NOT_FOUND. */
    public record Look(String id, ActorRef<StatusReply<Long>> replyTo) implements Command {}

    /**
     * {@code follower} is told of each version until it ends, and of the present one at once where that is newer than {@code
     * known} (-1: none is). Again: as it is, so it may be asked again and again.
     */
    public record Follow(ActorRef<Told> follower, long known) implements Command {}

    /** That is how far the tenant's log goes. */
    public record Told(String tenant, long version) implements Wire {}

    /** One who followed has ended. */
    record Gone(ActorRef<Told> follower) implements Command {}

    /** What the actor tells itself about its log. */
    record Inward(Scribe.Inner what) implements Command {}

    /** Of the tenant, whose name is the sharding id; {@code builtIn}: the articles that it has without having put them. */
    public static Behavior<Command> create(
            String tenant, ActorRef<ClusterSharding.ShardCommand> shard, Desk desk, BuiltInArticles builtIn) {
        return Behaviors.setup(context -> new CatalogueEntity(context, tenant, shard, desk, builtIn));
    }

    /** The log's name in the journal. */
    public static String persistenceId(String tenant) {
        return KEY.name() + "|" + tenant;
    }

    private Catalogue() {}
}
