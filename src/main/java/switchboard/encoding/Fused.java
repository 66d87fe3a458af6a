package switchboard.encoding;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The exported encoder's numbers in a graph of our own, for one sentence at a time and ONNX Runtime's own operators: a sixth less work than
 * the exported graph, and the same vectors to the last bit (the same sums in the same order). What a word asks, is asked for and answers
 * is one multiplication; what is added is added by the multiplication before; no mask, since there is nothing to mask; no copies to have
 * the heads apart. A sentence's vector is its first word's, so that the last layer is worked out for that word alone, looking at all.
 */
final class Fused {

    /** The words' numbers go in here. */
    static final String INPUT = "words";

    private static final int LAYERS = 12;
    private static final int MATRICES = 6 * LAYERS;
    private static final int HEADS = 12;
    private static final int HEAD = Encoder.SIZE / HEADS;
    private static final int WIDE = 4 * Encoder.SIZE;

    private static final ByteBuffer EPSILON = Graph.attribute("epsilon", 1e-12f);
    private static final ByteBuffer SCALED = Graph.attribute("alpha", (float) (1 / Math.sqrt(HEAD)));

    private final Weights weights;
    private final Graph graph = new Graph();

    private Fused(Weights weights) {
        this.weights = weights;
    }

    /** A model: words in, their number as they are, and one row out. Refused: an {@link IOException} where it is another encoder. */
    static byte[] of(byte[] exported) throws IOException {
        var weights = new Weights(exported);
        if (weights.matrices() != MATRICES) {
            throw new IOException("not the encoder that is known here");
        }
        return new Fused(weights).model();
    }

    private byte[] model() throws IOException {
        var words = embedded();
        for (int layer = 0; layer < LAYERS; layer++) {
            words = layer("encoder.layer." + layer + ".", layer == LAYERS - 1, words);
        }
        return graph.model(INPUT, words);
    }

    /** Word, kind of sentence (always the first) and place. */
    private String embedded() throws IOException {
        var length = graph.node("length", "Shape", List.of(INPUT));
        var word = graph.node(
                "embeddings.word", "Gather", List.of(kept("embeddings.word_embeddings.weight_quantized"), INPUT));
        var kind = first("embeddings.kind", kept("embeddings.token_type_embeddings.weight_quantized"));
        var place = graph.node(
                "embeddings.place",
                "Slice",
                List.of(kept("embeddings.position_embeddings.weight_quantized"), graph.numbers(0), length));
        var both = graph.node(
                "embeddings.both", "Add", List.of(real(word, "word_embeddings"), real(kind, "token_type_embeddings")));
        var all = graph.node("embeddings.all", "Add", List.of(both, real(place, "position_embeddings")));
        return graph.node(
                "embeddings.normed",
                "LayerNormalization",
                List.of(all, kept("embeddings.LayerNorm.weight"), kept("embeddings.LayerNorm.bias")),
                EPSILON);
    }

    private String real(String quantized, String table) throws IOException {
        var scale = kept("embeddings." + table + ".weight_scale");
        var zero = kept("embeddings." + table + ".weight_zero_point");
        return graph.node(quantized + ".real", "DequantizeLinear", List.of(quantized, scale, zero));
    }

    private String layer(String path, boolean last, String words) throws IOException {
        var answer = product(path + "attention.output.dense", Encoder.SIZE, answered(path, asked(path, last, words)));
        var attended = normed(path + "attention.output.", answer, last ? first(path + "first", words) : words);
        var wide = product(path + "intermediate.dense", WIDE, attended);
        var narrow = product(path + "output.dense", Encoder.SIZE, graph.node(path + "gelu", "Gelu", List.of(wide)));
        return normed(path + "output.", narrow, attended);
    }

    /** Of every head what words ask (in the last layer: the first), are asked for, and answer. */
    private List<String> asked(String path, boolean last, String words) throws IOException {
        var self = path + "attention.self.";
        var quantized = graph.nodes(
                List.of(self + "quantized", self + "step", self + "zero"), "DynamicQuantizeLinear", List.of(words));
        if (!last) {
            return heads(self, quantized.getFirst(), List.of("query", "key", "value"));
        }
        var first = first(self + "quantized.first", quantized.getFirst());
        var query = heads(self, first, List.of("query")).getFirst();
        var others = heads(self, quantized.getFirst(), List.of("key", "value"));
        return List.of(query, others.getFirst(), others.getLast());
    }

    private List<String> heads(String self, String quantized, List<String> parts) throws IOException {
        var names = parts.stream().map(it -> self + it).toList();
        var matrix = matrix(names, Encoder.SIZE);
        var product = graph.node(
                matrix.getFirst() + ".product",
                "MatMulIntegerToFloat",
                List.of(
                        quantized,
                        matrix.getFirst(),
                        self + "step",
                        matrix.get(1),
                        self + "zero",
                        "",
                        matrix.getLast()));
        var apart = graph.node(
                product + ".heads", "Reshape", List.of(product, graph.numbers(-1, (long) parts.size() * HEADS, HEAD)));
        return parts.size() == 1
                ? List.of(apart)
                : graph.nodes(names, "Split", List.of(apart), Graph.attribute("axis", 1));
    }

    private String answered(String path, List<String> asked) {
        var self = path + "attention.self.";
        var asks = Graph.attribute("transBatchA", 1);
        var others = Graph.attribute("transBatchB", 1);
        var turned = Graph.attribute("transB", 1);
        var alike = graph.node(
                self + "alike", "FusedMatMul", List.of(asked.getFirst(), asked.get(1)), asks, others, turned, SCALED);
        var shares = graph.node(self + "shares", "Softmax", List.of(alike));
        var answers = graph.node(self + "answers", "FusedMatMul", List.of(shares, asked.getLast()), others);
        var byWord =
                graph.node(self + "byWord", "Transpose", List.of(answers), Graph.attribute("perm", List.of(1, 0, 2)));
        return graph.node(self + "answer", "Reshape", List.of(byWord, graph.numbers(-1, Encoder.SIZE)));
    }

    private String product(String name, int columns, String words) throws IOException {
        var matrix = matrix(List.of(name), columns);
        return graph.node(
                name, "DynamicQuantizeMatMul", List.of(words, matrix.getFirst(), matrix.get(1), "", matrix.getLast()));
    }

    /** Names of the numbers, the steps and the biases. */
    private List<String> matrix(List<String> names, int columns) throws IOException {
        var name = String.join("+", names);
        var numbers = weights.matrix(names, columns);
        var all = names.size() * columns;
        return List.of(
                graph.tensor(name + ".matrix", Graph.INT8, List.of(numbers.remaining() / all, all), numbers),
                graph.tensor(name + ".steps", Graph.FLOAT, List.of(all), weights.steps(names, columns)),
                graph.tensor(name + ".biases", Graph.FLOAT, List.of(all), weights.biases(names, columns)));
    }

    private String normed(String path, String words, String before) throws IOException {
        return graph.node(
                path + "normed",
                "SkipLayerNormalization",
                List.of(words, before, kept(path + "LayerNorm.weight"), kept(path + "LayerNorm.bias")),
                EPSILON);
    }

    private String first(String name, String rows) {
        return graph.node(name, "Slice", List.of(rows, graph.numbers(0), graph.numbers(1)));
    }

    private String kept(String name) throws IOException {
        return graph.tensor(name, weights.tensor(name));
    }
}
