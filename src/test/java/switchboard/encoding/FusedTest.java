package switchboard.encoding;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class FusedTest {

    private static final List<String> TEXTS = List.of(
            "",
            "Hello",
            "Where is my parcel?",
            "I want to change the address of my order, it is 4711-22",
            "I have waited at home all day, and the day before, and nobody has come to bring the two chairs that I ordered",
            "One more of these words is too many. ".repeat(40));

    private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

    /** The same sums in the same order: nothing is left to differ but a rounding of another processor. */
    @Test
    void the_vectors_are_those_of_the_exported_graph() throws IOException, OrtException {
        try (var exported = ENVIRONMENT.createSession(LastLayer.forFirstWord(exported()));
                var fused = ENVIRONMENT.createSession(Fused.of(exported()))) {
            for (var text : TEXTS) {
                assertThat(fused(fused, text)).containsExactly(exported(exported, text), Offset.offset(1e-5f));
            }
        }
    }

    /** The last layer's steps are the first word's own, where the whole encoder has those of all words. */
    @Test
    void the_vectors_are_nearly_what_the_whole_encoder_says_of_the_first_word() throws IOException, OrtException {
        try (var whole = ENVIRONMENT.createSession(exported());
                var fused = ENVIRONMENT.createSession(Fused.of(exported()))) {
            for (var text : TEXTS) {
                assertThat(like(fused(fused, text), exported(whole, text))).isCloseTo(1, Offset.offset(.001));
            }
        }
    }

    @Test
    void one_row_comes_out() throws IOException, OrtException {
        try (var fused = ENVIRONMENT.createSession(Fused.of(exported()));
                var input = OnnxTensor.createTensor(
                        ENVIRONMENT, LongBuffer.wrap(new long[] {101, 7592, 102}), new long[] {3});
                var result = fused.run(Map.of(Fused.INPUT, input))) {
            assertThat(((OnnxTensor) result.get(0)).getInfo().getShape()).containsExactly(1, Encoder.SIZE);
        }
    }

    @Test
    void another_encoder_is_refused() throws IOException {
        var without = changed("MatMulInteger", 0, 'm');
        var renamed = changed("encoder.layer.7.output.dense.bias", 0, 'E');

        assertThatThrownBy(() -> Fused.of(new byte[] {58, 0})).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Fused.of(without)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Fused.of(renamed))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("encoder.layer.7.output.dense.bias");
    }

    /** The last of the 0s before the name of what is added to a column. */
    @Test
    void matrices_whose_zero_is_not_0_are_refused() throws IOException {
        var shifted = changed("onnx::MatMul_1525_zero_point", -3, 1);

        assertThatThrownBy(() -> Fused.of(shifted))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("onnx::MatMul_1525_zero_point");
    }

    @Test
    void what_is_no_message_is_refused() {
        assertThatThrownBy(() -> Fused.of("no model".getBytes(UTF_8))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Fused.of(new byte[] {58, 100, 1})).isInstanceOf(IOException.class);
    }

    private static byte[] exported() throws IOException {
        try (var model = Encoder.resource(Encoder.NAME + ".onnx")) {
            return model.readAllBytes();
        }
    }

    /** Where the text is for the last time. */
    private static byte[] changed(String text, int place, int value) throws IOException {
        var model = exported();
        model[new String(model, ISO_8859_1).lastIndexOf(text) + place] = (byte) value;
        return model;
    }

    private static float[] fused(OrtSession session, String text) throws IOException, OrtException {
        var ids = Encoder.words().of(text, 128);
        try (var input = OnnxTensor.createTensor(ENVIRONMENT, LongBuffer.wrap(ids), new long[] {ids.length});
                var result = session.run(Map.of(Fused.INPUT, input))) {
            return first(result);
        }
    }

    private static float[] exported(OrtSession session, String text) throws IOException, OrtException {
        var ids = Encoder.words().of(text, 128);
        var ones = new long[ids.length];
        Arrays.fill(ones, 1);
        long[] shape = {1, ids.length};
        try (var input = OnnxTensor.createTensor(ENVIRONMENT, LongBuffer.wrap(ids), shape);
                var mask = OnnxTensor.createTensor(ENVIRONMENT, LongBuffer.wrap(ones), shape);
                var types = OnnxTensor.createTensor(ENVIRONMENT, LongBuffer.wrap(new long[ids.length]), shape);
                var result = session.run(Map.of("input_ids", input, "attention_mask", mask, "token_type_ids", types))) {
            return first(result);
        }
    }

    private static float[] first(OrtSession.Result result) {
        var first = new float[Encoder.SIZE];
        ((OnnxTensor) result.get(0)).getFloatBuffer().get(first);
        return Encoder.unit(first);
    }

    private static double like(float[] one, float[] other) {
        var sum = 0.0;
        for (int d = 0; d < one.length; d++) {
            sum += one[d] * other[d];
        }
        return sum;
    }
}
