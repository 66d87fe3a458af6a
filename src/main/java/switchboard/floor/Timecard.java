package switchboard.floor;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import switchboard.custody.Shift;
import switchboard.custody.Span;
import switchboard.custody.Worker;

/**
 * What an agent knows of her being there: she counts as able only from an answer that said so until she herself does anything
 * against it, and as away only from such an answer until she asks to be there again. Safe for many threads.
 */
final class Timecard {

    private final List<Span> able = new ArrayList<>();
    private final List<Span> away = new ArrayList<>();
    private Optional<Instant> ableFrom = Optional.empty();
    private Optional<Instant> awayFrom = Optional.empty();
    private boolean connected;

    /** Her stream is up. She has to say again that she is available: nobody knows how long it was down. */
    synchronized void connected() {
        connected = true;
    }

    synchronized void disconnected(Instant at) {
        connected = false;
        endAble(at);
    }

    /** The program counts her as not responding, since then. */
    synchronized void deaf(Instant at) {
        endAble(at);
    }

    /** She is about to say so. */
    synchronized void asks(boolean available, Instant at) {
        if (available) {
            awayFrom.ifPresent(from -> away.add(new Span(from, at)));
            awayFrom = Optional.empty();
        } else {
            endAble(at);
        }
    }

    /** It was acknowledged. */
    synchronized void says(boolean available, Instant at) {
        if (!available) {
            awayFrom = awayFrom.or(() -> Optional.of(at));
        } else if (connected) {
            ableFrom = ableFrom.or(() -> Optional.of(at));
        }
    }

    /** Up to {@code at}. */
    synchronized Shift shift(Worker worker, Instant at) {
        endAble(at);
        asks(true, at);
        return new Shift(worker, able, away);
    }

    private void endAble(Instant at) {
        ableFrom.ifPresent(from -> able.add(new Span(from, at)));
        ableFrom = Optional.empty();
    }
}
