package switchboard.micro;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;

/** What customers say in the program's own dialogues, German and English, one message after the other and again. */
final class Said {

    private final List<String> messages = Stream.of("/dialogues/de.txt", "/dialogues/en.txt")
            .flatMap(Said::customers)
            .toList();
    private int next;

    String next() {
        return messages.get(next++ % messages.size());
    }

    private static Stream<String> customers(String resource) {
        try (var in = requireNonNull(Said.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("C "))
                    .map(line -> line.substring(2));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
