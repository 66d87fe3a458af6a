package switchboard.agent;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import switchboard.agent.Profile.Capacity;
import switchboard.agent.Profile.Pool;

/**
 * What an agent has in hand.
 *
 * @param held by reservation, the oldest first
 * @param over reservations that have ended, and until when that is remembered: a late twin of the offer must not take units
 *     again, and one that comes after its deadline is refused for that
 * @param freeSince when she last was without any work that was hers; an offer that she did not take changes nothing
 */
record Work(Map<String, Held> held, Map<String, Instant> over, Instant freeSince) {

    static final Work NONE = new Work(Map.of(), Map.of(), Instant.EPOCH);

    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    /** How far it has come. */
    enum Stage {
        RESERVED,
        WORKING,
        WRAP_UP
    }

    /** Units that one reservation takes; {@code deadline}: of the offer, EPOCH where there was none. */
    record Held(String reservation, Pool pool, int units, Instant deadline, Stage stage) {
        Held in(Stage next) {
            return new Held(reservation, pool, units, deadline, next);
        }

        boolean reserved() {
            return stage == Stage.RESERVED;
        }
    }

    Work {
        held = Collections.unmodifiableMap(new LinkedHashMap<>(held));
        over = Collections.unmodifiableMap(new LinkedHashMap<>(over));
    }

    Optional<Held> find(String reservation) {
        return Optional.ofNullable(held.get(reservation));
    }

    Collection<Held> all() {
        return held.values();
    }

    boolean any(Predicate<Held> such) {
        return held.values().stream().anyMatch(such);
    }

    boolean any(Stage stage) {
        return any(h -> h.stage() == stage);
    }

    /** When the first of the offers ends; empty where there is none. */
    Optional<Instant> deadline() {
        return held.values().stream().filter(Held::reserved).map(Held::deadline).min(Instant::compareTo);
    }

    /** Units in use. */
    Capacity load() {
        var load = Capacity.NONE;
        for (var h : held.values()) {
            load = load.plus(h.pool(), h.units());
        }
        return load;
    }

    Work created(Instant at) {
        return new Work(held, over, at);
    }

    Work granted(AgentEvent.HoldGranted e) {
        var deadline = e.deadline().isEmpty() ? Instant.EPOCH : Instant.parse(e.deadline());
        return with(new Held(e.reservation(), e.pool(), e.units(), deadline, Stage.RESERVED));
    }

    Work in(String reservation, Stage stage) {
        return find(reservation).map(h -> with(h.in(stage))).orElse(this);
    }

    Work ended(String reservation, Instant at) {
        var left = new LinkedHashMap<>(held);
        var ended = left.remove(reservation);
        if (ended == null) {
            return this;
        }
        var ends = new LinkedHashMap<>(over);
        ends.values().removeIf(until -> until.isBefore(at));
        ends.put(reservation, (ended.deadline().isAfter(at) ? ended.deadline() : at).plus(REMEMBERED));
        var free = !ended.reserved() && left.values().stream().allMatch(Held::reserved);
        return new Work(left, ends, free ? at : freeSince);
    }

    private Work with(Held h) {
        var next = new LinkedHashMap<>(held);
        next.put(h.reservation(), h);
        return new Work(next, over, freeSince);
    }
}
