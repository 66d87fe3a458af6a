package switchboard.routing;

import java.util.Arrays;

/** A set of small numbers; the words are open to loops that combine two sets. */
final class Bits {

    long[] words = new long[2];

    boolean has(int number) {
        var word = number >>> 6;
        return word < words.length && (words[word] & (1L << number)) != 0;
    }

    void put(int number, boolean in) {
        var word = number >>> 6;
        if (word >= words.length) {
            words = Arrays.copyOf(words, Math.max(word + 1, 2 * words.length));
        }
        words[word] = in ? words[word] | (1L << number) : words[word] & ~(1L << number);
    }

    /** How many are in both. */
    int common(Bits other) {
        var count = 0;
        for (int i = Math.min(words.length, other.words.length) - 1; i >= 0; i--) {
            count += Long.bitCount(words[i] & other.words[i]);
        }
        return count;
    }

    /** Becomes what is in both. */
    void retain(Bits other) {
        for (int i = 0; i < words.length; i++) {
            words[i] = i < other.words.length ? words[i] & other.words[i] : 0;
        }
    }

    Bits copy() {
        var copy = new Bits();
        copy.words = words.clone();
        return copy;
    }

    /** The least one that is at least {@code from}; -1: none. */
    int next(int from) {
        var word = from >>> 6;
        if (word >= words.length) {
            return -1;
        }
        var rest = words[word] & (-1L << from);
        while (rest == 0) {
            if (++word == words.length) {
                return -1;
            }
            rest = words[word];
        }
        return (word << 6) + Long.numberOfTrailingZeros(rest);
    }
}
