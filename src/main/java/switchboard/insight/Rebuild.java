package switchboard.insight;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.agent.Agent;
import switchboard.conversation.Conversation;
import switchboard.conversation.Conversation.Followers;
import switchboard.conversation.Replay;
import switchboard.event.Topic;
import switchboard.journal.Journal;
import switchboard.log.Entry;

/**
 * Folds every log again and writes the rows that follow from it, while conversations go on: what they tell meanwhile is
 * newer and stays. Rows that no log accounts for are not looked for: who wants them gone empties the tables first.
 */
public final class Rebuild {

    /** Of what is written: raised where older rows lack something. */
    private static final int VERSION = 1;

    private static final int AT_ONCE = 4;
    private static final long SAY_EVERY = 10_000;
    private static final Duration AGAIN = Duration.ofMinutes(1);
    private static final Logger LOG = LoggerFactory.getLogger(Rebuild.class);

    private final ActorSystem<?> system;
    private final CqlSession session;
    private final String keyspace;
    private final Journal journal;
    private final Follower follower;
    private final Followers followers;
    private final Agents agents;
    private final int perSecond;
    private final AtomicLong folded = new AtomicLong();

    /**
     * Tells {@code followers} of every topic, as a conversation would, and {@code agents} of every agent; {@code follower}
     * forgets first what it had.
     *
     * @param perSecond the most logs
     */
    public Rebuild(
            ActorSystem<?> system,
            CqlSession session,
            String keyspace,
            Journal journal,
            Follower follower,
            Followers followers,
            Agents agents,
            int perSecond) {
        this.system = system;
        this.session = session;
        this.keyspace = keyspace;
        this.journal = journal;
        this.follower = follower;
        this.followers = followers;
        this.agents = agents;
        this.perSecond = perSecond;
    }

    /**
     * Runs it where {@code wanted}, or where the rows are of an older version than this program writes; until it is done.
     *
     * @param served tenants whose keys are at hand; the logs of others are left out
     */
    public void start(boolean wanted, Predicate<String> served) {
        stored().thenAccept(version -> {
                    if (wanted || version < VERSION) {
                        untilDone(served);
                    }
                })
                .exceptionally(failure -> later(failure, () -> start(wanted, served)));
    }

    /** Once through all logs: how many there are. Fails when a log or a row is not to be had. */
    public CompletionStage<Long> run(Predicate<String> served) {
        folded.set(0);
        follower.forget();
        return journal.pids()
                .filter(pid -> (of(pid, Conversation.KEY) || of(pid, Agent.KEY)) && served.test(tenant(pid)))
                .throttle(perSecond, Duration.ofSeconds(1))
                .mapAsyncUnordered(AT_ONCE, this::fold)
                .runWith(Sink.ignore(), system)
                .thenCompose(_ -> store())
                .thenApply(_ -> folded.get());
    }

    /** Logs folded so far. */
    public long folded() {
        return folded.get();
    }

    private void untilDone(Predicate<String> served) {
        LOG.info("rebuild of rows: begins");
        run(served)
                .thenAccept(logs -> LOG.info("rebuild of rows: done, {} logs", logs))
                .exceptionally(failure -> later(failure, () -> untilDone(served)));
    }

    private @Nullable Void later(Throwable failure, Runnable again) {
        LOG.warn("rebuild of rows: broke off, again in {}", AGAIN, failure);
        system.scheduler().scheduleOnce(AGAIN, again, system.executionContext());
        return null;
    }

    private CompletionStage<Done> fold(String pid) {
        var folded = of(pid, Agent.KEY) ? agent(pid) : conversation(pid);
        return folded.thenApply(this::told);
    }

    private CompletionStage<Done> conversation(String pid) {
        return entries(pid)
                .runFold(new Replay(tenant(pid), id(pid)), Replay::add, system)
                .thenCompose(replay -> followers
                        .follow(Topic.STANDING, replay.facts(Topic.STANDING))
                        .thenCompose(_ -> followers.follow(Topic.DELIVERY, replay.facts(Topic.DELIVERY))));
    }

    private CompletionStage<Done> agent(String pid) {
        return entries(pid)
                .runFold(new switchboard.agent.Replay(tenant(pid), id(pid)), switchboard.agent.Replay::add, system)
                .thenCompose(replay -> agents.follow(replay.facts()));
    }

    private Source<Entry, NotUsed> entries(String pid) {
        return journal.read(pid, 0, Long.MAX_VALUE / 2);
    }

    private static boolean of(String pid, EntityTypeKey<?> kind) {
        return pid.startsWith(kind.name() + "|");
    }

    private static String tenant(String pid) {
        return pid.substring(pid.indexOf('|') + 1, pid.indexOf(':'));
    }

    private static String id(String pid) {
        return pid.substring(pid.indexOf(':') + 1);
    }

    private Done told(Done done) {
        var logs = folded.incrementAndGet();
        if (logs % SAY_EVERY == 0) {
            LOG.info("rebuild of rows: {} logs so far", logs);
        }
        return done;
    }

    private CompletionStage<Integer> stored() {
        return session.executeAsync(safe("SELECT version FROM %s.meta WHERE name = 'insight'".formatted(keyspace)))
                .thenApply(rows -> {
                    var row = rows.one();
                    return row == null ? 0 : row.getInt("version");
                });
    }

    private CompletionStage<Done> store() {
        var cql = "INSERT INTO %s.meta (name, version) VALUES ('insight', %d)".formatted(keyspace, VERSION);
        return session.executeAsync(safe(cql)).thenApply(_ -> Done.getInstance());
    }

    private static SimpleStatement safe(String cql) {
        return SimpleStatement.newInstance(cql).setIdempotent(true);
    }
}
