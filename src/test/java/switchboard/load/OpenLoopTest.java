package switchboard.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import switchboard.load.OpenLoop.Schedule;

class OpenLoopTest {

    /** Passes only when it is told to. */
    private static final class Hands implements OpenLoop.Clock {

        private long now;

        @Override
        public long now() {
            return now;
        }

        @Override
        public void await(long due) {
            now = due;
        }
    }

    private final Hands clock = new Hands();

    @Test
    void requests_are_due_evenly_and_do_not_drift() {
        var schedule = new Schedule(5, 3);

        assertThat(LongStream.of(0, 1, 2, 3, 3_000_000).map(schedule::due))
                .containsExactly(5L, 333_333_338L, 666_666_672L, 1_000_000_005L, 1_000_000_000_000_005L);
    }

    @Test
    void those_that_are_due_before_the_end_are_sent() {
        assertThat(new Schedule(0, 2.5).count(Duration.ofSeconds(4))).isEqualTo(10);
        assertThat(new Schedule(0, 0.3).count(Duration.ofSeconds(4))).isEqualTo(2);
    }

    @Test
    void a_request_is_not_sent_before_it_is_due() throws Exception {
        var sent = new ArrayList<Long>();

        OpenLoop.send(() -> sent.add(clock.now), new Schedule(7, 1e9 / 100), new AtomicLong(), 3, clock);

        assertThat(sent).containsExactly(7L, 107L, 207L);
    }

    @Test
    void what_was_due_while_the_program_stood_still_has_waited_since() throws Exception {
        // The first takes 350, each after it 10.
        var takes = new ArrayList<>(List.of(350, 10, 10, 10, 10, 10));

        var seen = OpenLoop.send(
                () -> clock.now += takes.removeFirst(), new Schedule(0, 1e9 / 100), new AtomicLong(), 6, clock);

        assertThat(seen.waits()).containsExactly(350L, 260L, 170L, 80L, 10L, 10L);
    }

    @Test
    void lateness_is_only_that_of_a_connection_that_was_free() throws Exception {
        var slow = new OpenLoop.Clock() {

            @Override
            public long now() {
                return clock.now;
            }

            @Override
            public void await(long due) {
                clock.now = due + 3;
            }
        };
        var takes = new ArrayList<>(List.of(150, 10, 10));

        var seen = OpenLoop.send(
                () -> clock.now += takes.removeFirst(), new Schedule(1, 1e9 / 100), new AtomicLong(), 3, slow);

        assertThat(seen.late()).containsExactly(3L, 3L);
        assertThat(seen.waits()).containsExactly(153L, 63L, 13L);
    }

    @Test
    void a_pool_sends_each_once() throws Exception {
        var next = new AtomicLong();
        var self = new Proc(ProcessHandle.current().pid());
        Round.Client connection = () -> {
            next.incrementAndGet();
            return null;
        };

        var done = OpenLoop.run(List.of(connection, connection), 100_000, Duration.ofMillis(10), self, self);

        assertThat(next).hasValue(1_000);
        assertThat(done.round().events()).isEqualTo(1_000);
        assertThat(done.round().waits()).hasSize(1_000).isSorted();
    }
}
