package switchboard.clerks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import switchboard.load.Reply;

/** A connection that stays open, of somebody who asks one thing after the other; as lean as can be. Safe for many threads, who wait for each other. */
final class Connection implements AutoCloseable {

    /** So often the same is asked in all while it is told to come again. */
    private static final int PATIENCE = 300;

    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(200);

    private final Socket socket;
    private final InputStream in;
    private final String host;
    private final String credential;

    Connection(URI address, String credential) throws IOException {
        this.socket = new Socket(address.getHost(), address.getPort());
        socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(socket.getInputStream());
        this.host = address.getAuthority();
        this.credential = credential;
    }

    /** A gateway's event. */
    Reply event(String json) throws IOException {
        return asked("POST", "/v1/events", "Content-Type: application/cloudevents+json\r\n", json);
    }

    /** An order with a key. */
    Reply order(String path, String key, String json) throws IOException {
        return asked("POST", path, "Content-Type: application/json\r\nIdempotency-Key: " + key + "\r\n", json);
    }

    Reply put(String path, String json) throws IOException {
        return asked("PUT", path, "Content-Type: application/json\r\n", json);
    }

    private synchronized Reply asked(String method, String path, String fields, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var head = "%s %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n%sContent-Length: %d\r\n\r\n"
                .formatted(method, path, host, credential, fields, bytes.length);
        var request = new byte[head.length() + bytes.length];
        System.arraycopy(head.getBytes(StandardCharsets.US_ASCII), 0, request, 0, head.length());
        System.arraycopy(bytes, 0, request, head.length(), bytes.length);
        for (int times = 1; times <= PATIENCE; times++) {
            socket.getOutputStream().write(request);
            var reply = Reply.read(in);
            if (!reply.again()) {
                return reply;
            }
            LockSupport.parkNanos(PAUSE);
        }
        throw new IOException(path + ": still told to come again after " + PATIENCE + " times");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
