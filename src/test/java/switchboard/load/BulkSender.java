package switchboard.load;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.IntStream;

/** A gateway's one connection that posts 1,000 events of 200 characters a request, as NDJSON. */
public final class BulkSender implements Round.Client, AutoCloseable {

    private static final int LINES = 1_000;
    // The same again while lines are turned away.
    private static final int PATIENCE = 20;
    private static final String TEXT = "Guten Tag, meine Rechnung stimmt nicht. ".repeat(5);

    private final Socket socket;
    private final InputStream in;
    private final String host;
    private final String name;
    private final int threads;
    private int sent;

    /** Spreads each request over {@code threads} customers, one line each by turns. */
    public BulkSender(URI address, String name, int threads) throws IOException {
        this.socket = new Socket(address.getHost(), address.getPort());
        socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(socket.getInputStream());
        this.host = address.getAuthority();
        this.name = name;
        this.threads = threads;
    }

    @Override
    public int events() {
        return LINES;
    }

    @Override
    public Void call() throws IOException {
        var body = new StringBuilder();
        for (int line = 0; line < LINES; line++) {
            body.append("""
                    {"specversion":"1.0","type":"message.received","source":"/chat/bench","id":"%d","subject":"%s-%d",\
                    "data":{"text":"%s"}}
                    """.formatted(sent, name, line % threads, TEXT));
            sent++;
        }
        var head = """
                POST /v1/events HTTP/1.1\r
                Host: %s\r
                Authorization: Bearer gateway.local-only\r
                Content-Type: application/x-ndjson\r
                Content-Length: %d\r
                \r
                """.formatted(host, body.length());
        var request = (head + body).getBytes(StandardCharsets.US_ASCII);
        var taken = 0L;
        for (int times = 0; times < PATIENCE && taken < LINES; times++) {
            socket.getOutputStream().write(request);
            taken = read();
        }
        if (taken < LINES) {
            throw new IOException(taken + " of " + LINES + " taken, " + PATIENCE + " times");
        }
        return null;
    }

    /** Events so far. */
    public int sent() {
        return sent;
    }

    /** What its customer number {@code customer} has said so far, all of it acknowledged. */
    public Sent said(int customer) {
        var ids = IntStream.range(0, sent).filter(id -> id % LINES % threads == customer).mapToObj(String::valueOf);
        return new Sent("/chat/bench", name + "-" + customer, ids.toList());
    }

    /** How many lines were taken. */
    private long read() throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            var c = in.read();
            if (c < 0) {
                throw new IOException("the connection ended");
            }
            head.append((char) c);
        }
        var length = head.toString()
                .lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                .sum();
        var body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        return body.lines().filter(line -> line.contains("\"status\":201")).count();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
