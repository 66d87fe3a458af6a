package switchboard.provision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import switchboard.encoding.Encoder;
import switchboard.encoding.Prepared;

class PrepareTest {

    private static final int EVERY = 150;

    @Test
    void every_sentence_that_the_program_is_delivered_with_was_encoded_beforehand() throws IOException {
        var prepared = Prepared.load();

        assertThat(Prepare.sentences()).allMatch(text -> prepared.find(text).isPresent());
    }

    @Test
    void what_was_encoded_beforehand_is_what_the_encoder_says() throws IOException {
        var prepared = Prepared.load();
        var sentences = Prepare.sentences().stream().toList();
        try (var encoder = Encoder.load()) {
            for (int i = 0; i < sentences.size(); i += EVERY) {
                var found = prepared.find(sentences.get(i)).orElseThrow();

                assertThat(found).containsExactly(encoder.encode(sentences.get(i)), Offset.offset(.01f));
            }
        }
    }
}
