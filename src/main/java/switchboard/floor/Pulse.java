package switchboard.floor;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import switchboard.custody.Span;
import switchboard.witness.Caller;

/** Asks ten times a second whether the program is ready, and so knows when it was not. */
final class Pulse implements AutoCloseable {

    private static final int OK = 200;
    private static final int PAUSE_MILLIS = 100;

    private final Caller program;
    private final InstantSource clock;
    private final List<Span> outages = new ArrayList<>();
    private final Thread thread;
    private Instant last;
    private Optional<Instant> down = Optional.empty();

    Pulse(Caller program, InstantSource clock) {
        this.program = program;
        this.clock = clock;
        this.last = clock.instant();
        this.thread = Thread.ofVirtual().start(this::feel);
    }

    /** From the last good answer before until the first one after. */
    synchronized List<Span> outages() {
        var all = new ArrayList<>(outages);
        down.ifPresent(from -> all.add(new Span(from, clock.instant())));
        return List.copyOf(all);
    }

    private void feel() {
        try {
            while (true) {
                var asked = clock.instant();
                heard(ready(), asked);
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean ready() throws InterruptedException {
        try {
            return program.get(program.credentials().supervisor(), "/ready", "application/json")
                            .statusCode()
                    == OK;
        } catch (IOException e) {
            return false; // that is what is asked for
        }
    }

    private synchronized void heard(boolean ready, Instant asked) {
        if (!ready) {
            down = down.or(() -> Optional.of(last));
            return;
        }
        down.ifPresent(from -> outages.add(new Span(from, clock.instant())));
        down = Optional.empty();
        last = asked;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
