package switchboard.encoding;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** A model in ONNX' protobuf (whose fields have the numbers below), node by node. What comes out of a node has the name given to it. */
final class Graph {

    static final int GRAPH = 7;
    static final int NODE = 1;
    static final int INITIALIZER = 5;
    static final int NODE_INPUT = 1;
    static final int NODE_OUTPUT = 2;
    static final int OPERATOR = 4;
    static final int DIMENSION = 1;
    static final int TYPE = 2;
    static final int FLOATS = 4;
    static final int INTS = 5;
    static final int TENSOR_NAME = 8;
    static final int BYTES = 9;

    static final int FLOAT = 1;
    static final int INT8 = 3;
    private static final int INT64 = 7;

    private static final int INPUT = 11;
    private static final int OUTPUT = 12;
    private static final int NODE_NAME = 3;
    private static final int ATTRIBUTE = 5;
    private static final int DOMAIN = 7;
    private static final int ATTRIBUTE_REAL = 2;
    private static final int ATTRIBUTE_NUMBER = 3;
    private static final int ATTRIBUTE_NUMBERS = 8;
    private static final int ATTRIBUTE_TYPE = 20;
    private static final int IR = 8;
    private static final int OPERATORS = 17;

    /** What only ONNX Runtime has. */
    private static final String OWN = "com.microsoft";

    private static final Set<String> OWN_OPERATORS =
            Set.of("DynamicQuantizeMatMul", "FusedMatMul", "Gelu", "MatMulIntegerToFloat", "SkipLayerNormalization");

    private final List<ByteBuffer> parts = new ArrayList<>();
    private final Set<String> tensors = new HashSet<>();

    Graph() {
        parts.add(Message.text(2, "encoder"));
    }

    /** Returns the name. */
    String node(String name, String operator, List<String> inputs, ByteBuffer... attributes) {
        nodes(List.of(name), operator, inputs, attributes);
        return name;
    }

    /** Of which several come out. Returns their names. */
    List<String> nodes(List<String> names, String operator, List<String> inputs, ByteBuffer... attributes) {
        var fields = new ArrayList<ByteBuffer>();
        inputs.forEach(it -> fields.add(Message.text(NODE_INPUT, it)));
        names.forEach(it -> fields.add(Message.text(NODE_OUTPUT, it)));
        fields.add(Message.text(NODE_NAME, names.getFirst()));
        fields.add(Message.text(OPERATOR, operator));
        fields.addAll(List.of(attributes));
        if (OWN_OPERATORS.contains(operator)) {
            fields.add(Message.text(DOMAIN, OWN));
        }
        parts.add(Message.message(NODE, fields));
        return names;
    }

    static ByteBuffer attribute(String name, float value) {
        return attribute(name, 1, Message.real(ATTRIBUTE_REAL, value));
    }

    static ByteBuffer attribute(String name, int value) {
        return attribute(name, 2, Message.number(ATTRIBUTE_NUMBER, value));
    }

    static ByteBuffer attribute(String name, List<Integer> values) {
        return attribute(
                name,
                ATTRIBUTE_NUMBERS - 1,
                values.stream().map(it -> Message.number(ATTRIBUTE_NUMBERS, it)).toArray(ByteBuffer[]::new));
    }

    private static ByteBuffer attribute(String name, int type, ByteBuffer... values) {
        return Message.message(
                ATTRIBUTE,
                Stream.of(
                                Stream.of(Message.text(1, name)),
                                Stream.of(values),
                                Stream.of(Message.number(ATTRIBUTE_TYPE, type)))
                        .flatMap(it -> it)
                        .toList());
    }

    /** Once, however often it is added: as it is in another model. Returns the name. */
    String tensor(String name, ByteBuffer initializer) {
        if (tensors.add(name)) {
            parts.add(initializer);
        }
        return name;
    }

    /** Once, however often it is added. Returns the name. */
    String tensor(String name, int type, List<Integer> shape, ByteBuffer numbers) {
        if (tensors.add(name)) {
            var fields = new ArrayList<ByteBuffer>();
            shape.forEach(it -> fields.add(Message.number(DIMENSION, it)));
            fields.add(Message.number(TYPE, type));
            fields.add(Message.text(TENSOR_NAME, name));
            fields.add(Message.field(BYTES, numbers));
            parts.add(Message.message(INITIALIZER, fields));
        }
        return name;
    }

    /** Numbers of 64 bits: where to cut, and what to make of a shape. Returns the name. */
    String numbers(long... values) {
        var bytes = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        LongStream.of(values).forEach(bytes::putLong);
        var name = "numbers" + List.of(LongStream.of(values).boxed().toArray());
        return tensor(name, INT64, List.of(values.length), bytes.flip());
    }

    /** That takes as many numbers of 64 bits as there are, and gives numbers. */
    byte[] model(String input, String output) {
        var any = Message.message(1, List.of(Message.text(2, "any")));
        parts.add(value(INPUT, input, List.of(Message.number(1, INT64), Message.message(2, List.of(any)))));
        parts.add(value(OUTPUT, output, List.of(Message.number(1, FLOAT))));
        var model = new ArrayList<ByteBuffer>();
        model.add(Message.number(1, IR));
        model.add(Message.message(IR, List.of(Message.number(2, OPERATORS))));
        model.add(Message.message(IR, List.of(Message.text(1, OWN), Message.number(2, 1))));
        model.add(Message.head(GRAPH, Message.length(parts)));
        model.addAll(parts);
        return Message.joined(model);
    }

    private static ByteBuffer value(int number, String name, List<ByteBuffer> tensor) {
        var type = Message.message(2, List.of(Message.message(1, tensor)));
        return Message.message(number, List.of(Message.text(1, name), type));
    }
}
