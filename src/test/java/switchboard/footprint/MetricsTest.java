package switchboard.footprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class MetricsTest {

    private static final String SCRAPED = """
            # HELP open Those that are open
            # TYPE open gauge
            open_ever 7.0
            open 3.0
            """;

    @Test
    void a_figure_is_found_by_its_whole_name() throws Exception {
        assertThat(Metrics.value(SCRAPED, "open")).isEqualTo(3);
    }

    @Test
    void one_that_is_not_there_is_not_taken_for_none() {
        assertThatThrownBy(() -> Metrics.value(SCRAPED, "ope")).isInstanceOf(IOException.class);
    }
}
