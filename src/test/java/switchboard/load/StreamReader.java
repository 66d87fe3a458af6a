package switchboard.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;

/** One who follows a conversation on a connection of his own, as lean as can be. A thread of its own runs him. */
public final class StreamReader implements Runnable, AutoCloseable {

    private static final Pattern PROBE = Pattern.compile("\"id\":\"probe-([0-9]+)\"");

    private final Socket socket;
    private final String conversation;
    private final LongConsumer probes;
    private volatile long last;

    /** {@code probes} is told of each event with an id {@code probe-n} when it has come. */
    public StreamReader(URI address, String credential, String conversation, LongConsumer probes) throws IOException {
        this.conversation = conversation;
        this.probes = probes;
        this.socket = new Socket(address.getHost(), address.getPort());
        var head = """
                GET /v1/conversations/%s/events HTTP/1.1\r
                Host: %s\r
                Authorization: Bearer %s\r
                Accept: text/event-stream\r
                \r
                """.formatted(conversation, address.getAuthority(), credential);
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    }

    public String conversation() {
        return conversation;
    }

    /** The last number seen. */
    public long last() {
        return last;
    }

    @Override
    public void run() {
        try (var lines =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 1_024)) {
            var status = lines.readLine();
            if (status == null || !status.startsWith("HTTP/1.1 200")) {
                throw new IOException(String.valueOf(status));
            }
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                take(line);
            }
        } catch (IOException e) {
            if (!socket.isClosed()) {
                throw new AssertionError("a reader lost his stream", e);
            }
        }
    }

    /** What lies between the events (the sizes of chunks, heartbeats) is passed over. */
    private void take(String line) {
        if (line.startsWith("id: ")) {
            last = Long.parseLong(line.substring(4));
        } else if (line.startsWith("data: ")) {
            var probe = PROBE.matcher(line);
            if (probe.find()) {
                probes.accept(Long.parseLong(probe.group(1)));
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
