package switchboard.load;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** A gateway's one connection that posts 1,000 events of 200 characters a request, as NDJSON. */
public final class BulkSender implements Round.Client, AutoCloseable {

    private static final int LINES = 1_000;

    /** So often a request is sent in all while lines are told to come again. */
    private static final int PATIENCE = 20;

    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(200);
    private static final Pattern STATUS = Pattern.compile("\"status\":(\\d{3})");

    private final Socket socket;
    private final InputStream in;
    private final String host;
    private final String name;
    private final int threads;
    private int sent;
    private int again;

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
        var body = new StringBuilder(400 * LINES);
        for (int line = 0; line < LINES; line++) {
            body.append("{\"specversion\":\"1.0\",\"type\":\"message.received\",\"source\":\"/chat/bench\",\"id\":\"")
                    .append(sent++)
                    .append("\",\"subject\":\"")
                    .append(name)
                    .append('-')
                    .append(line % threads)
                    .append("\",\"data\":{\"text\":\"")
                    .append(HttpSender.TEXT)
                    .append("\"}}\n");
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
        for (int times = 1; !taken(request); times++) {
            if (times == PATIENCE) {
                throw new IOException("lines are still told to come again after " + PATIENCE + " times");
            }
            again++;
            LockSupport.parkNanos(PAUSE);
        }
        return null;
    }

    /** How often a request was sent again, as a whole, since lines of it or all were told to come again (503). */
    public int again() {
        return again;
    }

    /** Events so far. */
    public int sent() {
        return sent;
    }

    /** What its customer number {@code customer} has said so far, all of it acknowledged. */
    public Sent said(int customer) {
        var ids = IntStream.range(0, sent)
                .filter(id -> id % LINES % threads == customer)
                .mapToObj(String::valueOf);
        return new Sent(Sent.SOURCE, name + "-" + customer, ids.toList());
    }

    /** Sends it once; whether all of its lines were taken. */
    private boolean taken(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        var reply = Reply.read(in);
        return switch (reply.status()) {
            case 200 -> allTaken(reply.body(), LINES);
            case 503 -> false;
            default -> throw new IOException(reply.toString());
        };
    }

    /** Of {@code lines} lines that were sent; fails if one was answered neither with 201 nor with 503, or not at all. */
    static boolean allTaken(String answers, int lines) throws IOException {
        var taken = 0;
        var later = 0;
        for (var answer : answers.lines().toList()) {
            var status = STATUS.matcher(answer);
            switch (status.find() ? status.group(1) : "") {
                case "201" -> taken++;
                case "503" -> later++;
                default -> throw new IOException(answer);
            }
        }
        if (taken + later != lines) {
            throw new IOException((taken + later) + " answers to " + lines + " lines");
        }
        return taken == lines;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
