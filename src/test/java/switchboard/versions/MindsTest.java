package switchboard.versions;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import switchboard.understanding.Example;
import switchboard.understanding.Shop;
import switchboard.understanding.Training;
import switchboard.understanding.Understood;

class MindsTest {

    private static final String SHOP = "shop";
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-22T21:00:00Z"));
    private static final int MOST = 3;

    @TempDir
    private Path folder;

    private final List<Minds> open = new ArrayList<>();

    @AfterEach
    void close() {
        open.forEach(Minds::close);
    }

    private Minds minds(Function<String, float[]> encoder) {
        var minds = new Minds(folder, encoder, MOST, CLOCK);
        open.add(minds);
        return minds;
    }

    private static Ear train(Minds minds, List<Example> examples) {
        var ear = new Ear();
        minds.train(SHOP, examples, ear);
        return ear;
    }

    private static List<Example> with(String text) {
        var examples = new ArrayList<>(Shop.EXAMPLES);
        examples.add(new Example(text, "status"));
        return examples;
    }

    private static String asked(Minds minds) {
        return minds.of(SHOP)
                .orElseThrow()
                .understanding()
                .understand("where is my order")
                .guesses()
                .getFirst()
                .intent();
    }

    @Test
    void nothing_serves_until_the_first_training_is_done() throws Exception {
        var minds = minds(Shop::vector);
        assertThat(minds.of(SHOP)).isEmpty();

        var version = train(minds, Shop.EXAMPLES).serves();

        assertThat(minds.of(SHOP).orElseThrow().version()).isEqualTo(version.hash());
        assertThat(asked(minds)).isEqualTo("status");
        assertThat(minds.of("another")).isEmpty();
        assertThat(minds.learning(SHOP)).isFalse();
    }

    @Test
    void while_it_learns_what_served_before_serves_and_says_so() throws Exception {
        var gate = new CountDownLatch(1);
        var slow = new AtomicInteger();
        var minds = minds(text -> {
            if (text.contains("parrot")) {
                slow.incrementAndGet();
                await(gate);
            }
            return Shop.vector(text);
        });
        var first = train(minds, Shop.EXAMPLES).serves();

        var second = train(minds, with("my parrot has not come"));
        second.awaitBegin();

        assertThat(minds.learning(SHOP)).isTrue();
        assertThat(minds.progress(SHOP).orElseThrow().stage()).isEqualTo("encoding");
        assertThat(minds.of(SHOP).orElseThrow().version()).isEqualTo(first.hash());
        assertThat(asked(minds)).isEqualTo("status");
        gate.countDown();
        assertThat(second.serves()).isNotEqualTo(first);
    }

    @Test
    void a_request_replaces_the_one_that_waits_and_not_the_one_that_runs() throws Exception {
        var gate = new CountDownLatch(1);
        var minds = minds(text -> {
            await(gate);
            return Shop.vector(text);
        });
        var running = train(minds, Shop.EXAMPLES);
        running.awaitBegin();

        var waiting = train(minds, with("my parcel is gone"));
        var last = train(minds, with("my parcel is lost"));
        gate.countDown();

        assertThat(waiting.end()).isEqualTo(new Ended.Replaced());
        assertThat(running.end()).isInstanceOf(Ended.Serves.class);
        assertThat(minds.of(SHOP).map(Minds.Serving::version)).isPresent();
        assertThat(last.serves().hash()).isEqualTo(minds.of(SHOP).orElseThrow().version());
    }

    @Test
    void started_again_the_last_one_serves_at_once_and_is_not_learned_again() throws Exception {
        var before = train(minds(Shop::vector), Shop.EXAMPLES).serves();
        var encoded = new AtomicInteger();
        var minds = minds(text -> {
            encoded.incrementAndGet();
            return Shop.vector(text);
        });

        minds.open(SHOP);

        assertThat(minds.of(SHOP).orElseThrow().version()).isEqualTo(before.hash());
        assertThat(train(minds, Shop.EXAMPLES.reversed()).serves().hash()).isEqualTo(before.hash());
        assertThat(encoded).hasValue(0);
    }

