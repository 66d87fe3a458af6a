package switchboard.journal;

import static org.apache.pekko.actor.testkit.typed.javadsl.FishingOutcomes.complete;
import static org.apache.pekko.actor.testkit.typed.javadsl.FishingOutcomes.continueAndIgnore;
import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.uuid.Uuids;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import switchboard.storage.TestCassandra;

class OwedIT {

    @RegisterExtension
    static final TestCassandra cassandra = new TestCassandra();

    private static final ActorTestKit kit = ActorTestKit.create();
    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
    private static final Duration SHORT = Duration.ofMillis(50);

    private final String pid = "Conversation|acme:" + Uuids.random();
    private final TestProbe<String> woken = kit.createTestProbe();

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    @AfterEach
    void clear() {
        cassandra.session().execute("TRUNCATE owed");
    }

    @Test
    void a_debt_is_due_from_its_time_on() {
        var owed = owed(1);

        done(owed.owe(pid, NOON));

        assertThat(due(owed, NOON.minusMillis(1))).isEmpty();
        assertThat(due(owed, NOON)).containsExactly(pid);
    }

    @Test
    void of_several_times_the_one_said_last_counts() {
        var owed = owed(1);

        done(owed.owe(pid, NOON));
        done(owed.owe(pid, NOON.plusSeconds(60)));
        assertThat(due(owed, NOON)).isEmpty();
        done(owed.owe(pid, NOON.minusSeconds(60)));

        assertThat(due(owed, NOON)).containsExactly(pid);
    }

    @Test
    void a_settled_debt_is_gone_and_a_new_one_counts_again() {
        var owed = owed(1);

        done(owed.owe(pid, NOON));
        done(owed.settle(pid));
        done(owed.settle(pid));
        assertThat(due(owed, NOON)).isEmpty();
        done(owed.owe(pid, NOON));

        assertThat(due(owed, NOON)).containsExactly(pid);
    }

    @Test
    void a_new_debt_counts_although_the_clock_was_put_back_since_the_last_was_settled() {
        cassandra
                .session()
                .execute("DELETE FROM owed USING TIMESTAMP %d WHERE bucket = %d AND pid = '%s'"
                        .formatted(Instant.parse("2090-01-01T00:00:00Z").toEpochMilli() * 1000, Owed.bucket(pid), pid));
        done(owed(1).settle(pid));

        var restarted = owed(2);
        done(restarted.owe(pid, NOON));

        assertThat(due(restarted, NOON)).containsExactly(pid);
    }

    @Test
    void a_worker_wakes_what_is_due_in_its_own_buckets_and_again_until_it_is_settled() {
        var owed = owed(1);
        var mine = inBucketOf(1);
        done(owed.owe(mine, NOON));
        done(owed.owe(inBucketOf(0), NOON));
        done(owed.owe(inBucketOf(1, "later"), NOON.plusSeconds(1)));

        var worker = kit.spawn(Waker.create(owed, 1, pace(4), InstantSource.fixed(NOON), woken.ref()::tell));

        woken.expectMessage(mine);
        woken.expectMessage(mine);
        kit.stop(worker);
    }

    @Test
    void after_a_start_what_was_to_be_looked_after_soon_is_woken_at_once_and_only_once_before_its_time() {
        var owed = owed(1);
        var soon = inBucketOf(0, "soon");
        var due = inBucketOf(0, "due");
        done(owed.owe(soon, NOON.plusSeconds(60)));
        done(owed.owe(inBucketOf(0, "later"), NOON.plusSeconds(61)));

        var pace = new Waker.Pace(4, SHORT, 1_000, Duration.ofSeconds(60));
        var worker = kit.spawn(Waker.create(owed, 0, pace, InstantSource.fixed(NOON), woken.ref()::tell));

        woken.expectMessage(soon);
        done(owed.owe(due, NOON));
        woken.expectMessage(due);
        woken.expectMessage(due);
        kit.stop(worker);
    }

    @Test
    void after_a_node_has_gone_what_was_to_be_looked_after_soon_is_woken_at_once() {
        var owed = owed(1);
        var soon = inBucketOf(0, "soon");
        var due = inBucketOf(0, "due");
        var gone = new AtomicInteger();
        done(owed.owe(due, NOON));
        var pace = new Waker.Pace(4, SHORT, 1_000, Duration.ofSeconds(60));
        var worker = kit.spawn(Waker.create(owed, 0, pace, InstantSource.fixed(NOON), gone::get, woken.ref()::tell));
        woken.expectMessage(due);
        woken.expectMessage(due);
        done(owed.owe(soon, NOON.plusSeconds(60)));
        woken.expectMessage(due);
        woken.expectMessage(due);

        gone.incrementAndGet();

        woken.fishForMessage(Duration.ofMinutes(2), it -> it.equals(soon) ? complete() : continueAndIgnore());
        kit.stop(worker);
    }

    @Test
    void a_first_scan_that_fails_looks_ahead_again() {
        var soon = inBucketOf(0);
        done(owed(1).owe(soon, NOON.plusSeconds(60)));
        var attempts = new AtomicInteger();

        var pace = new Waker.Pace(4, SHORT, 1_000, Duration.ofSeconds(60));
        var worker = kit.spawn(Waker.create(owed(1), 0, pace, InstantSource.fixed(NOON), due -> {
            if (attempts.incrementAndGet() == 1) {
                throw new IllegalStateException("away");
            }
            woken.ref().tell(due);
        }));

        woken.expectMessage(soon);
        kit.stop(worker);
    }

    @Test
    void the_workers_together_leave_nobody_out() {
        var owed = owed(1);
        var pids = new ArrayList<String>();
        for (int i = 0; i < 300; i++) {
            pids.add(pid + i);
            done(owed.owe(pid + i, NOON));
        }

        var once = new Waker.Pace(4, Duration.ofHours(1), 1_000, Duration.ZERO);
        var workers = List.of(0, 1, 2, 3).stream()
                .map(n -> kit.spawn(Waker.create(owed, n, once, InstantSource.fixed(NOON), woken.ref()::tell)))
                .toList();

        assertThat(woken.receiveSeveralMessages(300, Duration.ofSeconds(30))).containsExactlyInAnyOrderElementsOf(pids);
        workers.forEach(kit::stop);
    }

    @Test
    void a_scan_that_fails_is_tried_again() {
        var mine = inBucketOf(0);
        done(owed(1).owe(mine, NOON));
        var attempts = new AtomicInteger();

        var worker = kit.spawn(Waker.create(owed(1), 0, pace(4), InstantSource.fixed(NOON), due -> {
            if (attempts.incrementAndGet() == 1) {
                throw new IllegalStateException("away");
            }
            woken.ref().tell(due);
        }));

        woken.expectMessage(mine);
        kit.stop(worker);
    }

    private String inBucketOf(int worker) {
        return inBucketOf(worker, "");
    }

    private String inBucketOf(int worker, String more) {
        var i = 0;
        while (Owed.bucket(pid + more + i) % 4 != worker) {
            i++;
        }
        return pid + more + i;
    }

    private static Waker.Pace pace(int workers) {
        return new Waker.Pace(workers, SHORT, 1_000, Duration.ZERO);
    }

    private static Owed owed(long start) {
        return new Owed(cassandra.session(), cassandra.keyspace(), () -> start);
    }

    private List<String> due(Owed owed, Instant now) {
        return done(owed.due(Owed.bucket(pid), now).runWith(Sink.seq(), kit.system()));
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
