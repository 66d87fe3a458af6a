package switchboard.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import switchboard.channel.Partition.Command;
import switchboard.channel.Partition.Given;
import switchboard.channel.Partition.Lease;
import switchboard.channel.Partition.Leased;
import switchboard.channel.Partition.More;
import switchboard.channel.Partition.Taken;
import switchboard.channel.Partition.Tick;
import switchboard.channel.Partition.Told;
import switchboard.channel.Partition.Waits;
import switchboard.storage.Stamp;

/** One partition, with gateways' connections that are probes and rows that are a list. */
class PartitionTest {

    private static final ActorTestKit actors = ActorTestKit.create();
    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration AGAIN = Duration.ofMinutes(5);

    private final List<Waits> rows = new ArrayList<>();
    private final List<CompletableFuture<List<Waits>>> readings = new ArrayList<>();
    private final Traffic traffic = new Traffic();
    private volatile boolean held;
    private volatile Instant now = NOON;
    private final TestProbe<ClusterSharding.ShardCommand> shard = actors.createTestProbe();
    private final TestProbe<Told> one = actors.createTestProbe();
    private final TestProbe<Told> two = actors.createTestProbe();
    private final ActorRef<Command> partition = actors.spawn(Partition.create("acme:web:3", shard.ref(), ports()));

    private Partition.Ports ports() {
        return new Partition.Ports(
                this::read, () -> now, new Partition.Pace(LEASE, AGAIN, Duration.ofHours(1), 100), traffic);
    }

    private CompletableFuture<List<Waits>> read(Partition.Id id, String after, int limit) {
        assertThat(id).isEqualTo(new Partition.Id("acme", "web", 3));
        synchronized (readings) {
            var reading =
                    held ? new CompletableFuture<List<Waits>>() : CompletableFuture.completedFuture(List.copyOf(rows));
            readings.add(reading);
            readings.notifyAll();
            return reading;
        }
    }

    /** The first one, once it is asked for; a lease is confirmed before. */
    private CompletableFuture<List<Waits>> firstReading() throws InterruptedException {
        synchronized (readings) {
            while (readings.isEmpty()) {
                readings.wait();
            }
            return readings.getFirst();
        }
    }

    @AfterEach
    void end() {
        actors.stop(partition);
    }

    @AfterAll
    static void stop() {
        actors.shutdownTestKit();
    }

    @Test
    void a_connection_gets_what_the_rows_say_then_what_is_told() {
        rows.add(waits("a", 3));

        partition.tell(new Lease(0, 8, one.ref()));
        leased(one);
        given(one, "a", 3);
        partition.tell(waits("b", 1));

        given(one, "b", 1);
    }

    @Test
    void one_message_of_a_conversation_at_a_time_and_its_acceptance_releases_the_next() {
        partition.tell(new Lease(0, 8, one.ref()));
        leased(one);
        partition.tell(waits("a", 3));
        partition.tell(waits("a", 3, 4));
        given(one, "a", 3);

        partition.tell(waits("a", 4, 5));

        given(one, "a", 4);
        nothing(one);
    }

    @Test
    void a_newer_connection_takes_it_away_and_gets_all_that_is_not_accepted() {
        rows.addAll(List.of(waits("a", 3), waits("b", 3)));
        partition.tell(new Lease(0, 8, one.ref()));
        leased(one);
        given(one, "a", 3);
        given(one, "b", 3);
        rows.remove(1);
        partition.tell(waits("b", 0, 4));

        partition.tell(new Lease(0, 8, two.ref()));

        assertThat(one.receiveMessage()).isEqualTo(new Taken(3));
        leased(two);
        given(two, "a", 3);
        partition.tell(waits("c", 1));
        given(two, "c", 1);
        nothing(one);
        assertThat(traffic.taken()).isOne();
    }

    @Test
    void an_older_connection_that_did_not_hear_of_it_is_told_when_it_renews() {
        partition.tell(new Lease(0, 8, one.ref()));
        var number = leased(one).number();
        partition.tell(new Lease(0, 8, two.ref()));
        one.receiveMessage();
        leased(two);

        partition.tell(new Lease(number, 8, one.ref()));

        assertThat(one.receiveMessage()).isEqualTo(new Taken(3));
        nothing(two);
    }

    @Test
    void after_a_restart_the_newer_of_two_that_renew_keeps_it() {
        partition.tell(new Lease(7, 8, one.ref()));
        assertThat(leased(one).number()).isEqualTo(7);

        partition.tell(new Lease(9, 8, two.ref()));

        assertThat(one.receiveMessage()).isEqualTo(new Taken(3));
        assertThat(leased(two).number()).isEqualTo(9);
    }

    @Test
    void a_new_connection_wins_also_where_the_clock_was_put_back() {
        partition.tell(new Lease(NOON.plusSeconds(3600).toEpochMilli(), 8, one.ref()));
        var before = leased(one).number();

        partition.tell(new Lease(0, 8, two.ref()));

        assertThat(leased(two).number()).isGreaterThan(before);
    }

    @Test
    void no_more_is_sent_than_a_connection_takes() {
        rows.addAll(List.of(waits("a", 1), waits("b", 1), waits("c", 1), waits("d", 1)));
        partition.tell(new Lease(0, 2, one.ref()));
        leased(one);
        given(one, "a", 1);
        given(one, "b", 1);
        nothing(one);

        partition.tell(new More(1, two.ref()));
        nothing(one);
        partition.tell(new More(1, one.ref()));
        given(one, "c", 1);
        nothing(one);
        partition.tell(new Lease(1, 1, one.ref()));

        given(one, "d", 1);
    }

