package switchboard.gateways;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import switchboard.conversation.Conversation.ReceiveAll;
import switchboard.edge.Edge;
import switchboard.http.Connections;
import switchboard.http.Cors;
import switchboard.http.Server;

/** Many events in one request on real connections, by clients that do it wrong. */
class BulkServerTest {

    private static final Edge edge = new Edge(Duration.ofMillis(500));
    private static Server server;

    @BeforeAll
    static void start() throws Exception {
        edge.bulkDeadline = Duration.ofSeconds(2);
        var limits = new Connections.Limits(64, 64, Duration.ofSeconds(30), Duration.ofSeconds(20));
        var settings = new Server.Settings("127.0.0.1", 0, true, Cors.NONE, limits, Duration.ofSeconds(20));
        server = Server.start(edge.actors.system(), settings, edge.ready::get, edge.routes())
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
    }

    @AfterAll
    static void stop() throws Exception {
        server.stop(Duration.ofSeconds(1)).toCompletableFuture().get(30, TimeUnit.SECONDS);
        edge.close();
    }

    @BeforeEach
    void fresh() {
        edge.commands.clear();
        edge.answering(BulkRoutesTest::stored);
    }

    @Test
    void a_client_may_send_all_before_it_reads() throws Exception {
        try (var client = client()) {
            client.send(lines(10_000));

            assertThat(client.answers()).hasSize(10_000).allMatch(a -> a.endsWith(" 201"));
        }
    }

    @Test
    void the_connection_stays_open_for_the_next_request() throws Exception {
        try (var client = client()) {
            for (int round = 0; round < 3; round++) {
                client.send(lines(500));
                assertThat(client.answers()).hasSize(500);
            }
        }
    }

    @Test
    void a_client_that_never_reads_is_ended_and_its_place_given_back() throws Exception {
        try (var client = client()) {
            client.send(lines(10_000));

            until(() -> edge.commands.size() > 9);
            until(() -> edge.bulks.taken() == 0);
        }
    }

    @Test
    void of_a_body_that_drips_what_was_whole_is_answered() throws Exception {
        try (var client = client()) {
            client.write(BulkClient.head("Transfer-Encoding: chunked\r\n"));
            client.chunk(BulkRoutesTest.line("t1", 1) + BulkRoutesTest.line("t1", 2) + "{\"half");

            assertThat(client.answers()).containsExactly("0 e-1 201", "1 e-2 201", "2 - 408 body_too_slow");
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void a_body_that_keeps_the_least_pace_is_ended_at_its_deadline_all_the_same() throws Exception {
        try (var client = client()) {
            client.write(BulkClient.head("Transfer-Encoding: chunked\r\n"));

            assertThatThrownBy(() -> {
                        while (true) {
                            client.chunk("\n".repeat(4_096));
                            LockSupport.parkNanos(100_000_000);
                        }
                    })
                    .isInstanceOf(IOException.class);
            until(() -> edge.bulks.taken() == 0);
        }
    }

    @Test
    void a_line_that_a_broken_connection_cut_is_dropped_even_if_it_would_be_an_event() throws Exception {
        try (var client = client()) {
            var whole = BulkRoutesTest.line("cut", 1);
            client.write(BulkClient.head("Content-Length: 100000\r\n"));
            client.write(whole + BulkRoutesTest.event("cut", 2));
            until(() -> !stored("cut").isEmpty());
        }

        until(() -> edge.bulks.taken() == 0);
        assertThat(stored("cut")).containsExactly("e-1");
    }

    @Test
    void one_thread_on_two_connections_is_written_by_one_command_at_a_time() throws Exception {
        var held = new CountDownLatch(1);
        edge.answering(command -> {
            await(held);
            return BulkRoutesTest.stored(command);
        });
        try (var one = client();
                var two = client()) {
            one.send(Stream.of(BulkRoutesTest.line("same", 1)));
            until(() -> edge.commands.size() == 1);
            two.send(IntStream.range(2, 12).mapToObj(i -> BulkRoutesTest.line("same", i)));
            until(() -> edge.bulks.taken() == 2);
            held.countDown();

            assertThat(one.answers()).containsExactly("0 e-1 201");
            assertThat(two.answers()).hasSize(10).allMatch(a -> a.endsWith(" 201"));
        }
        assertThat(stored("same"))
                .containsExactlyElementsOf(
                        IntStream.range(1, 12).mapToObj(i -> "e-" + i).toList());
    }

    @Test
    void a_body_over_the_limit_by_its_length_is_refused_unread() throws Exception {
        try (var client = client()) {
            client.write(BulkClient.head("Content-Length: 33554433\r\n"));

            assertThat(client.status()).isEqualTo(413);
        }
    }

    @Test
    void a_client_may_wait_until_it_is_asked_to_go_on() throws Exception {
        try (var client = client()) {
            var body = BulkRoutesTest.line("t1", 1);
            client.write(BulkClient.head("Expect: 100-continue\r\nContent-Length: " + body.length() + "\r\n"));
            assertThat(client.status()).isEqualTo(100);
            client.write(body);

            assertThat(client.answers()).containsExactly("0 e-1 201");
        }
    }

    @Test
    void what_a_body_brings_too_much_is_let_through_so_that_its_sender_sees_why() throws Exception {
        try (var client = client()) {
            client.send(lines(10_100));

            assertThat(client.answers()).hasSize(10_001).last().isEqualTo("10000 - 413 too_many_events");
        }
    }

    private static Stream<String> lines(int count) {
        return IntStream.range(0, count).mapToObj(i -> BulkRoutesTest.line("t" + i % 50, i));
    }

    private static List<String> stored(String thread) {
        return edge.commands.stream()
                .flatMap(c -> ((ReceiveAll) c).events().stream())
                .filter(e -> e.thread().canonical().text().equals(thread))
                .map(e -> e.id().text())
                .toList();
    }

    private static void await(CountDownLatch held) {
        try {
            assertThat(held.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void until(BooleanSupplier holds) {
        edge.actors.createTestProbe().awaitAssert(Duration.ofSeconds(30), () -> {
            assertThat(holds.getAsBoolean()).isTrue();
            return true;
        });
    }

    private static BulkClient client() throws IOException {
        return new BulkClient(server.address().getPort());
    }
}
