package switchboard.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class BulkSenderTest {

    private static final String STORED = "{\"index\":0,\"id\":\"a\",\"status\":201,\"conversation\":\"c\",\"seq\":1}\n";
    private static final String LATER = "{\"index\":1,\"id\":\"b\",\"status\":503,\"problem\":{\"status\":503}}\n";
    private static final String WRONG = "{\"index\":1,\"id\":\"b\",\"status\":400,\"problem\":{\"status\":400}}\n";

    @Test
    void a_request_is_taken_when_all_its_lines_are() throws Exception {
        assertThat(BulkSender.allTaken(STORED + STORED, 2)).isTrue();
        assertThat(BulkSender.allTaken(STORED + LATER, 2)).isFalse();
    }

    @Test
    void a_line_that_can_never_be_taken_ends_it() {
        assertThatThrownBy(() -> BulkSender.allTaken(STORED + WRONG, 2))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("\"status\":400");
    }

    @Test
    void a_line_without_an_answer_ends_it() {
        assertThatThrownBy(() -> BulkSender.allTaken(STORED, 2)).hasMessage("1 answers to 2 lines");
    }
}