    @Test
    void what_is_not_accepted_is_sent_again_on_the_same_connection_after_a_while() {
        rows.addAll(List.of(waits("a", 1), waits("b", 1)));
        partition.tell(new Lease(0, 8, one.ref()));
        var number = leased(one).number();
        given(one, "a", 1);
        given(one, "b", 1);
        partition.tell(waits("b", 0, 2));

        now = NOON.plus(AGAIN);
        partition.tell(new Lease(number, 8, one.ref()));
        partition.tell(new Tick());

        given(one, "a", 1);
        nothing(one);
        assertThat(traffic.sent()).isEqualTo(3);
        assertThat(traffic.again()).isOne();
    }

    @Test
    void a_lease_that_is_not_renewed_is_gone_and_nothing_more_is_sent() {
        partition.tell(new Lease(0, 8, one.ref()));
        var number = leased(one).number();
        now = NOON.plus(LEASE).minusMillis(1);
        partition.tell(new Lease(number, 8, one.ref()));
        now = NOON.plus(LEASE);
        partition.tell(new Tick());
        partition.tell(waits("a", 1));
        given(one, "a", 1);

        now = NOON.plus(LEASE).plus(LEASE);
        partition.tell(new Tick());
        partition.tell(waits("b", 1));

        shard.expectMessageClass(ClusterSharding.Passivate.class);
        nothing(one);
    }

    @Test
    void a_connection_that_ends_frees_it_at_once() {
        rows.add(waits("a", 1));
        partition.tell(new Lease(0, 8, one.ref()));
        leased(one);
        given(one, "a", 1);

        one.stop();

        shard.expectMessageClass(ClusterSharding.Passivate.class);
        partition.tell(new Lease(0, 8, two.ref()));
        leased(two);
        given(two, "a", 1);
    }

    @Test
    void without_a_connection_nothing_is_read_or_remembered() throws Exception {
        partition.tell(waits("a", 1));
        partition.tell(new Tick());
        partition.tell(new Lease(0, 8, one.ref()));

        leased(one);
        nothing(one);
        assertThat(firstReading()).isDone();
        assertThat(readings).hasSize(1);
    }

    @Test
    void rows_that_were_asked_for_another_connection_and_come_late_are_not_believed() throws Exception {
        held = true;
        partition.tell(new Lease(0, 8, one.ref()));
        leased(one);
        var reading = firstReading();
        one.stop();
        shard.expectMessageClass(ClusterSharding.Passivate.class);
        held = false;
        partition.tell(new Lease(0, 8, two.ref()));
        leased(two);

        reading.complete(List.of(waits("old", 1)));

        nothing(two);
    }

    @Test
    void rows_that_cannot_be_read_are_read_again_and_what_is_told_goes_out_meanwhile() throws Exception {
        held = true;
        rows.add(waits("a", 1));
        partition.tell(new Lease(0, 8, one.ref()));
        leased(one);
        var reading = firstReading();
        held = false;

        reading.completeExceptionally(new IllegalStateException("away"));
        partition.tell(waits("b", 1));

        given(one, "b", 1);
        given(one, "a", 1);
    }

    @Test
    void a_word_that_was_lost_is_healed_by_the_rows() {
        partition.tell(new Lease(0, 8, one.ref()));
        leased(one);
        nothing(one);
        rows.add(waits("a", 1));

        partition.tell(new Partition.Reread());

        given(one, "a", 1);
    }

    @Test
    void what_waits_is_shown_while_it_is_leased() {
        rows.addAll(List.of(waits("a", 1), waits("b", 1)));
        partition.tell(new Lease(0, 8, one.ref()));
        leased(one);
        given(one, "a", 1);
        given(one, "b", 1);

        assertThat(traffic.waiting()).isEqualTo(2);
        assertThat(traffic.oldest()).contains(NOON);
        assertThat(traffic.leased()).isOne();
        one.stop();
        shard.expectMessageClass(ClusterSharding.Passivate.class);
        assertThat(traffic.leased()).isZero();
    }

    @Test
    void a_conversations_partition_is_the_same_for_ever() {
        var conversations =
                List.of("caaaaaaaaaaaaaaaaaaaaaaaaaa", "cbbbbbbbbbbbbbbbbbbbbbbbbbb", "c234567234567234567234567ab");

        assertThat(conversations.stream().map(Partition::of)).containsExactly(7, 6, 11);
    }

    private static Leased leased(TestProbe<Told> connection) {
        var leased = connection.expectMessageClass(Leased.class);
        assertThat(leased.index()).isEqualTo(3);
        return leased;
    }

    private static void given(TestProbe<Told> connection, String conversation, long seq) {
        assertThat(connection.receiveMessage()).isEqualTo(new Given(3, conversation, seq));
    }

    /** What was told before is handled before: nothing came of it. */
    private void nothing(TestProbe<Told> connection) {
        var asked = actors.<Told>createTestProbe();
        partition.tell(new Lease(-1, 0, asked.ref()));
        asked.receiveMessage();
        connection.expectNoMessage(Duration.ZERO);
    }

    private static Waits waits(String conversation, long seq) {
        return waits(conversation, seq, seq);
    }

    private static Waits waits(String conversation, long seq, long at) {
        return new Waits(conversation, seq, Stamp.of(NOON, at));
    }
}
