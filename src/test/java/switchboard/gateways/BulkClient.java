package switchboard.gateways;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A gateway's connection that says and reads exactly what a test wants. */
final class BulkClient implements AutoCloseable {

    private final Socket socket;
    private final InputStream in;

    BulkClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(40_000);
        in = new BufferedInputStream(socket.getInputStream());
    }

    static String head(String more) {
        return "POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\n"
                + "Authorization: Bearer gateway.local-only\r\n" + more + "\r\n";
    }

    /** All of a request, before anything is read. */
    void send(Stream<String> lines) throws IOException {
        var body = lines.collect(Collectors.joining());
        write(head("Content-Length: " + body.getBytes(UTF_8).length + "\r\n"));
        write(body);
    }

    void write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(UTF_8));
    }

    void chunk(String text) throws IOException {
        write(Integer.toHexString(text.getBytes(UTF_8).length) + "\r\n" + text + "\r\n");
    }

    /** Of the next answer, without its body. */
    int status() throws IOException {
        return status(headers());
    }

    /** The next answer's lines, in brief. */
    List<String> answers() throws IOException {
        var headers = headers();
        if (status(headers) != 200) {
            throw new AssertionError(headers.getFirst());
        }
        var length = headers.stream()
                .filter(h -> h.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .mapToInt(h -> Integer.parseInt(h.substring(15).strip()))
                .findFirst()
                .orElseThrow();
        return new String(in.readNBytes(length), UTF_8)
                .lines()
                .map(BulkRoutesTest::brief)
                .toList();
    }

    /** Whether the server has closed, once all is read. */
    boolean ended() throws IOException {
        return in.read() < 0;
    }

    private List<String> headers() throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            var c = in.read();
            if (c < 0) {
                throw new EOFException("ended after: " + head);
            }
            head.append((char) c);
        }
        return head.toString().lines().toList();
    }

    private static int status(List<String> headers) {
        return Integer.parseInt(headers.getFirst().substring(9, 12));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
