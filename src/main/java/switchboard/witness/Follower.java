package switchboard.witness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import switchboard.invariants.Segment;
import switchboard.invariants.Segment.Shown;

/**
 * One who follows a conversation as the contract has it: whatever ends his stream, he comes again after the last number that
 * he has seen. A thread of its own runs him; he notes what each connection showed.
 */
public final class Follower implements Runnable, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final HttpClient http;
    private final Supplier<URI> address;
    private final String credential;
    private final String conversation;
    private final long from;
    private final List<Segment> segments = new ArrayList<>();
    private List<Shown> showing = new ArrayList<>();
    private long asked;
    private long last;
    private int connections;
    private volatile boolean enough;
    private volatile Thread runner = Thread.currentThread();

    /** Goes on from the number {@code from}; the address may change between connections. */
    public Follower(HttpClient http, Supplier<URI> address, String credential, String conversation, long from) {
        this.http = http;
        this.address = address;
        this.credential = credential;
        this.conversation = conversation;
        this.from = from;
        this.asked = from;
        this.last = from;
    }

    public String conversation() {
        return conversation;
    }

    public long from() {
        return from;
    }

    /** The last number seen. */
    public synchronized long last() {
        return last;
    }

    /** Streams opened so far. */
    public synchronized int connections() {
        return connections;
    }

    /** What each connection showed, the present one too. */
    public synchronized List<Segment> segments() {
        var all = new ArrayList<>(segments);
        all.add(new Segment(asked, showing));
        return all;
    }

    @Override
    public void run() {
        runner = Thread.currentThread();
        while (!enough) {
            try {
                connect();
            } catch (IOException e) {
                // gone, or not there yet: he comes again
            } catch (InterruptedException e) {
                return;
            }
            LockSupport.parkNanos(PAUSE.toNanos() + ThreadLocalRandom.current().nextLong(PAUSE.toNanos()));
        }
    }

    private void connect() throws IOException, InterruptedException {
        var path = "/v1/conversations/" + conversation + "/events";
        var request = HttpRequest.newBuilder(address.get().resolve(path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + credential)
                .header("Accept", "text/event-stream")
                .header("Last-Event-ID", String.valueOf(last()))
                .build();
        var response = http.send(request, BodyHandlers.ofInputStream());
        try (var body = response.body()) {
            if (response.statusCode() == 200) {
                begun();
                read(body);
            } else if (response.statusCode() < 500 && response.statusCode() != 429) {
                throw new AssertionError(
                        response.statusCode() + " " + new String(body.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
    }

    private synchronized void begun() {
        if (connections++ > 0) {
            segments.add(new Segment(asked, showing));
        }
        asked = last;
        showing = new ArrayList<>();
    }

    private void read(InputStream body) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        Map<String, String> fields = new HashMap<>();
        for (var line = lines.readLine(); line != null && !enough; line = lines.readLine()) {
            if (line.isEmpty()) {
                dispatch(fields);
                fields.clear();
            } else if (!line.startsWith(":")) {
                var colon = line.indexOf(": ");
                fields.put(line.substring(0, colon), line.substring(colon + 2));
            }
        }
    }

    private synchronized void dispatch(Map<String, String> fields) {
        var id = fields.get("id");
        if (id != null) {
            showing.add(new Shown(id, fields.getOrDefault("event", ""), fields.getOrDefault("data", "")));
            last = Long.parseLong(id);
        }
    }

    @Override
    public void close() {
        enough = true;
        runner.interrupt();
    }
}
