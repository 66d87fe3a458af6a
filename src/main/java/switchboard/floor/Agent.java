package switchboard.floor;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import switchboard.custody.Shift;
import switchboard.custody.Worker;
import switchboard.invariants.Findings;
import switchboard.invariants.Json;
import switchboard.witness.Backoff;
import switchboard.witness.ServerEvents;

/**
 * One simulated agent: follows her stream, whatever ends it, and takes most of what she is offered at once. Now and then she
 * rejects an offer, lets it pass, hangs up at the sight of it, or takes a break.
 */
final class Agent implements Callable<Void> {

    private static final double REJECTS = 0.01;
    private static final double LETS_PASS = 0.005;
    private static final double HANGS_UP = 0.01;
    private static final double BREAKS = 0.02;
    private static final int OK = 200;
    private static final int PAUSE_MILLIS = 200;
    private static final int BREAK_MILLIS = 8_000;
    private static final String AVAILABLE = "available";

    private final Crew crew;
    private final Worker worker;
    private final Contact.Owner self;
    private final Random random;
    private final Timecard timecard = new Timecard();
    private final Screen screen;
    private final CountDownLatch ready = new CountDownLatch(1);
    private final Set<String> offers = new HashSet<>();
    private final Object mouth = new Object();
    private String cursor = "";
    private volatile String status = AVAILABLE;
    private volatile boolean leaves;
    private volatile InputStream open = InputStream.nullInputStream();

    Agent(Crew crew, Worker worker, String credential, long seed) {
        this.crew = crew;
        this.worker = worker;
        this.self = new Contact.Owner(worker.agent(), credential);
        this.random = new Random(seed);
        this.screen = new Screen(worker.agent());
    }

    /** Whether she is there and may be offered something, within that time. */
    boolean awaitReady(long nanos) throws InterruptedException {
        return ready.await(nanos, TimeUnit.NANOSECONDS);
    }

    /** Puts her where she is not yet; until she leaves. A refusal is an {@link IllegalStateException}. */
    @Override
    public Void call() throws IOException, InterruptedException {
        settled(() -> crew.program().put(crew.program().credentials().supervisor(), path(""), Roster.body(worker)));
        while (!leaves) {
            try {
                connect();
            } catch (IOException e) {
                crew.watch().turnedAway(); // gone, or not there yet: she comes again
            } finally {
                timecard.disconnected(crew.now());
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS + random.nextLong(PAUSE_MILLIS));
        }
        return null;
    }

    /** Goes home: {@link #call} returns. */
    void leave() throws IOException, InterruptedException {
        says("offline");
        leaves = true;
        hangUp();
    }

    /** What she saw; once she has left. */
    Findings seen() {
        return screen.findings();
    }

    /** When she was there; once she has left. */
    Shift shift() {
        return timecard.shift(worker, crew.now());
    }

    private void connect() throws IOException, InterruptedException {
        var program = crew.program();
        var response = cursor.isEmpty()
                ? program.stream(self.credential(), path("/stream"))
                : program.resume(self.credential(), path("/stream"), cursor);
        try (var body = response.body()) {
            open = body;
            if (leaves) {
                return; // and nobody closes what was not open yet
            }
            if (response.statusCode() == OK) {
                timecard.connected();
                crew.then(() -> says(status));
                ServerEvents.read(body, this::take);
            } else if (!Backoff.again(response.statusCode())) {
                throw new IllegalStateException(worker.agent() + "'s stream: " + response.statusCode());
            }
        }
    }

    private void hangUp() {
        try {
            open.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean take(ServerEvents.Event event) {
        cursor = event.id().isEmpty() ? cursor : event.id();
        var data = Json.read(event.data());
        if (event.event().equals("begin") || event.event().equals("reset")) {
            screen.anew();
        } else if (data.has("agent")) {
            own(data.path("event"));
        } else if (data.has("conversation")) {
            said(data.path("conversation").asText(), data.path("event"));
        }
        return !leaves;
    }

    private void own(JsonNode event) {
        screen.own(event);
        if (event.path("type").asText().equals("not_responding.set")) {
            timecard.deaf(Instant.parse(event.path("at").asText()));
            crew.then(() -> says(status));
        }
    }

    private void said(String conversation, JsonNode event) {
        screen.said(conversation, event);
        var data = event.path("data");
        var mine = data.path("agent").asText().equals(worker.agent());
        if (mine && event.path("type").asText().equals("reservation.created")) {
            var reservation = data.path("reservation").asText();
            if (offers.add(reservation)) {
                offered(conversation, reservation);
            }
        }
    }

    /** What is not of this run is nobody's to answer. */
    private void offered(String conversation, String reservation) {
        crew.delays().seen(conversation);
        var dice = random.nextDouble();
        var contact = crew.contact(conversation);
        if (contact.isEmpty() || dice < LETS_PASS) {
            return;
        }
        if (dice < LETS_PASS + HANGS_UP) {
            hangUp();
        } else {
            var accepts = dice >= LETS_PASS + HANGS_UP + REJECTS;
            var rests = random.nextDouble() < BREAKS ? 1 + random.nextInt(BREAK_MILLIS) : 0;
            crew.then(() -> {
                contact.get().word(self, reservation, accepts);
                rest(rests);
            });
        }
    }

    private void rest(int millis) throws IOException, InterruptedException {
        if (millis > 0) {
            says("away");
            TimeUnit.MILLISECONDS.sleep(millis);
            says(AVAILABLE);
        }
    }

    /** One thing after the other; nothing any more once she has left. */
    private void says(String next) throws IOException, InterruptedException {
        synchronized (mouth) {
            if (leaves) {
                return;
            }
            var available = next.equals(AVAILABLE);
            status = next;
            timecard.asks(available, crew.now());
            var body = Json.object().put("status", next).toString();
            settled(() -> crew.program().put(self.credential(), path("/presence"), body));
            timecard.says(available, crew.now());
            if (available) {
                ready.countDown();
            }
        }
    }

    /** One way of asking. */
    private interface Way {
        HttpResponse<String> send() throws IOException, InterruptedException;
    }

    /** Again and again until it is taken. */
    private void settled(Way way) throws IOException, InterruptedException {
        var backoff = new Backoff(crew.patience());
        while (true) {
            try {
                var response = way.send();
                if (response.statusCode() == OK) {
                    return;
                }
                if (!Backoff.again(response)) {
                    throw new IllegalStateException(worker.agent() + ": " + response.body());
                }
            } catch (IOException e) {
                crew.watch().turnedAway();
            }
            backoff.pause();
        }
    }

    private String path(String what) {
        return "/v1/agents/" + worker.agent() + what;
    }
}
