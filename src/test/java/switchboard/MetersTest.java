package switchboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetersTest {

    private final Meters meters = new Meters();

    @AfterEach
    void close() {
        meters.close();
    }

    @Test
    void an_answer_is_timed_by_what_was_asked() {
        meters.answered("POST_EVENT", "", TimeUnit.MILLISECONDS.toNanos(15));
        meters.answered("POST_EVENT", "", TimeUnit.MILLISECONDS.toNanos(150));

        assertThat(meters.scrape())
                .contains("switchboard_http_answer_seconds_count{action=\"POST_EVENT\"} 2\n")
                .contains("switchboard_http_answer_seconds_bucket{action=\"POST_EVENT\",le=\"0.02\"} 1\n")
                .contains("switchboard_http_answer_seconds_bucket{action=\"POST_EVENT\",le=\"0.2\"} 2\n");
    }

    @Test
    void a_refusal_is_counted_by_its_code() {
        meters.answered("POST_EVENT", "key_reused", 1);
        meters.answered("", "no_such_route", 1);

        assertThat(meters.scrape())
                .contains("switchboard_http_refused_total{code=\"key_reused\"} 1.0\n")
                .contains("switchboard_http_refused_total{code=\"no_such_route\"} 1.0\n")
                .doesNotContain("action=\"\"");
    }

    @Test
    void a_number_is_read_when_asked_and_kept_as_long_as_the_meters() {
        var ever = new LongAdder();
        var now = new AtomicLong(3);
        meters.ever("some.thing", "Something", ever::sum).now("some.state", "Some state", now::get, "pool", "a");
        ever.add(7);
        System.gc();

        assertThat(meters.scrape()).contains("some_thing_total 7.0\n").contains("some_state{pool=\"a\"} 3.0\n");
    }

    @Test
    void the_machine_is_among_them() {
        assertThat(meters.scrape())
                .contains("jvm_memory_used_bytes{", "jvm_threads_live_threads ", "process_files_open_files ")
                .contains("process_cpu_usage ", "process_uptime_seconds ");
    }
}
