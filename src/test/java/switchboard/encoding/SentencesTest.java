package switchboard.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SentencesTest {

    private final AtomicInteger encoded = new AtomicInteger();
    private final Sentences sentences =
            new Sentences(text -> new float[] {encoded.incrementAndGet()}, Optional.empty());

    @Test
    void a_sentence_that_several_ask_for_is_encoded_once() {
        var first = sentences.apply("where is it");

        assertThat(sentences.apply("where is it")).isSameAs(first);
        assertThat(encoded).hasValue(1);
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
