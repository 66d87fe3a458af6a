package switchboard.floor;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import switchboard.custody.Custody.Spread;
import switchboard.custody.Span;

/** How long it took from asking for a person until an agent saw the offer, by the client's clock. Safe for many threads. */
public final class Delays {

    /**
     * Of a run.
     *
     * @param leftOut so many more fell into an outage
     */
    public record Summary(Spread judged, int leftOut) {}

    private final InstantSource clock;
    private final Map<String, Instant> asked = new ConcurrentHashMap<>();
    private final List<Span> all = new ArrayList<>();

    Delays(InstantSource clock) {
        this.clock = clock;
    }

    /** It is about to be asked. */
    void asked(String conversation) {
        asked.put(conversation, clock.instant());
    }

    /** An agent sees an offer; only the first counts. */
    void seen(String conversation) {
        var from = asked.remove(conversation);
        if (from != null) {
            seen(new Span(from, clock.instant()));
        }
    }

    synchronized void seen(Span delay) {
        all.add(delay);
    }

    /** Without those that overlap one of {@code outages}. */
    public synchronized Summary summary(List<Span> outages) {
        var judged = all.stream()
                .filter(it -> it.without(outages).equals(List.of(it)))
                .map(Span::length)
                .toList();
        return new Summary(Spread.of(judged), all.size() - judged.size());
    }
}
