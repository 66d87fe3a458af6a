package switchboard.clerks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import switchboard.program.Progress;

/** Server-sent events for as long as one stays, read by a thread of its own. */
final class Stream implements AutoCloseable {

    private final String path;
    private final Socket socket;
    private volatile boolean left;
    private final Thread thread;

    /** Returns once it is open; {@code heard} is told each event's data. */
    Stream(URI address, String credential, String path, Consumer<String> heard) throws IOException {
        this.path = path;
        socket = new Socket(address.getHost(), address.getPort());
        var head = """
                GET %s HTTP/1.1\r
                Host: %s\r
                Authorization: Bearer %s\r
                Accept: text/event-stream\r
                \r
                """.formatted(path, address.getAuthority(), credential);
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 1_024);
        var status = String.valueOf(lines.readLine());
        if (!status.startsWith("HTTP/1.1 200")) {
            socket.close();
            throw new IOException(path + ": " + status);
        }
        thread = Thread.ofVirtual().start(() -> read(lines, heard));
    }

    /** What lies between the events (the sizes of chunks, heartbeats) is passed over. */
    private void read(BufferedReader lines, Consumer<String> heard) {
        try (lines) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("data: ")) {
                    heard.accept(line.substring(6));
                }
            }
        } catch (IOException e) {
            ended(e.toString());
            return;
        }
        ended("its end");
    }

    /** Whoever waits for what would have come must be able to see why it did not. */
    private void ended(String how) {
        if (!left) {
            Progress.say(path + " has ended by itself: " + how);
        }
    }

    @Override
    public void close() throws IOException {
        left = true;
        socket.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
