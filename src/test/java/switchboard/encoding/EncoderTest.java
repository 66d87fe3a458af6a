package switchboard.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EncoderTest {

    private Encoder encoder;

    @BeforeAll
    void load() throws IOException {
        encoder = Encoder.load();
    }

    @AfterAll
    void close() {
        encoder.close();
    }

    @Test
    void what_means_the_same_is_nearer_than_what_does_not() {
        var parcel = encoder.encode("Where is my parcel?");

        assertThat(like(parcel, encoder.encode("My package has not arrived yet")))
                .isGreaterThan(like(parcel, encoder.encode("How do I change my password?")));
        assertThat(like(parcel, parcel)).isCloseTo(1, Offset.offset(1e-5));
    }

    @Test
    void the_same_text_gives_the_same_vector_whatever_was_asked_between() {
        var once = encoder.encode("Where is my parcel?");
        encoder.encode("something else, and much longer than what was asked before");

        assertThat(encoder.encode("Where is my parcel?")).containsExactly(once);
    }

    @Test
    void many_threads_get_what_one_gets() throws InterruptedException, ExecutionException {
        var once = encoder.encode("Where is my parcel?");
        var answers = new ArrayList<Future<float[]>>();

        try (var threads = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 20; i++) {
                answers.add(threads.submit(() -> encoder.encode("Where is my parcel?")));
            }
        }

        for (var answer : answers) {
            assertThat(answer.get()).containsExactly(once);
        }
    }

    @Test
    void no_text_and_16_000_characters_have_vectors_too() {
        assertThat(encoder.encode("")).hasSize(Encoder.SIZE).doesNotContain(Float.NaN);
        assertThat(encoder.encode("word ".repeat(3_200))).hasSize(Encoder.SIZE).doesNotContain(Float.NaN);
    }

    @Test
    void words_are_those_of_the_reference() throws IOException {
        assertThat(Encoder.words().of("I'm unaffable, isn't it?", 128))
                .containsExactly(101, 1045, 1005, 1049, 14477, 20961, 3468, 1010, 3475, 1005, 1056, 2009, 1029, 102);
    }

    private static double like(float[] one, float[] other) {
        var sum = 0.0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }
}
