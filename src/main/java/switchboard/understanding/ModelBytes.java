package switchboard.understanding;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import switchboard.judgement.Mix;
import switchboard.judgement.Scope;
import switchboard.learning.Grams;
import switchboard.learning.Linear;
import switchboard.likeness.Kernel;
import switchboard.likeness.Points;

/** The bytes of a model: the same for the same model. What is read is checked, so that no question can fail on it. */
final class ModelBytes {

    /** Floats in one array. */
    private static final int MOST = 1 << 28;

    /** Of a vector. */
    static final int SIZE = 384;

    /** It says something that no model says. */
    static final class Malformed extends IOException {

        private static final long serialVersionUID = 1L;

        Malformed(String what) {
            super(what);
        }
    }

    static byte[] of(Model model) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeInt(model.intents().size());
            for (var intent : model.intents()) {
                out.writeUTF(intent);
            }
            longs(out, model.grams().hashes());
            floats(out, model.grams().rarity());
            floats(out, model.linear().weights());
            kernel(out, model.kernel());
            out.writeDouble(model.mix().grams());
            out.writeDouble(model.mix().likeness());
            for (var numbers : List.of(
                    model.scope().middle(),
                    model.scope().spread(),
                    model.scope().weights())) {
                for (var number : numbers) {
                    out.writeDouble(number);
                }
            }
            out.writeDouble(model.least());
        } catch (IOException e) {
            throw new UncheckedIOException("into memory", e);
        }
        return bytes.toByteArray();
    }

    static Model read(DataInputStream in) throws IOException {
        var intents = intents(in);
        var hashes = longs(in);
        var rarity = floats(in, hashes.length);
        var weights = floats(in, Math.multiplyExact(intents.size(), hashes.length + 1));
        var kernel = kernel(in, intents.size());
        var mix = new Mix(number(in), number(in));
        var scope = new Scope(numbers(in, Scope.SIGNS), numbers(in, Scope.SIGNS), numbers(in, Scope.SIGNS + 1));
        return new Model(
                intents,
                new Grams(hashes, rarity),
                new Linear(intents.size(), weights),
                kernel,
                mix,
                scope,
                number(in));
    }

    private static void kernel(DataOutputStream out, Kernel kernel) throws IOException {
        out.writeInt(kernel.points().count());
        floats(out, kernel.points().center());
        floats(out, kernel.points().steps());
        for (var dimension : kernel.points().dimensions()) {
            out.write(dimension);
        }
        for (var point : kernel.weights()) {
            floats(out, point);
        }
        floats(out, kernel.shares());
    }

    private static Kernel kernel(DataInputStream in, int classes) throws IOException {
        var count = in.readInt();
        check(count >= 2 && count <= Trainer.MOST_ALIKE, "points");
        var center = floats(in, SIZE);
        var steps = floats(in, SIZE);
        var dimensions = new byte[SIZE][];
        for (int d = 0; d < SIZE; d++) {
            dimensions[d] = bytes(in, count);
        }
        var weights = new float[count][];
        for (int i = 0; i < count; i++) {
            weights[i] = floats(in, classes);
        }
        return new Kernel(new Points(center, steps, dimensions, count), classes, weights, floats(in, classes));
    }

    private static double[] numbers(DataInputStream in, int count) throws IOException {
        var numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = number(in);
        }
        return numbers;
    }

    private static List<String> intents(DataInputStream in) throws IOException {
        var count = in.readInt();
        check(count >= 2 && count <= Examples.MOST_INTENTS, "intents");
        var intents = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            intents.add(in.readUTF());
        }
        return List.copyOf(intents);
    }

    private static void longs(DataOutputStream out, long[] values) throws IOException {
        var buffer = ByteBuffer.allocate(values.length * Long.BYTES);
        buffer.asLongBuffer().put(values);
        out.writeInt(values.length);
        out.write(buffer.array());
    }

    /** Ascending. */
    private static long[] longs(DataInputStream in) throws IOException {
        var count = in.readInt();
        check(count >= 0 && count <= Grams.MOST, "pieces");
        var values = new long[count];
        ByteBuffer.wrap(bytes(in, (long) count * Long.BYTES)).asLongBuffer().get(values);
        for (int i = 1; i < count; i++) {
            check(values[i - 1] < values[i], "order of pieces");
        }
        return values;
    }

    private static void floats(DataOutputStream out, float[] values) throws IOException {
        var buffer = ByteBuffer.allocate(values.length * Float.BYTES);
        buffer.asFloatBuffer().put(values);
        out.writeInt(values.length);
        out.write(buffer.array());
    }

    private static float[] floats(DataInputStream in, int expected) throws IOException {
        check(in.readInt() == expected && expected <= MOST, "number of weights");
        var values = new float[expected];
        ByteBuffer.wrap(bytes(in, (long) expected * Float.BYTES))
                .asFloatBuffer()
                .get(values);
        for (var value : values) {
            check(Float.isFinite(value), "weight");
        }
        return values;
    }

    private static double number(DataInputStream in) throws IOException {
        var number = in.readDouble();
        check(Double.isFinite(number), "number");
        return number;
    }

    /** Never more than there are. */
    private static byte[] bytes(DataInputStream in, long count) throws IOException {
        check(count <= in.available(), "length");
        return in.readNBytes((int) count);
    }

    private static void check(boolean sound, String what) throws Malformed {
        if (!sound) {
            throw new Malformed(what);
        }
    }

    private ModelBytes() {}
}
