package switchboard.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SentencesTest {

    private final AtomicInteger encoded = new AtomicInteger();
    private final Sentences sentences =
            new Sentences(text -> new float[] {encoded.incrementAndGet()}, Optional.empty(), Prepared.NONE);

    @Test
    void a_sentence_that_several_ask_for_is_encoded_once() {
        var first = sentences.apply("where is it");

        assertThat(sentences.apply("where is it")).isSameAs(first);
        assertThat(encoded).hasValue(1);
    }

    @Test
    void capitals_make_no_difference_as_they_make_none_to_the_encoder() {
        assertThat(sentences.apply("OK")).isSameAs(sentences.apply("ok"));
    }

    @Test
    void what_was_encoded_beforehand_is_not_encoded_again() throws IOException {
        var vector = new float[Encoder.SIZE];
        vector[3] = 1;
        var prepared = Prepared.read(Prepared.file(Map.of("where is it", vector)));
        var own = new Sentences(text -> new float[] {encoded.incrementAndGet()}, Optional.empty(), prepared);

        assertThat(own.apply("Where is it")).containsExactly(vector);
        assertThat(encoded).hasValue(0);
    }

    @Test
    void what_was_not_asked_for_lately_is_forgotten() {
        sentences.apply("where is it");
        for (int i = 0; i < 5_000; i++) {
            sentences.apply("other " + i);
        }

        sentences.apply("where is it");

        assertThat(encoded).hasValue(5_002);
    }

    @Test
    void the_encoder_of_the_class_path_is_found() {
        try (var own = Sentences.load()) {
            assertThat(own.any()).isTrue();
            assertThat(own.apply("where is it")).hasSize(Encoder.SIZE);
        }
    }
}
