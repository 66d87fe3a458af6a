package switchboard.custody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpanTest {

    @TempDir
    private Path folder;

    @Test
    void spans_are_read_two_instants_a_line() throws IOException {
        var file = Files.writeString(
                folder.resolve("spans"),
                "2030-01-01T12:00:00Z 2030-01-01T12:00:16.5Z\n2030-01-01T13:00:00Z 2030-01-01T13:00:01Z\n");

        assertThat(Span.read(file))
                .containsExactly(
                        new Span(Instant.parse("2030-01-01T12:00:00Z"), Instant.parse("2030-01-01T12:00:16.500Z")),
                        new Span(Instant.parse("2030-01-01T13:00:00Z"), Instant.parse("2030-01-01T13:00:01Z")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2030-01-01T12:00:00Z", "yesterday 2030-01-01T12:00:00Z"})
    void what_is_something_else_is_refused(String line) throws IOException {
        var file = Files.writeString(folder.resolve("spans"), line + "\n");

        assertThatThrownBy(() -> Span.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not two instants");
    }
}
