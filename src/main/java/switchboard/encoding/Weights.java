package switchboard.encoding;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import switchboard.encoding.Message.Field;

/** The numbers of the encoder as it was exported (ONNX, int8), by their names. */
final class Weights {

    private static final String PRODUCT = "/MatMul_output_0_output_quantized";
    private static final String QUANTIZED = "_quantized";

    private final Map<String, Field> tensors = new HashMap<>();

    /** By what they are multiplied for. */
    private final Map<String, String> matrices = new HashMap<>();

    /** Refused: an {@link IOException} where it is no model. */
    Weights(byte[] model) throws IOException {
        for (var part : Message.read(ByteBuffer.wrap(model))) {
            if (part.number() == Graph.GRAPH) {
                for (var field : Message.read(part.content())) {
                    switch (field.number()) {
                        case Graph.INITIALIZER -> tensors.put(name(field), field);
                        case Graph.NODE -> node(field);
                        default -> {}
                    }
                }
            }
        }
    }

    private static String name(Field tensor) throws IOException {
        return texts(tensor.content(), Graph.TENSOR_NAME).getFirst();
    }

    private void node(Field node) throws IOException {
        if (texts(node.content(), Graph.OPERATOR).contains("MatMulInteger")) {
            var output = texts(node.content(), Graph.NODE_OUTPUT).getFirst();
            var matrix = texts(node.content(), Graph.NODE_INPUT).get(1);
            matrices.put(output.replace(PRODUCT, "").substring(1).replace('/', '.'), matrix.replace(QUANTIZED, ""));
        }
    }

    private static List<String> texts(ByteBuffer message, int number) throws IOException {
        var texts = new ArrayList<String>();
        for (var field : Message.read(message)) {
            if (field.number() == number) {
                texts.add(field.text());
            }
        }
        return texts.isEmpty() ? List.of("") : texts;
    }

    /** How many matrices there are. */
    int matrices() {
        return matrices.size();
    }

    /** As a field of a graph. Refused: an {@link IOException} where it is not there. */
    ByteBuffer tensor(String name) throws IOException {
        return found(name).whole();
    }

    private Field found(String name) throws IOException {
        var tensor = tensors.get(name);
        if (tensor == null) {
            throw new IOException("not the encoder that is known here: without " + name);
        }
        return tensor;
    }

    /**
     * What words are multiplied by, several beside each other as if they were one: int8, row by row.
     *
     * @param columns of each
     */
    ByteBuffer matrix(List<String> names, int columns) throws IOException {
        var all = new ArrayList<ByteBuffer>();
        for (var name : names) {
            all.add(numbers(matrix(name) + QUANTIZED));
            requireNoShift(matrix(name) + "_zero_point", columns);
        }
        return beside(all, columns);
    }

    /** The step of each column. */
    ByteBuffer steps(List<String> names, int columns) throws IOException {
        var all = new ArrayList<ByteBuffer>();
        for (var name : names) {
            all.add(numbers(matrix(name) + "_scale"));
        }
        return beside(all, columns * Float.BYTES);
    }

    /** What is added to each column. */
    ByteBuffer biases(List<String> names, int columns) throws IOException {
        var all = new ArrayList<ByteBuffer>();
        for (var name : names) {
            all.add(numbers(name + ".bias"));
        }
        return beside(all, columns * Float.BYTES);
    }

    private String matrix(String name) {
        return matrices.getOrDefault(name, name);
    }

    private ByteBuffer numbers(String name) throws IOException {
        for (var field : Message.read(found(name).content())) {
            if (field.number() == Graph.BYTES || field.number() == Graph.FLOATS) {
                return field.content();
            }
        }
        throw new IOException("no numbers: " + name);
    }

    /** A graph says nothing of it, since it is 0: that is less work. */
    private void requireNoShift(String name, int columns) throws IOException {
        for (var field : Message.read(found(name).content())) {
            if (field.number() == Graph.INTS && field.content().equals(ByteBuffer.allocate(columns))) {
                return;
            }
        }
        throw new IOException("not the encoder that is known here: " + name + " is not 0");
    }

    private static ByteBuffer beside(List<ByteBuffer> all, int width) throws IOException {
        var size = all.getFirst().remaining();
        if (size % width != 0 || all.stream().anyMatch(it -> it.remaining() != size)) {
            throw new IOException("not the encoder that is known here: of another size");
        }
        var beside = ByteBuffer.allocate(all.size() * size);
        for (int row = 0; row < size; row += width) {
            for (var one : all) {
                beside.put(one.slice(row, width));
            }
        }
        return beside.flip();
    }
}
