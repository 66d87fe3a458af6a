package switchboard.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ReplyTest {

    @Test
    void each_is_read_to_its_end_and_no_further() throws IOException {
        var in = new ByteArrayInputStream(("HTTP/1.1 201 Created\r\nContent-Length: 4\r\n\r\nnäh"
                        + "HTTP/1.1 503 Service Unavailable\r\ncontent-length:2\r\nRetry-After: 1\r\n\r\n{}"
                        + "HTTP/1.1 204 No Content\r\n\r\n")
                .getBytes(UTF_8));

        assertThat(Reply.read(in)).isEqualTo(new Reply(201, "näh"));
        assertThat(Reply.read(in)).isEqualTo(new Reply(503, "{}")).matches(Reply::again);
        assertThat(Reply.read(in)).isEqualTo(new Reply(204, "")).matches(it -> !it.again());
    }

    @Test
    void a_connection_that_ends_within_a_head_is_an_error() {
        var in = new ByteArrayInputStream("HTTP/1.1 201 Created\r\nConte".getBytes(UTF_8));

        assertThatThrownBy(() -> Reply.read(in)).isInstanceOf(IOException.class).hasMessage("the connection ended");
    }
}
