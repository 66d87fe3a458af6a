package switchboard.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static switchboard.edge.Edge.C;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import switchboard.conversation.Conversation;
import switchboard.conversation.Conversation.Command;
import switchboard.conversation.Conversation.Following;
import switchboard.conversation.Conversation.View;
import switchboard.edge.Edge;
import switchboard.http.Connections;
import switchboard.http.Cors;
import switchboard.http.Server;
import switchboard.journal.Journal.Row;
import switchboard.log.Hash;
import switchboard.log.Head;
import switchboard.log.Pen;

/** One who takes a byte a second of more than a gigabyte, over a real connection. */
class SlowReaderTest {

    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
    private static final Pattern ID = Pattern.compile("id: ([0-9]+)\nevent: note.added\ndata: [^\n]*\n\n");
    private static final int TEXT = 16_384;
    private static final int HEAD = 100_000;
    private static final int MOST_TAKEN = 32 * 1024 * 1024;
    private static final int BUFFER = 65_536;
    private static final Duration LONG = Duration.ofMinutes(2);

    private final Edge edge = new Edge();
    private final TestProbe<Command> actor = TestProbe.create(edge.actors.system());
    private final AtomicLong read = new AtomicLong();
    private Server server;

    @BeforeEach
    void a_conversation_of_more_than_a_gigabyte() {
        edge.streams.close();
        edge.streams = new Streams(
                edge.actors.system(),
                new Streams.Bounds(6, 4, LONG, Duration.ofSeconds(1), Duration.ofSeconds(2), LONG));
        var view = new View(C, HEAD, "web", "bot", 1, "", "", "", 1, "", 1, NOON, NOON, "", 0);
        edge.answering(command ->
                StatusReply.success(command instanceof Conversation.Follow ? new Following(view, actor.ref()) : view));
        edge.rows =
                (_, after, until) -> Source.range((int) after + 1, (int) until).map(number -> row(number, after));
        var limits = new Connections.Limits(64, 64, LONG, LONG);
        var settings = new Server.Settings("127.0.0.1", 0, true, Cors.NONE, limits, LONG);
        server = Server.start(edge.actors.system(), settings, () -> true, edge.routes())
                .toCompletableFuture()
                .join();
    }

    @AfterEach
    void stop() {
        server.stop(Duration.ofSeconds(1)).toCompletableFuture().join();
        edge.close();
    }

    /** What is read from the beginning is counted: only the slow one begins there. */
    private Row row(int number, long after) {
        if (after == 0) {
            read.addAndGet(TEXT);
        }
        var head = new Head(number - 1, Hash.parse("a".repeat(64)));
        var data = Map.of("author", "ana", "text", "x".repeat(TEXT));
        return new Row(number, new Pen(Edge.TENANT, 1).write(head, "note.added", NOON, 1, data));
    }

    @Test
    void is_held_in_bounded_memory_delays_nobody_and_is_cut_off_with_a_number_to_resume_after() throws Exception {
        var shown = new ByteArrayOutputStream();
        try (var slow = reads("supervisor", 0, 4_096)) {
            until(3, slow, shown);

            try (var quick = reads("auditor", 1, BUFFER)) {
                var all = new ByteArrayOutputStream();
                until(100, quick, all);
                assertThat(ids(all))
                        .isEqualTo(LongStream.range(2, ids(all).getLast() + 1)
                                .boxed()
                                .toList());
            }
            assertThat(alive()).startsWith("HTTP/1.1 200");
            for (int second = 0; edge.streams.slow() == 0 && second < 60; second++) {
                shown.write(slow.getInputStream().read());
                LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
            }
            rest(slow, shown);
        }

        assertThat(edge.streams.slow()).isEqualTo(1);
        assertThat(read.get()).isLessThan(MOST_TAKEN);
        var had = ids(shown);
        assertThat(had).isEqualTo(LongStream.rangeClosed(1, had.size()).boxed().toList());
        try (var again = reads("supervisor", had.size(), BUFFER)) {
            var next = new ByteArrayOutputStream();
            until(had.size() + 1, again, next);
            assertThat(ids(next).getFirst()).isEqualTo(had.size() + 1);
        }
    }

    private Socket reads(String who, long after, int buffer) throws IOException {
        var socket = connected(buffer);
        socket.getOutputStream()
                .write(("GET /v1/conversations/" + C + "/events HTTP/1.0\r\nHost: localhost\r\nLast-Event-ID: " + after
                                + "\r\nAccept: text/event-stream\r\nAuthorization: Bearer " + who
                                + ".local-only\r\n\r\n")
                        .getBytes(UTF_8));
        return socket;
    }

    private String alive() throws IOException {
        try (var socket = connected(BUFFER)) {
            socket.getOutputStream()
                    .write("GET /alive HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    private Socket connected(int buffer) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(buffer);
        socket.setSoTimeout((int) LONG.toMillis());
        socket.connect(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), server.address().getPort()));
        return socket;
    }

    /** Until the event with that number has come. */
    private static void until(long number, Socket from, ByteArrayOutputStream all) throws IOException {
        var buffer = new byte[BUFFER];
        while (ids(all).stream().noneMatch(id -> id >= number)) {
            var n = from.getInputStream().read(buffer);
            assertThat(n).as("ended after %s", ids(all)).isPositive();
            all.write(buffer, 0, n);
        }
    }

    /** What had come before it was cut off. */
    private static void rest(Socket from, ByteArrayOutputStream all) throws IOException {
        try {
            from.getInputStream().transferTo(all);
        } catch (SocketException e) {
            assertThat(e).hasMessageContaining("reset");
        }
    }

    /** The numbers of the events that have come whole. */
    private static List<Long> ids(ByteArrayOutputStream all) {
        var ids = new ArrayList<Long>();
        ID.matcher(all.toString(UTF_8)).results().forEach(found -> ids.add(Long.parseLong(found.group(1))));
        return ids;
    }
}
