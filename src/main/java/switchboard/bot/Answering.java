package switchboard.bot;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.conversation.Bot;
import switchboard.log.Keyring;

/**
 * Answers conversations: opens what was said, and has it decided by a few threads of its own. Too much of it waits: the customer is
 * asked for patience. It fails, or is slow: a person; at a pace that people can bear.
 */
public final class Answering implements Bot.Bots, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Answering.class);

    /** Nobody asks again sooner where too much waits. */
    private static final Duration PAUSE = Duration.ofSeconds(3);

    /**
     * How much it takes on.
     *
     * @param threads that decide
     * @param waiting questions that wait for one of them, at most
     * @param handOvers by failure in a second, and so many at once
     */
    public record Limits(int threads, int waiting, int handOvers) {}

    /** What it has come to since the start. */
    public record Counts(
            LongAdder answers,
            LongAdder questions,
            LongAdder handOvers,
            LongAdder silences,
            LongAdder failed,
            LongAdder put) {
        Counts() {
            this(new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder());
        }

        private void count(Bot.Word word) {
            switch (word) {
                case Bot.HandOver _ -> handOvers.increment();
                case Bot.Later _ -> put.increment();
                case Bot.Reply it ->
                    (switch (it.decided().action()) {
                                case "answer" -> answers;
                                case "ask_back" -> questions;
                                default -> silences; // names on disk: nothing else is a reply
                            })
                            .increment();
            }
        }
    }

    private final Keyring keyring;
    private final Function<String, Optional<Mind>> minds;
    private final Workers workers;
    private final Pace pace;
    private final Counts counts = new Counts();

    /** {@code minds} of tenants: as they are now, at once; empty where there is no bot. {@code nanos}: a monotonic clock. */
    public Answering(Keyring keyring, Function<String, Optional<Mind>> minds, Limits limits, LongSupplier nanos) {
        this.keyring = keyring;
        this.minds = minds;
        this.workers = new Workers(limits.threads(), limits.waiting());
        this.pace = new Pace(limits.handOvers(), limits.handOvers(), nanos);
    }

    @Override
    public boolean serves(String tenant) {
        return minds.apply(tenant).isPresent();
    }

    @Override
    public CompletionStage<Bot.Word> ask(Bot.Question question) {
        var mind = minds.apply(question.tenant())
                .orElseThrow(() -> new IllegalStateException("no bot serves " + question.tenant()));
        return Dialogue.open(question, keyring)
                .thenCompose(dialogue -> workers.work(() -> mind.word(dialogue), mind.deadline())
                        .orElseGet(() -> CompletableFuture.completedStage(mind.later(dialogue, PAUSE)))
                        .exceptionally(failure -> broken(mind, dialogue, failure)))
                .exceptionally(failure -> broken(mind, unopened(question), failure))
                .thenApply(word -> {
                    counts.count(word);
                    return word;
                });
    }

    private Bot.Word broken(Mind mind, Dialogue dialogue, Throwable failure) {
        counts.failed.increment();
        var cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        // only of what kind: its message could hold what the customer wrote
        LOG.warn(
                "bot: no decision for {}: {}",
                dialogue.question().conversation(),
                cause.getClass().getName());
        if (!pace.takes()) {
            return mind.later(dialogue, PAUSE);
        }
        return mind.broken(dialogue, cause instanceof TimeoutException ? mind.deadline() : Duration.ZERO);
    }

    private static Dialogue unopened(Bot.Question question) {
        return new Dialogue(question, question.talk().turns().getFirst().seq(), List.of(), List.of());
    }

    /** For operators. */
    public Counts counts() {
        return counts;
    }

    /** Questions that wait. */
    public int waiting() {
        return workers.waiting();
    }

    @Override
    public void close() {
        workers.close();
    }
}
