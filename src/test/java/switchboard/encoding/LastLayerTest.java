package switchboard.encoding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class LastLayerTest {

    private static final List<String> TEXTS = List.of(
            "",
            "Hello",
            "Where is my parcel?",
            "I have waited at home all day, and the day before, and nobody has come to bring the two chairs that I ordered");

    @Test
    void the_first_word_is_what_the_whole_encoder_says_of_it() throws IOException, OrtException {
        byte[] whole;
        try (var model = Encoder.resource(Encoder.NAME + ".onnx")) {
            whole = model.readAllBytes();
        }
        var last = LastLayer.forFirstWord(whole);

        for (var text : TEXTS) {
            var expected = numbers(whole, text);
            var numbers = numbers(last, text);

            assertThat(numbers).hasSize(Encoder.SIZE);
            assertThat(like(first(numbers), first(expected))).isCloseTo(1, Offset.offset(.001));
        }
    }

    @Test
    void another_encoder_is_refused() {
        assertThatThrownBy(() -> LastLayer.forFirstWord(new byte[] {58, 0})).isInstanceOf(IOException.class);
    }

    @Test
    void what_is_no_message_is_refused() {
        assertThatThrownBy(() -> LastLayer.forFirstWord("no model".getBytes(UTF_8)))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> LastLayer.forFirstWord(new byte[] {58, 100, 1}))
                .isInstanceOf(IOException.class);
    }

    /** All that comes out. */
    private static float[] numbers(byte[] model, String text) throws IOException, OrtException {
        var environment = OrtEnvironment.getEnvironment();
        var ids = Encoder.words().of(text, 128);
        var ones = new long[ids.length];
        Arrays.fill(ones, 1);
        long[] shape = {1, ids.length};
        try (var session = environment.createSession(model);
                var input = OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape);
                var mask = OnnxTensor.createTensor(environment, LongBuffer.wrap(ones), shape);
                var types = OnnxTensor.createTensor(environment, LongBuffer.wrap(new long[ids.length]), shape);
                var result = session.run(Map.of("input_ids", input, "attention_mask", mask, "token_type_ids", types))) {
            var buffer = ((OnnxTensor) result.get(0)).getFloatBuffer();
            var numbers = new float[buffer.remaining()];
            buffer.get(numbers);
            return numbers;
        }
    }

    private static float[] first(float[] numbers) {
        return Encoder.unit(Arrays.copyOf(numbers, Encoder.SIZE));
    }

    private static double like(float[] one, float[] other) {
        var sum = 0.0;
        for (int d = 0; d < one.length; d++) {
            sum += one[d] * other[d];
        }
        return sum;
    }
}
