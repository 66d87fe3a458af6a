package switchboard.pressure;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import switchboard.load.Sent;
import switchboard.pressure.Answer.Kind;

class CrowdTest {

    private static final String TAKEN = "HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}";
    private static final String BODY = "{\"code\":\"overloaded\"}";
    private static final String REFUSED = "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: "
            + BODY.length() + "\r\n\r\n" + BODY;
    private static final String NOTHING = "";

    @Test
    void each_connection_speaks_for_each_of_its_customers_in_turn() throws IOException {
        try (var server = new Answering(_ -> TAKEN);
                var crowd = Crowd.of(server.address(), "key", "who", 3, 2)) {

            crowd.each(4);

            assertThat(server.asked()).isEqualTo(12);
            assertThat(crowd.said(1, 2))
                    .containsExactly(
                            new Sent(Sent.SOURCE, "who-1-0", List.of("who-1-0", "who-1-2")),
                            new Sent(Sent.SOURCE, "who-1-1", List.of("who-1-1", "who-1-3")));
        }
    }

    @Test
    void what_is_refused_is_not_said_and_does_not_come_again() throws IOException {
        try (var server = new Answering(number -> number == 1 ? REFUSED : TAKEN);
                var crowd = Crowd.of(server.address(), "key", "who", 1, 1)) {

            crowd.each(3);

            assertThat(server.asked()).isEqualTo(3);
            assertThat(crowd.said(0, 1))
                    .containsExactly(new Sent(Sent.SOURCE, "who-0-0", List.of("who-0-0", "who-0-2")));
        }
    }

    @Test
    void an_ended_connection_is_made_anew_and_of_what_it_said_nothing_is_claimed() throws IOException {
        try (var server = new Answering(number -> number == 1 ? NOTHING : TAKEN);
                var crowd = Crowd.of(server.address(), "key", "who", 1, 1)) {

            crowd.each(3);

            assertThat(server.asked()).isEqualTo(3);
            assertThat(crowd.lost()).isEqualTo(1);
            assertThat(crowd.said(0, 1)).isEmpty();
        }
    }

    @Test
    void as_many_are_offered_as_are_due_whatever_becomes_of_them() throws IOException {
        try (var server = new Answering(number -> number % 2 == 0 ? REFUSED : TAKEN);
                var crowd = Crowd.of(server.address(), "key", "who", 20, 1)) {

            var first = crowd.offer(100, Duration.ofMillis(200));
            crowd.settle();

            assertThat(server.asked() + first.unsent()).isEqualTo(20);
            assertThat(first.count(Kind.TAKEN) + first.count(Kind.REFUSED))
                    .isEqualTo(first.answers().size());
        }
    }

    /** Answers each request with what is said of its number, from 0 on; with nothing: ends the connection. */
    private static final class Answering implements AutoCloseable {

        private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final AtomicInteger asked = new AtomicInteger();
        private final IntFunction<String> answers;

        Answering(IntFunction<String> answers) throws IOException {
            this.answers = answers;
            Thread.ofVirtual().start(this::accept);
        }

        URI address() {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }

        int asked() {
            return asked.get();
        }

        private void accept() {
            try {
                while (true) {
                    var connection = socket.accept();
                    Thread.ofVirtual().start(() -> serve(connection));
                }
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }

        private void serve(Socket connection) {
            try (connection;
                    var in = new BufferedReader(new InputStreamReader(connection.getInputStream(), US_ASCII))) {
                while (read(in)) {
                    var answer = answers.apply(asked.getAndIncrement());
                    if (answer.isEmpty()) {
                        return;
                    }
                    connection.getOutputStream().write(answer.getBytes(US_ASCII));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** One request, or false at the end. */
        private static boolean read(BufferedReader in) throws IOException {
            var length = -1;
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("Content-Length: ")) {
                    length = Integer.parseInt(line.substring(16));
                }
                if (line.isEmpty()) {
                    return in.skip(length) == length;
                }
            }
            return false;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