    @Test
    void a_pinned_version_serves_until_it_is_not_pinned_any_more_also_after_a_restart() throws Exception {
        var minds = minds(Shop::vector);
        var first = train(minds, Shop.EXAMPLES).serves();
        var second = train(minds, with("my parcel is gone")).serves();

        assertThat(minds.pin(SHOP, first.hash()).orElseThrow().version()).isEqualTo(first.hash());
        assertThat(train(minds, with("my parcel is lost")).end()).isInstanceOf(Ended.Kept.class);

        assertThat(minds.of(SHOP).orElseThrow().version()).isEqualTo(first.hash());
        var again = minds(Shop::vector);
        again.open(SHOP);
        assertThat(again.of(SHOP).orElseThrow().version()).isEqualTo(first.hash());
        assertThat(again.versions(SHOP)).hasSize(MOST).contains(second);
        assertThat(again.unpin(SHOP).orElseThrow().version())
                .isEqualTo(again.versions(SHOP).getLast().hash());
    }

    @Test
    void a_version_that_is_not_there_cannot_be_pinned() throws Exception {
        var minds = minds(Shop::vector);
        var version = train(minds, Shop.EXAMPLES).serves();

        assertThat(minds.pin(SHOP, "f".repeat(64))).isEmpty();
        assertThat(minds.of(SHOP).orElseThrow().version()).isEqualTo(version.hash());
        assertThat(minds.unpin("another")).isEmpty();
    }

    @Test
    void examples_from_which_nothing_can_be_learned_change_nothing() throws Exception {
        var minds = minds(Shop::vector);
        var version = train(minds, Shop.EXAMPLES).serves();

        assertThat(train(minds, List.of()).end()).isEqualTo(new Ended.Refused(Training.Reason.NO_EXAMPLES));

        assertThat(minds.of(SHOP).orElseThrow().version()).isEqualTo(version.hash());
    }

    @Test
    void an_encoder_that_breaks_down_ends_one_training_and_not_the_next() throws Exception {
        var minds = minds(text -> {
            if (text.contains("parrot")) {
                throw new IllegalStateException("the encoder failed");
            }
            return Shop.vector(text);
        });
        var version = train(minds, Shop.EXAMPLES).serves();

        assertThat(train(minds, with("my parrot is gone")).end()).isEqualTo(new Ended.Broken());

        assertThat(minds.of(SHOP).orElseThrow().version()).isEqualTo(version.hash());
        assertThat(train(minds, with("my parcel is gone")).end()).isInstanceOf(Ended.Serves.class);
    }

    @Test
    void closing_ends_what_is_learned_and_what_waits() throws Exception {
        var gate = new CountDownLatch(1);
        var minds = minds(text -> {
            await(gate);
            return Shop.vector(text);
        });
        var running = train(minds, Shop.EXAMPLES);
        running.awaitBegin();
        var waiting = train(minds, with("my parcel is gone"));

        minds.close();
        gate.countDown();

        assertThat(running.end()).isIn(new Ended.Stopped(), new Ended.Broken());
        assertThat(waiting.end()).isEqualTo(new Ended.Stopped());
        assertThat(train(minds, Shop.EXAMPLES).end()).isEqualTo(new Ended.Stopped());
    }

    @Test
    void a_thousand_messages_at_once_are_each_understood_as_alone_while_it_learns() throws Exception {
        var minds = minds(Shop::vector);
        train(minds, Shop.EXAMPLES).serves();
        var alone = minds.of(SHOP).orElseThrow().understanding().understand("I want my money back 7");
        var understanding = minds.of(SHOP).orElseThrow().understanding();
        var learning = train(minds, with("my parcel is gone"));

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = new ArrayList<Callable<Understood>>();
            for (int i = 0; i < 1_000; i++) {
                asked.add(() -> understanding.understand("I want my money back 7"));
            }
            for (var answer : threads.invokeAll(asked)) {
                assertThat(answer.get()).isEqualTo(alone);
            }
        }
        learning.serves();
    }

    private static void await(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped", e);
        }
    }
}
