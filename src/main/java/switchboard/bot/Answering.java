package switchboard.bot;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.conversation.Bot;
import switchboard.log.Keyring;
import switchboard.wire.Personal;

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
                case Bot.Nothing _ -> {
                    // nobody waits for it any more
                }
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

    /** Decided is by what there is to decide when its turn has come. */
    @Override
    public CompletionStage<Bot.Word> ask(Bot.Asking asking) {
        return asking.now()
                .map(question -> ask(asking, question))
                .orElseGet(() -> CompletableFuture.completedStage(new Bot.Nothing()))
                .thenApply(word -> {
                    counts.count(word);
                    return word;
                });
    }

    private CompletionStage<Bot.Word> ask(Bot.Asking asking, Bot.Question question) {
        var mind = minds.apply(question.tenant())
                .orElseThrow(() -> new IllegalStateException("no bot serves " + question.tenant()));
        if (workers.full()) {
            return putOff(mind, question).exceptionally(_ -> mind.later(unopened(question), PAUSE));
        }
        var latest = new AtomicReference<>(unopened(question));
        return Dialogue.keys(question, keyring) // first: no thread is to wait for the database
                .thenCompose(_ -> workers.work(() -> word(mind, asking, latest), mind.deadline())
                        .orElseGet(() -> putOff(mind, question)))
                .exceptionally(failure -> broken(mind, latest.get(), failure));
    }

    private Bot.Word word(Mind mind, Bot.Asking asking, AtomicReference<Dialogue> latest) {
        var question = asking.now();
        if (question.isEmpty()) {
            return new Bot.Nothing();
        }
        latest.set(unopened(question.get()));
        var dialogue =
                Dialogue.open(question.get(), keyring).toCompletableFuture().join();
        latest.set(dialogue);
        return mind.word(dialogue);
    }

    /** Who was told to be patient need not be told again, so nothing is opened for him. */
    private CompletionStage<Bot.Word> putOff(Mind mind, Bot.Question question) {
        return question.talk().excused()
                ? CompletableFuture.completedStage(new Bot.Later(PAUSE, new Personal("")))
                : Dialogue.open(question, keyring).thenApply(dialogue -> mind.later(dialogue, PAUSE));
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
