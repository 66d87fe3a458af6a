package switchboard.agent;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import switchboard.agent.Agent.Facts;
import switchboard.agent.Agent.Question;
import switchboard.agent.Agent.Standing;
import switchboard.scribe.NodeInMemory;

/** A node in memory, and conversations that answer as a test says. */
final class AgentHouse extends NodeInMemory implements Agent.Reservations, Agent.Followers {

    static final Duration GRACE = Duration.ofSeconds(30);

    final List<String> asked = new CopyOnWriteArrayList<>();
    final Map<String, Standing> standings = new ConcurrentHashMap<>();
    final List<Facts> told = new CopyOnWriteArrayList<>();
    final List<Facts> atOnce = new CopyOnWriteArrayList<>();
    volatile CompletionStage<Done> following = done();

    /** Timers run when a test says so. */
    public static Config config() {
        return ManualTime.config().withFallback(NodeInMemory.config()).resolve();
    }

    Agent.Ports ports() {
        return new Agent.Ports(desk(), this, this, new Agent.Patience(GRACE, 2, 1));
    }

    @Override
    public CompletionStage<Standing> ask(String tenant, String agent, String reservation, Question question) {
        asked.add(question + " " + reservation);
        return CompletableFuture.completedFuture(standings.getOrDefault(reservation, Standing.UNKNOWN));
    }

    @Override
    public CompletionStage<Done> follow(Facts facts) {
        told.add(facts);
        return following;
    }

    @Override
    public void now(Facts facts) {
        atOnce.add(facts);
    }
}
