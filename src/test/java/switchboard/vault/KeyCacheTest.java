package switchboard.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import switchboard.log.DataKey;

class KeyCacheTest {

    private final AtomicLong nanos = new AtomicLong();
    private final KeyCache cache = new KeyCache(2, Duration.ofSeconds(60), nanos::get);
    private final DataKey key = DataKey.random();

    @Test
    void what_was_put_is_there_until_its_time_is_over() {
        cache.put("a", key, cache.drops());

        nanos.set(Duration.ofSeconds(59).toNanos());
        assertThat(cache.get("a")).contains(key);
        nanos.set(Duration.ofSeconds(60).toNanos());
        assertThat(cache.get("a")).isEmpty();
    }

    @Test
    void what_was_dropped_is_gone() {
        cache.put("a", key, cache.drops());

        cache.drop("a");

        assertThat(cache.get("a")).isEmpty();
    }

    @Test
    void what_was_loaded_before_a_drop_is_not_kept_after_it() {
        var asOf = cache.drops();

        cache.drop("a");
        cache.put("a", key, asOf);

        assertThat(cache.get("a")).isEmpty();
    }

    @Test
    void the_oldest_makes_way() {
        cache.put("a", key, cache.drops());
        cache.put("b", key, cache.drops());
        cache.put("c", key, cache.drops());

        assertThat(cache.get("a")).isEmpty();
        assertThat(cache.get("b")).contains(key);
        assertThat(cache.get("c")).contains(key);
    }
}
