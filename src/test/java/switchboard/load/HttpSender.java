package switchboard.load;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** A gateway's one connection, as lean as can be: what the client costs is missing elsewhere on the machine. */
public final class HttpSender implements Round.Client, AutoCloseable {

    /** What customers say: 200 characters. */
    public static final String TEXT = "Guten Tag, meine Rechnung stimmt nicht. ".repeat(5);

    /** So often an event is sent in all while it is told to come again. */
    private static final int PATIENCE = 300;

    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(200);

    private final Socket socket;
    private final InputStream in;
    private final String host;
    private final String name;
    private final String thread;
    private final int threads;
    private final int first;
    private int sent;
    private int again;

    /** Spreads its events of 200 characters over {@code threads} customers; their ids begin with {@code name}. */
    public HttpSender(URI address, String name, String thread, int threads) throws IOException {
        this(address, name, thread, threads, 0);
    }

    /** The same, beginning with the customer number {@code first} and the event of that number. */
    public HttpSender(URI address, String name, String thread, int threads, int first) throws IOException {
        this.first = first;
        this.sent = first;
        this.name = name;
        this.socket = new Socket(address.getHost(), address.getPort());
        socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(socket.getInputStream());
        this.host = address.getAuthority();
        this.thread = thread;
        this.threads = threads;
    }

    @Override
    public Void call() throws IOException {
        var id = sent++;
        var body = """
                {"specversion":"1.0","type":"message.received","source":"/chat/bench","id":"%s-%d","subject":"%s-%d",\
                "data":{"text":"%s"}}""".formatted(name, id, thread, id % threads, TEXT);
        var head = """
                POST /v1/events HTTP/1.1\r
                Host: %s\r
                Authorization: Bearer gateway.local-only\r
                Content-Type: application/cloudevents+json\r
                Content-Length: %d\r
                \r
                """.formatted(host, body.length());
        var request = (head + body).getBytes(StandardCharsets.US_ASCII);
        socket.getOutputStream().write(request);
        for (int times = 1; !acknowledged(); times++) {
            if (times == PATIENCE) {
                throw new IOException("still told to come again after " + PATIENCE + " times");
            }
            again++;
            LockSupport.parkNanos(PAUSE);
            socket.getOutputStream().write(request);
        }
        return null;
    }

    /** The id of what it sends next. */
    public String next() {
        return name + "-" + sent;
    }

    /** How often it was told to come again (503), which it did. */
    public int again() {
        return again;
    }

    /** Events so far. */
    public int sent() {
        return sent - first;
    }

    /** What its customer number {@code customer} has said so far, all of it acknowledged. */
    public Sent said(int customer) {
        var ids = IntStream.range(first, sent)
                .filter(id -> id % threads == customer)
                .mapToObj(id -> name + "-" + id);
        return new Sent(Sent.SOURCE, thread + "-" + customer, ids.toList());
    }

    private boolean acknowledged() throws IOException {
        var reply = Reply.read(in);
        if (reply.status() != 201 && !reply.again()) {
            throw new IOException(reply.toString());
        }
        return !reply.again();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
