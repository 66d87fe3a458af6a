package switchboard.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PreparedTest {

    private final float[] vector = vector();
    private final byte[] file = Prepared.file(Map.of("where is it", vector, "thanks", vector));

    private static float[] vector() {
        var vector = new float[Encoder.SIZE];
        for (int d = 0; d < vector.length; d++) {
            vector[d] = (float) Math.sin(d);
        }
        return Encoder.unit(vector);
    }

    @Test
    void a_sentence_is_found_as_it_was_but_for_rounding() throws IOException {
        var found = Prepared.read(file).find("where is it").orElseThrow();

        assertThat(found).containsExactly(vector, Offset.offset(.001f));
    }

    @Test
    void another_sentence_is_not_found() throws IOException {
        assertThat(Prepared.read(file).find("where is it?")).isEmpty();
        assertThat(Prepared.NONE.find("where is it")).isEmpty();
    }

    @Test
    void a_file_that_is_cut_or_changed_is_refused() {
        var cut = Arrays.copyOf(file, file.length - 1);
        var other = file.clone();
        other[0]++;
        var unordered = file.clone();
        unordered[12] = (byte) 0x7f;

        assertThatThrownBy(() -> Prepared.read(cut)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Prepared.read(other)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Prepared.read(unordered)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Prepared.read(new byte[3])).isInstanceOf(IOException.class);
    }
}
