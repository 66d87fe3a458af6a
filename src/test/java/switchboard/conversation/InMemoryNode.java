package switchboard.conversation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.pekko.Done;
import switchboard.event.Topic;
import switchboard.handling.Holds.Hold;
import switchboard.handling.Rules;
import switchboard.log.DataKey;
import switchboard.plan.PlanReader;
import switchboard.scribe.NodeInMemory;

/** A node in memory, with agents who do as the test says. */
public final class InMemoryNode extends NodeInMemory implements Reservation.Agents, Bot.Bots {

    public static final Rules RULES = new Rules(7, PlanReader.local());
    public static final Duration WINDOW = Duration.ofHours(24);

    public Rules rules = RULES;
    public boolean empty;
    public boolean damaged;
    public CompletionStage<Done> erasing = done();
    public final Map<Topic, List<Conversation.Facts>> told = new ConcurrentHashMap<>();
    public volatile CompletionStage<Done> following = done();
    public final List<String> asked = new CopyOnWriteArrayList<>();
    public final List<String> agents = new CopyOnWriteArrayList<>();
    public volatile CompletionStage<Done> holding = done();
    public volatile CompletionStage<Done> telling = done();

    public boolean bot;

    /** Whether there can be one. */
    public boolean bots = true;

    public final List<Asked> questions = new CopyOnWriteArrayList<>();

    /** What the bot was asked first, what it is asked now, and is to say. */
    public record Asked(Bot.Question question, Bot.Asking now, CompletableFuture<Bot.Word> word) {}

    Conversation.Ports ports() {
        return new Conversation.Ports(
                desk(),
                (topic, facts) -> {
                    told.computeIfAbsent(topic, _ -> new CopyOnWriteArrayList<>())
                            .add(facts);
                    return following;
                },
                this,
                this,
                _ -> rules,
                WINDOW);
    }

    @Override
    public boolean present() {
        return bots;
    }

    @Override
    public boolean serves(String tenant) {
        return bot;
    }

    @Override
    public CompletionStage<Bot.Word> ask(Bot.Asking asking) {
        var word = new CompletableFuture<Bot.Word>();
        questions.add(new Asked(asking.now().orElseThrow(), asking, word));
        return word;
    }

    @Override
    public CompletionStage<Done> hold(String tenant, String reservation, Reservation.Propose what) {
        asked.add(what.agent() + " " + reservation);
        return holding;
    }

    @Override
    public CompletionStage<Done> tell(String tenant, String reservation, Hold hold) {
        agents.add(hold.agent() + " " + reservation + " " + hold.stage());
        return telling;
    }

    @Override
    public Optional<DataKey> next(String tenant) {
        return empty ? Optional.empty() : super.next(tenant);
    }

    @Override
    public CompletionStage<Optional<DataKey>> load(String tenant, String id) {
        return damaged ? CompletableFuture.failedFuture(new DataKey.Damaged(tenant, id)) : super.load(tenant, id);
    }

    @Override
    public CompletionStage<Done> erase(String tenant, String id) {
        if (!erasing.toCompletableFuture().isCompletedExceptionally()) {
            keys.remove(id);
        }
        return erasing;
    }
}
