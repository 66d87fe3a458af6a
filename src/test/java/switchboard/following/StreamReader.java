package switchboard.following;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** One who follows a stream of events on a connection of his own, as lean as can be. A thread of its own runs him. */
public final class StreamReader implements Runnable, AutoCloseable {

    /** Told of each event that can be resumed after, as soon as it has come. By the reader's thread. */
    public interface Listener {
        void heard(String id, String data);
    }

    private static final String ID = "id: ";
    private static final String DATA = "data: ";

    private final Socket socket;
    private final String path;
    private final Listener listener;

    /** Has asked for {@code path} already when it returns. */
    public StreamReader(URI address, String credential, String path, Listener listener) throws IOException {
        this.path = path;
        this.listener = listener;
        this.socket = new Socket(address.getHost(), address.getPort());
        // Ends like one who is cut off: of one who merely says no more the program hears at the next heartbeats.
        socket.setSoLinger(true, 0);
        var head = """
                GET %s HTTP/1.1\r
                Host: %s\r
                Authorization: Bearer %s\r
                Accept: text/event-stream\r
                \r
                """.formatted(path, address.getAuthority(), credential);
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    }

    /** Until he is closed. */
    @Override
    public void run() {
        try (var lines =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 1_024)) {
            var status = lines.readLine();
            if (status == null || !status.startsWith("HTTP/1.1 200")) {
                throw new IOException(String.valueOf(status));
            }
            listen(lines);
            throw new IOException("it has ended");
        } catch (IOException e) {
            if (!socket.isClosed()) {
                throw new AssertionError("a reader lost his stream " + path, e);
            }
        }
    }

    /** What lies between the events (the sizes of chunks, heartbeats) is passed over. */
    private void listen(BufferedReader lines) throws IOException {
        var id = "";
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(ID)) {
                id = line.substring(ID.length());
            } else if (line.startsWith(DATA) && !id.isEmpty()) {
                listener.heard(id, line.substring(DATA.length()));
                id = "";
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
