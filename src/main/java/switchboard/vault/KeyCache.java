package switchboard.vault;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.LongSupplier;
import switchboard.log.DataKey;

/** Data keys that a writer used lately, by name. What is dropped stays dropped, whatever was being loaded meanwhile. */
final class KeyCache {

    private record Kept(DataKey key, long until) {}

    private final int most;
    private final long nanos;
    private final LongSupplier clock;
    private final LinkedHashMap<String, Kept> kept = new LinkedHashMap<>();
    private long drops;

    /** Of at most {@code most} keys, each for {@code time} by {@code clock} (monotonic nanoseconds). */
    KeyCache(int most, Duration time, LongSupplier clock) {
        this.most = most;
        this.nanos = time.toNanos();
        this.clock = clock;
    }

    synchronized Optional<DataKey> get(String name) {
        return Optional.ofNullable(kept.get(name))
                .filter(k -> k.until - clock.getAsLong() > 0)
                .map(Kept::key);
    }

    /** To be taken before a key is loaded that will be put. */
    synchronized long drops() {
        return drops;
    }

    /** Keeps what was loaded, unless anything was dropped since {@code asOf}. The oldest makes way. */
    synchronized void put(String name, DataKey key, long asOf) {
        if (asOf != drops) {
            return;
        }
        kept.remove(name);
        kept.put(name, new Kept(key, clock.getAsLong() + nanos));
        if (kept.size() > most) {
            kept.pollFirstEntry();
        }
    }

    synchronized void drop(String name) {
        drops++;
        kept.remove(name);
    }
}
