package switchboard.insight;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ListedTest {

    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

    @Test
    void what_waits_is_listed_with_its_queue() {
        assertThat(listed("queued", Set.of("agent ana", Query.queue("billing"))).queue())
                .isEqualTo("billing");
        assertThat(listed("bot", Set.of("agent ana")).queue()).isEmpty();
    }

    @Test
    void what_was_abandoned_is_closed_after_the_window_as_what_was_resolved_is() {
        var window = Duration.ofHours(1);

        assertThat(listed("abandoned", Set.of()).status(NOON.plus(window), window))
                .isEqualTo("abandoned");
        assertThat(listed("abandoned", Set.of()).status(NOON.plus(window).plusMillis(1), window))
                .isEqualTo("closed");
        assertThat(listed("queued", Set.of()).status(NOON.plus(window).plusMillis(1), window))
                .isEqualTo("queued");
    }

    private static Listed listed(String status, Set<String> terms) {
        return new Listed(new Place(NOON, "c"), 1, NOON, "web", status, "", 1, "", 1, NOON, "", 0, terms);
    }
}
