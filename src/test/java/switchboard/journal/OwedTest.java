package switchboard.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OwedTest {

    @Test
    void a_logs_bucket_is_the_same_for_ever() {
        assertThat(Owed.bucket("")).isEqualTo(227);
        assertThat(Owed.bucket("Conversation|local:c")).isEqualTo(119);
        assertThat(Owed.bucket("Conversation|acme:caaaaaaaaaaaaaaaaaaaaaaaaaa")).isEqualTo(51);
    }

    @Test
    void logs_are_spread_over_all_buckets() {
        assertThat(IntStream.range(0, 10_000)
                        .map(i -> Owed.bucket("Conversation|local:c" + i))
                        .distinct())
                .hasSize(Owed.BUCKETS);
    }
}
