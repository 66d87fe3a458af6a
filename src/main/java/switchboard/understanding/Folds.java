package switchboard.understanding;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Examples in parts for cross-validation: each intent is spread evenly over all parts, in an order that has nothing to do with how
 * they are written. Parts count from 0.
 */
final class Folds {

    private final int count;
    private final int[] parts;

    Folds(int count, int[] parts) {
        this.count = count;
        this.parts = parts;
    }

    static Folds of(Examples examples, int count) {
        var shuffled = IntStream.range(0, examples.labels().length)
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(
                                i -> mixed(examples.texts().get(i)))
                        .thenComparing(i -> i))
                .toList();
        var next = new int[examples.intents().size() + 1];
        for (int intent = 0; intent < next.length; intent++) {
            next[intent] = intent;
        }
        var parts = new int[examples.labels().length];
        shuffled.forEach(i -> parts[i] = next[examples.labels()[i] + 1]++ % count);
        return new Folds(count, parts);
    }

    /** What is learned from while {@code part} is asked about. */
    int[] without(int part) {
        return IntStream.range(0, parts.length).filter(i -> parts[i] != part).toArray();
    }

    int[] in(int part) {
        return IntStream.range(0, parts.length).filter(i -> parts[i] == part).toArray();
    }

    private static int mixed(Text text) {
        var hash = text.plain().hashCode() * 0x9e3779b1;
        return (hash ^ hash >>> 15) * 0x85ebca77;
    }

    int count() {
        return count;
    }

    int[] parts() {
        return parts;
    }
}
