package switchboard.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.SinkQueueWithCancel;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import switchboard.SwitchboardProcess;
import switchboard.channel.Connection.Deliver;
import switchboard.channel.Connection.Event;
import switchboard.channel.Connection.Lost;
import switchboard.channel.Partition.Command;
import switchboard.channel.Partition.Given;
import switchboard.channel.Partition.Lease;
import switchboard.channel.Partition.Leased;
import switchboard.channel.Partition.More;
import switchboard.channel.Partition.Taken;
import switchboard.channel.Partition.Told;

/** One gateway's connection, with partitions that are probes. */
class ConnectionTest {

    private static final ActorTestKit actors = ActorTestKit.create();

    private final Traffic traffic = new Traffic();
    private final Map<Integer, TestProbe<Command>> partitions =
            Map.of(1, actors.<Command>createTestProbe(), 2, actors.<Command>createTestProbe());
    private SinkQueueWithCancel<Event> gateway = connect(Set.of(1, 2), Duration.ofHours(1));

    private SinkQueueWithCancel<Event> connect(Set<Integer> wanted, Duration renewal) {
        return Source.fromGraph(new Connection(wanted, i -> partition(i).ref(), traffic, renewal))
                .runWith(Sink.<Event>queue().withAttributes(Attributes.inputBuffer(1, 1)), actors.system());
    }

    @AfterEach
    void end() {
        gateway.cancel();
    }

    @AfterAll
    static void stop() {
        actors.shutdownTestKit();
    }

    @Test
    void it_leases_all_that_it_wants_as_a_new_one() {
        assertThat(lease(1).number()).isZero();
        var second = lease(2);
        assertThat(second.number()).isZero();
        assertThat(second.room()).isEqualTo(Connection.ROOM);
    }

    @Test
    void what_partitions_give_is_passed_on_in_their_order() {
        var connection = leased(1, 7);
        connection.tell(new Given(1, "a", 3));
        connection.tell(new Given(1, "b", 1));

        assertThat(next()).contains(new Deliver("a", 3));
        assertThat(next()).contains(new Deliver("b", 1));
    }

    @Test
    void a_partition_is_asked_for_more_as_messages_are_taken_and_not_before() {
        var connection = leased(1, 7);
        var taken = gateway.pull();
        IntStream.range(0, Connection.ROOM).forEach(i -> connection.tell(new Given(1, "c" + i, 1)));
        join(taken);
        partition(1).expectNoMessage(Duration.ZERO);

        IntStream.range(0, Connection.ROOM / 2).forEach(_ -> next());

        assertThat(partition(1).expectMessageClass(More.class).messages()).isEqualTo(Connection.ROOM / 2);
    }

    @Test
    void who_reads_nothing_is_renewed_with_the_room_that_is_left_and_holds_a_bounded_number() {
        gateway.cancel();
        lease(1);
        gateway = connect(Set.of(1), Duration.ofMillis(20));
        var connection = leased(1, 7);
        IntStream.range(0, 10 * Connection.ROOM).forEach(i -> connection.tell(new Given(1, "c" + i, 1)));

        var renewal = lease(1);
        while (renewal.room() > 0) {
            renewal = lease(1);
        }

        assertThat(renewal.number()).isEqualTo(7);
        var passedOn = 0;
        for (var event = gateway.pull(); ; event = gateway.pull(), passedOn++) {
            if (!event.toCompletableFuture().isDone() && passedOn >= 2 * Connection.ROOM) {
                break;
            }
            join(event);
        }
        assertThat(passedOn).isLessThanOrEqualTo(2 * Connection.ROOM + 2);
    }

    @Test
    void what_is_taken_away_is_said_before_what_is_left_and_its_messages_are_dropped() {
        var first = leased(1, 7);
        var second = leased(2, 7);
        first.tell(new Given(1, "a", 1));
        first.tell(new Given(1, "b", 1));
        second.tell(new Given(2, "c", 1));
        first.tell(new Taken(1));
        second.tell(new Given(2, "d", 1));

        var told = List.of(next(), next(), next(), next());

        assertThat(told).contains(Optional.of(new Lost(Set.of(1))), Optional.of(new Deliver("d", 1)));
        assertThat(told).doesNotContain(Optional.of(new Deliver("b", 1)));
    }

    @Test
    void it_ends_when_nothing_is_left() {
        var connection = leased(1, 7);
        connection.tell(new Taken(1));
        connection.tell(new Taken(2));

        var told = List.of(next(), next());

        assertThat(told.getFirst().orElseThrow()).isInstanceOf(Lost.class);
        while (next().isPresent()) {
            assertThat(traffic.connections()).isNotNegative();
        }
    }

    @Test
    void a_partition_that_ends_is_leased_again_under_the_same_number_and_what_it_gave_is_forgotten() {
        var incarnation = actors.<Command>createTestProbe();
        var connection = lease(1).connection();
        connection.tell(new Leased(1, 7, incarnation.ref()));
        connection.tell(new Given(1, "a", 1));
        connection.tell(new Given(1, "b", 1));
        connection.tell(new Given(1, "c", 1));
        assertThat(next()).contains(new Deliver("a", 1));

        incarnation.stop();

        assertThat(partition(1).expectMessageClass(Lease.class).number()).isEqualTo(7);
        connection.tell(new Leased(1, 7, partition(1).ref()));
        connection.tell(new Given(1, "z", 9));
        var told = new java.util.ArrayList<Event>();
        while (told.isEmpty() || !told.getLast().equals(new Deliver("z", 9))) {
            told.add(next().orElseThrow());
        }
        assertThat(told).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void for_how_long_a_gateway_has_taken_nothing_is_known_and_only_while_there_is_something_for_it() {
        var connection = new Connection(Set.of(2), i -> partition(i).ref(), traffic, Duration.ofHours(1));
        lease(2);
        var pull = Source.fromGraph(connection)
                .runWith(Sink.<Event>queue().withAttributes(Attributes.inputBuffer(1, 1)), actors.system());
        assertThat(connection.stuck(System.nanoTime())).isEmpty();
        var self = lease(2).connection();
        self.tell(new Leased(2, 7, partition(2).ref()));

        IntStream.range(0, Connection.ROOM).forEach(i -> self.tell(new Given(2, "c" + i, 1)));
        SwitchboardProcess.await(
                "stuck", () -> connection.stuck(System.nanoTime()).isPresent());
        IntStream.range(0, Connection.ROOM).forEach(_ -> join(pull.pull()));

        assertThat(connection.stuck(System.nanoTime())).isEmpty();
        pull.cancel();
    }

    @Test
    void a_gateway_that_leaves_is_seen_to_leave() {
        var connection = leased(1, 7);
        var watcher = actors.<Void>createTestProbe();
        assertThat(traffic.connections()).isOne();

        gateway.cancel();

        watcher.expectTerminated(connection, Duration.ofSeconds(10));
        assertThat(traffic.connections()).isZero();
    }

    private TestProbe<Command> partition(int index) {
        return java.util.Objects.requireNonNull(partitions.get(index));
    }

    private Lease lease(int index) {
        return partition(index).expectMessageClass(Lease.class);
    }

    private ActorRef<Told> leased(int index, long number) {
        var connection = lease(index).connection();
        connection.tell(new Leased(index, number, partition(index).ref()));
        return connection;
    }

    private Optional<Event> next() {
        return join(gateway.pull());
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }
}
