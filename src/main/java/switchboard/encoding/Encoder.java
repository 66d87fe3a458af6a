package switchboard.encoding;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.Map;
import switchboard.language.Glossary;

/**
 * Sentences as vectors. One at a time (int8 results depend on the batch) on the caller's thread; any number of threads may ask.
 */
public final class Encoder implements AutoCloseable {

    public static final int SIZE = 384;

    /** Words of a sentence that are read. */
    private static final int MOST = 128;

    static final String NAME = "/bge-small-en-v1.5-q";

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final WordPiece words;

    private Encoder(OrtSession session, WordPiece words) {
        this.session = session;
        this.words = words;
    }

    /** From the class path; 0.3 s. Refused: an {@link IOException} where it is not there or does not run on this machine. */
    public static Encoder load() throws IOException {
        try (var options = new OrtSession.SessionOptions();
                var model = resource(NAME + ".onnx")) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            var bytes = Fused.of(model.readAllBytes());
            return new Encoder(OrtEnvironment.getEnvironment().createSession(bytes, options), words());
        } catch (OrtException e) {
            throw new IOException("the encoder does not run here", e);
        }
    }

    static WordPiece words() throws IOException {
        try (var file = resource(NAME + "-tokenizer.json")) {
            var words = new HashMap<String, Integer>();
            new JsonMapper()
                    .readTree(file)
                    .path("model")
                    .path("vocab")
                    .properties()
                    .forEach(word -> words.put(word.getKey(), word.getValue().intValue()));
            return new WordPiece(words);
        }
    }

    static InputStream resource(String name) throws IOException {
        var found = Encoder.class.getResourceAsStream(name);
        if (found == null) {
            throw new IOException("not on the class path: " + name);
        }
        return found;
    }

    /** Of length 1. The encoder reads English only: what is German is said in English, word by word, before. */
    public float[] encode(String text) {
        var ids = words.of(Glossary.english(text), MOST);
        long[] shape = {ids.length};
        try (var input = OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape);
                var result = session.run(Map.of(Fused.INPUT, input))) {
            var first = new float[SIZE];
            ((OnnxTensor) result.get(0)).getFloatBuffer().get(first);
            return unit(first);
        } catch (OrtException e) {
            throw new IllegalStateException("the encoder failed", e);
        }
    }

    static float[] unit(float[] vector) {
        var squares = 0.0;
        for (var value : vector) {
            squares += value * value;
        }
        var length = (float) Math.sqrt(Math.max(squares, 1e-12));
        for (int i = 0; i < vector.length; i++) {
            vector[i] /= length;
        }
        return vector;
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("the encoder does not end", e);
        }
    }
}
