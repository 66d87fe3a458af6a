package switchboard.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import switchboard.log.DataKey;

class KeyPoolTest {

    private record Order(int count, CompletableFuture<List<DataKey>> keys) {
        void done() {
            keys.complete(Stream.generate(DataKey::random).limit(count).toList());
        }

        void fail() {
            keys.completeExceptionally(new IllegalStateException("away"));
        }
    }

    private final Queue<Order> orders = new ArrayDeque<>();
    private final Queue<Runnable> delayed = new ArrayDeque<>();
    private final List<Duration> rests = new ArrayList<>();

    @Test
    void it_is_filled_to_its_size_in_several_batches_at_once() {
        var pool = pool(64);

        assertThat(orders).hasSize(7);
        finish();

        assertThat(pool.ready()).isEqualTo(64);
        assertThat(orders).isEmpty();
    }

    @Test
    void none_is_offered_before_it_is_durable() {
        var pool = pool(8);

        assertThat(pool.next()).isEmpty();
        finish();

        assertThat(pool.next()).isPresent();
    }

    @Test
    void none_is_offered_twice() {
        var pool = pool(64);
        var seen = new HashSet<String>();

        for (int i = 0; i < 1_000; i++) {
            finish();
            assertThat(seen.add(pool.next().orElseThrow().id())).isTrue();
        }
    }

    @Test
    void it_is_refilled_from_half_its_size_on() {
        var pool = pool(64);
        finish();

        for (int i = 0; i < 31; i++) {
            pool.next();
        }
        assertThat(orders).isEmpty();
        pool.next();

        assertThat(orders).isNotEmpty();
        finish();
        assertThat(pool.ready()).isEqualTo(64);
    }

    @Test
    void one_that_ran_empty_doubles_its_size() {
        var pool = pool(8);

        pool.next();
        finish();

        assertThat(pool.ready()).isEqualTo(16);
    }

    @Test
    void who_takes_from_an_empty_one_gets_the_next_that_comes() {
        var pool = pool(8);

        var first = pool.take();
        var second = pool.take();
        assertThat(first.toCompletableFuture()).isNotDone();
        finish();

        assertThat(first.toCompletableFuture().join().id())
                .isNotEqualTo(second.toCompletableFuture().join().id());
    }

    @Test
    void a_thousand_who_take_at_once_are_all_served() {
        var pool = pool(64);
        finish();

        var taken = Stream.generate(pool::take).limit(1_000).toList();
        finish();

        assertThat(taken.stream().map(t -> t.toCompletableFuture().join().id()).distinct())
                .hasSize(1_000);
    }

    @Test
    void who_waits_is_told_when_none_can_be_made() {
        var pool = pool(8);
        var waiting = pool.take();

        orders.remove().fail();

        assertThat(waiting.toCompletableFuture()).isCompletedExceptionally();
        assertThat(pool.take().toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void after_a_failure_it_rests_longer_each_time_and_goes_on_when_it_is_over() {
        var pool = pool(8);

        for (int i = 0; i < 8; i++) {
            orders.remove().fail();
            assertThat(orders).isEmpty();
            delayed.remove().run();
        }
        assertThat(rests).startsWith(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(400));
        assertThat(rests).endsWith(Duration.ofSeconds(5));
        finish();

        assertThat(pool.ready()).isEqualTo(8);
    }

    @Test
    void a_closed_one_makes_no_more() {
        var pool = pool(8);
        finish();

        pool.close();
        for (int i = 0; i < 8; i++) {
            pool.next();
        }

        assertThat(orders).isEmpty();
    }

    private void finish() {
        while (!orders.isEmpty()) {
            orders.remove().done();
        }
    }

    private KeyPool pool(int size) {
        return new KeyPool("acme", size, this::order, (delay, task) -> {
            rests.add(delay);
            delayed.add(task);
        });
    }

    private CompletionStage<List<DataKey>> order(int count) {
        var order = new Order(count, new CompletableFuture<>());
        orders.add(order);
        return order.keys;
    }
}
