package switchboard.clerks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A connection that stays open, of somebody who asks one thing after the other; as lean as can be. Safe for many threads, who wait for each other. */
final class Connection implements AutoCloseable {

    /** What came back; never a 503, after which the same is asked again. */
    record Answer(int status, String body) {

        /** Fails where it is no success. */
        Answer taken() throws IOException {
            if (status / 100 != 2) {
                throw new IOException(status + " " + body);
            }
            return this;
        }
    }

    private static final int COME_AGAIN = 503;
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
    Answer event(String json) throws IOException {
        return asked("POST", "/v1/events", "Content-Type: application/cloudevents+json\r\n", json);
    }

    /** An order with a key. */
    Answer order(String path, String key, String json) throws IOException {
        return asked("POST", path, "Content-Type: application/json\r\nIdempotency-Key: " + key + "\r\n", json);
    }

    Answer put(String path, String json) throws IOException {
        return asked("PUT", path, "Content-Type: application/json\r\n", json);
    }

    private synchronized Answer asked(String method, String path, String fields, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var head = "%s %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n%sContent-Length: %d\r\n\r\n"
                .formatted(method, path, host, credential, fields, bytes.length);
        var request = new byte[head.length() + bytes.length];
        System.arraycopy(head.getBytes(StandardCharsets.US_ASCII), 0, request, 0, head.length());
        System.arraycopy(bytes, 0, request, head.length(), bytes.length);
        while (true) {
            socket.getOutputStream().write(request);
            var answer = answer();
            if (answer.status != COME_AGAIN) {
                return answer;
            }
            LockSupport.parkNanos(PAUSE);
        }
    }

    private Answer answer() throws IOException {
        var status = line();
        var length = 0;
        for (var line = line(); !line.isEmpty(); line = line()) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(15).strip());
            }
        }
        var body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        return new Answer(Integer.parseInt(status.substring(9, 12)), body);
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the connection ended");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
