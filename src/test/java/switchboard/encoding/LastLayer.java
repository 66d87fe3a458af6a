package switchboard.encoding;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import switchboard.encoding.Message.Field;

/**
 * The encoder as it was exported, but that its last layer is worked out for the first word alone, as {@link Fused} does: what that one is
 * compared with. Changed in ONNX' protobuf, whose fields have the numbers below.
 */
final class LastLayer {

    private static final int GRAPH = 7;
    private static final int NODE = 1;
    private static final int INITIALIZER = 5;
    private static final int INPUT = 1;
    private static final int OUTPUT = 2;
    private static final int NAME = 3;
    private static final int OPERATOR = 4;
    private static final int TENSOR_NAME = 8;
    private static final int TENSOR_BYTES = 9;

    /** One number of 64 bits: field 1 (shape) is 1, field 2 (type) is 7. */
    private static final byte[] NUMBER = {8, 1, 16, 7};

    private static final String FIRST = "first-word:";
    private static final String HIDDEN = "/encoder/layer.10/output/LayerNorm/Add_1_output_0";
    private static final String QUANTIZED = HIDDEN + "_quantized";

    /** What takes the first word only, by what comes out of it: the question that attention asks, and what is added to its answer. */
    private static final Map<String, String> TAKES = Map.of(
            "/encoder/layer.11/attention/self/query/MatMul_output_0_output_quantized", QUANTIZED,
            "/encoder/layer.11/attention/output/Add_output_0", HIDDEN);

    /** Refused: an {@link IOException} where it is another encoder. */
    static byte[] forFirstWord(byte[] model) throws IOException {
        var parts = new ArrayList<ByteBuffer>();
        for (var field : Message.read(ByteBuffer.wrap(model))) {
            if (field.number() == GRAPH) {
                var graph = graph(field.content());
                parts.add(Message.head(GRAPH, Message.length(graph)));
                parts.addAll(graph);
            } else {
                parts.add(field.whole());
            }
        }
        return Message.joined(parts);
    }

    private static List<ByteBuffer> graph(ByteBuffer graph) throws IOException {
        var parts = new ArrayList<ByteBuffer>();
        parts.add(number("from", 0));
        parts.add(number("to", 1));
        parts.add(number("axis", 1));
        var changed = 0;
        for (var field : Message.read(graph)) {
            var takes = field.number() == NODE ? TAKES.get(output(field)) : null;
            if (takes == null) {
                parts.add(field.whole());
            } else {
                parts.add(slice(takes));
                parts.add(changed(field, takes));
                changed++;
            }
        }
        if (changed != TAKES.size()) {
            throw new IOException("not the encoder that is known here");
        }
        return parts;
    }

    private static String output(Field node) throws IOException {
        for (var field : Message.read(node.content())) {
            if (field.number() == OUTPUT) {
                return field.text();
            }
        }
        return "";
    }

    private static ByteBuffer changed(Field node, String input) throws IOException {
        var parts = new ArrayList<ByteBuffer>();
        for (var field : Message.read(node.content())) {
            parts.add(
                    field.number() == INPUT && field.text().equals(input)
                            ? Message.text(INPUT, FIRST + input)
                            : field.whole());
        }
        return Message.field(NODE, ByteBuffer.wrap(Message.joined(parts)));
    }

    /** {@code Slice}: of all words the first. */
    private static ByteBuffer slice(String input) {
        return Message.field(
                NODE,
                ByteBuffer.wrap(Message.joined(List.of(
                        Message.text(INPUT, input),
                        Message.text(INPUT, FIRST + "from"),
                        Message.text(INPUT, FIRST + "to"),
                        Message.text(INPUT, FIRST + "axis"),
                        Message.text(OUTPUT, FIRST + input),
                        Message.text(NAME, FIRST + "slice:" + input),
                        Message.text(OPERATOR, "Slice")))));
    }

    private static ByteBuffer number(String name, long value) {
        var bytes = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .flip();
        return Message.field(
                INITIALIZER,
                ByteBuffer.wrap(Message.joined(List.of(
                        ByteBuffer.wrap(NUMBER),
                        Message.text(TENSOR_NAME, FIRST + name),
                        Message.field(TENSOR_BYTES, bytes)))));
    }

    private LastLayer() {}
}
