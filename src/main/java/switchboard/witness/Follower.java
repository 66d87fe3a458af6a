package switchboard.witness;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import switchboard.invariants.Segment;
import switchboard.invariants.Segment.Shown;

/**
 * One who follows a conversation as the contract has it: whatever ends his stream, he comes again after the last number that
 * he has seen. He notes what a connection showed before he opens the next. One thread at a time runs him.
 */
public final class Follower implements Callable<Void>, AutoCloseable {

    private static final long PAUSE = Duration.ofMillis(200).toNanos();
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private final Caller program;
    private final String credential;
    private final String conversation;
    private final double hangUps;
    private final Consumer<Segment> notes;
    private volatile long last;
    private volatile long until = Long.MAX_VALUE;
    private volatile InputStream open = InputStream.nullInputStream();

    /** Goes on from the number {@code from}, and hangs up after one event in so many: {@code hangUps} is a share. */
    public Follower(
            Caller program,
            String credential,
            String conversation,
            long from,
            double hangUps,
            Consumer<Segment> notes) {
        this.program = program;
        this.credential = credential;
        this.conversation = conversation;
        this.last = from;
        this.hangUps = hangUps;
        this.notes = notes;
    }

    public String conversation() {
        return conversation;
    }

    /** The last number seen. */
    public long last() {
        return last;
    }

    /** Follows until all up to {@code number} is seen: {@link #call} returns then. */
    public void until(long number) {
        until = number;
        if (!curious()) {
            hangUp();
        }
    }

    /** Leaves: {@link #call} returns. */
    @Override
    public void close() {
        until(0);
    }

    /** A refusal is an {@link IllegalStateException}. */
    @Override
    public Void call() throws InterruptedException {
        while (curious()) {
            try {
                connect();
            } catch (IOException e) {
                // gone, or not there yet: he comes again
            }
            if (curious()) {
                TimeUnit.NANOSECONDS.sleep(PAUSE + ThreadLocalRandom.current().nextLong(PAUSE));
            }
        }
        return null;
    }

    private void hangUp() {
        try {
            open.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean curious() {
        return last < until;
    }

    private void connect() throws IOException, InterruptedException {
        var response =
                program.resume(credential, "/v1/conversations/" + conversation + "/events", String.valueOf(last));
        try (var body = response.body()) {
            open = body;
            if (response.statusCode() == 200) {
                follow(body);
            } else if (!Backoff.again(response.statusCode())) {
                throw new IllegalStateException(
                        response.statusCode() + " " + new String(body.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
    }

    private void follow(InputStream body) throws IOException, InterruptedException {
        var after = last;
        List<Shown> shown = new ArrayList<>();
        try {
            if (curious()) {
                ServerEvents.read(body, event -> take(event, shown));
            }
        } finally {
            notes.accept(new Segment(after, shown));
        }
    }

    /** Whether he wants the next. What has no id is no part of the history. */
    private boolean take(ServerEvents.Event event, List<Shown> shown) {
        if (!event.id().isEmpty()) {
            shown.add(Shown.of(event.id(), event.event(), event.data()));
            last = NUMBER.matcher(event.id()).matches() ? Long.parseLong(event.id()) : last;
        }
        return curious() && ThreadLocalRandom.current().nextDouble() >= hangUps;
    }
}
