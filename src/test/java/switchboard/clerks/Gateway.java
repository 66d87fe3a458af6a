package switchboard.clerks;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import switchboard.witness.Credentials;

/** The chat's gateway as far as it delivers: whoever waits is told that there is an answer for him, and it is accepted. */
public final class Gateway implements AutoCloseable {

    private static final Pattern LETTER = Pattern.compile("\"id\":\"([^\"]+)\".*?\"thread\":\"([^\"]+)\"");

    private final Map<String, CompletableFuture<Void>> waiting = new ConcurrentHashMap<>();
    private final Queue<Exception> failures = new ConcurrentLinkedQueue<>();
    private final Connection accepts;
    private final Stream letters;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** Connected. */
    public Gateway(URI address) throws IOException {
        accepts = new Connection(address, Credentials.LOCAL.gateway());
        letters = new Stream(address, Credentials.LOCAL.gateway(), "/v1/channels/chat/outbound", this::take);
    }

    /** What comes next for {@code customer}; to be asked for before he writes. */
    CompletableFuture<Void> next(String customer) {
        var next = new CompletableFuture<Void>();
        waiting.put(customer, next);
        return next;
    }

    private void take(String data) {
        var letter = LETTER.matcher(data);
        if (letter.find()) {
            var waits = waiting.remove(letter.group(2));
            if (waits != null) {
                waits.complete(null);
            }
            threads.execute(() -> accept(letter.group(1), letter.group(2)));
        }
    }

    private void accept(String id, String customer) {
        try {
            accepts.event("""
                    {"specversion":"1.0","type":"message.accepted","source":"%s","id":"took-%s","subject":"%s",\
                    "data":{"ref":"%s","providerId":"p-%s"}}""".formatted(Customers.SOURCE, id, customer, id, id)).taken();
        } catch (IOException e) {
            failures.add(e);
        }
    }

    /** Fails where anything could not be accepted. */
    @Override
    public void close() throws IOException {
        letters.close();
        threads.close();
        accepts.close();
        for (var failure : failures) {
            throw new IOException("what was delivered could not be accepted", failure);
        }
    }
}
