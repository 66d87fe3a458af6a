package switchboard.pressure;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import switchboard.load.HttpSender;
import switchboard.load.Reply;
import switchboard.load.Sent;

/** One of a gateway's, with one event of 200 characters under way at most. What is refused is not sent again. */
final class Connection implements AutoCloseable {

    private static final int LONGEST_ANSWER = 8 * 1024;

    private final Selector selector;
    private final InetSocketAddress from;
    private final InetSocketAddress to;
    private final ByteBuffer answer = ByteBuffer.allocate(LONGEST_ANSWER);
    private final String head;
    private final String name;
    private final IntFunction<String> customer;
    private final List<Integer> taken = new ArrayList<>();
    private SocketChannel channel;
    private boolean underWay;
    private boolean uncertain;
    private int lost;
    private int event;
    private long due;
    private long sent;

    /**
     * From this machine's address {@code from}. Its events are {@code name-0, name-1 …}, of these customers.
     *
     * @param selector to tell of answers; the key's attachment is this connection
     */
    Connection(
            Selector selector, URI address, String from, String credential, String name, IntFunction<String> customer)
            throws IOException {
        this.name = name;
        this.customer = customer;
        this.head = """
                POST /v1/events HTTP/1.1\r
                Host: %s\r
                Authorization: Bearer %s\r
                Content-Type: application/cloudevents+json\r
                Content-Length:\s""".formatted(address.getAuthority(), credential);
        this.selector = selector;
        this.from = new InetSocketAddress(from, 0);
        this.to = new InetSocketAddress(address.getHost(), address.getPort());
        this.channel = open();
    }

    private SocketChannel open() throws IOException {
        var it = SocketChannel.open();
        it.setOption(StandardSocketOptions.TCP_NODELAY, true);
        it.bind(from);
        it.connect(to);
        it.configureBlocking(false);
        it.register(selector, SelectionKey.OP_READ, this);
        return it;
    }

    /** The next event, which was {@code due} then. */
    void send(long due) throws IOException {
        this.due = due;
        var body = "{\"specversion\":\"1.0\",\"type\":\"message.received\",\"source\":\"" + Sent.SOURCE + "\",\"id\":\""
                + name + "-" + event + "\",\"subject\":\"" + customer.apply(event) + "\",\"data\":{\"text\":\""
                + HttpSender.TEXT
                + "\"}}";
        var request = ByteBuffer.wrap((head + body.length() + "\r\n\r\n" + body).getBytes(US_ASCII));
        sent = System.nanoTime();
        underWay = true;
        if (write(request) && request.hasRemaining()) {
            throw new IOException("a connection without anything under way takes no event");
        }
    }

    /** Events so far, whatever was answered. */
    int answered() {
        return event;
    }

    /** Takes what has come; the answer, if that is all of it. A connection that was ended is made anew. */
    Optional<Answer> read() throws IOException {
        if (ended()) {
            channel.close();
            channel = open();
            lost++;
            return underWay ? Optional.of(end(Answer.Kind.UNCERTAIN)) : Optional.empty();
        }
        var text = new String(answer.array(), 0, answer.position(), US_ASCII);
        var body = text.indexOf("\r\n\r\n") + 4;
        return body < 4 || text.length() < body + Reply.length(text.substring(0, body))
                ? Optional.empty()
                : Optional.of(end(kind(text)));
    }

    /** False where the other side has ended it, which reading finds too. */
    private boolean write(ByteBuffer request) {
        try {
            return channel.write(request) >= 0;
        } catch (IOException _) {
            return false;
        }
    }

    private boolean ended() {
        try {
            return channel.read(answer) < 0;
        } catch (IOException _) {
            return true;
        }
    }

    private Answer end(Answer.Kind kind) {
        answer.clear();
        if (kind == Answer.Kind.TAKEN) {
            taken.add(event);
        }
        uncertain |= kind == Answer.Kind.UNCERTAIN;
        underWay = false;
        event++;
        return new Answer(due, sent, System.nanoTime(), kind);
    }

    /** How often the other side ended it. */
    int lost() {
        return lost;
    }

    /** What each of its customers has said so far, all of it acknowledged; nothing where that is not known of an event. */
    List<Sent> said() {
        var byCustomer = new LinkedHashMap<String, List<String>>();
        taken.forEach(it -> byCustomer
                .computeIfAbsent(customer.apply(it), _ -> new ArrayList<>())
                .add(name + "-" + it));
        return uncertain
                ? List.of()
                : byCustomer.entrySet().stream()
                        .map(it -> new Sent(Sent.SOURCE, it.getKey(), it.getValue()))
                        .toList();
    }

    /** Fails where an answer is none of those that a gateway is promised. */
    static Answer.Kind kind(String answer) throws IOException {
        if (answer.startsWith("HTTP/1.1 201 ")) {
            return Answer.Kind.TAKEN;
        }
        if (answer.startsWith("HTTP/1.1 503 ") && answer.contains("\r\nRetry-After: ")) {
            return answer.contains("\"code\":\"overloaded\"") ? Answer.Kind.REFUSED : Answer.Kind.UNCERTAIN;
        }
        throw new IOException(answer);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
