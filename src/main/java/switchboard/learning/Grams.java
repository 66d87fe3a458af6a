package switchboard.learning;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Which pieces of words and sentences are known, and how rare each is. Words, pairs of words, and pieces of 2 to 5
 * characters within a word, of lower-case text; each is kept as a 64-bit hash, so that no text of the examples stands in a model.
 */
public final class Grams {

    /** More pieces than this are not kept; the rarest go first. */
    public static final int MOST = 65_536;

    private static final int SHORTEST = 2;
    private static final int LONGEST = 5;
    private static final long WORD = 0x9e3779b97f4a7c15L;
    private static final long PAIR = 0xc2b2ae3d27d4eb4fL;
    private static final long PIECE = 0x165667b19e3779f9L;

    private final long[] hashes;
    private final float[] rarity;

    /** Hashes ascend; the low bit says whether it is a piece of a word. */
    public Grams(long[] hashes, float[] rarity) {
        this.hashes = hashes;
        this.rarity = rarity;
    }

    /** Of these texts; what only one of many texts has is left out. */
    public static Grams of(List<String> texts) {
        var counts = new Counts();
        texts.forEach(text -> counts.add(all(text)));
        return counts.grams(texts.size());
    }

    public int size() {
        return hashes.length;
    }

    public long[] hashes() {
        return hashes;
    }

    public float[] rarity() {
        return rarity;
    }

    /** Words and pieces of words each have length 1. */
    public Sparse vector(String text) {
        var all = all(text);
        var places = new int[all.length];
        var values = new float[all.length];
        var size = 0;
        for (int from = 0, to; from < all.length; from = to) {
            to = from;
            while (to < all.length && all[to] == all[from]) {
                to++;
            }
            var place = Arrays.binarySearch(hashes, all[from]);
            if (place >= 0) {
                places[size] = place;
                values[size++] = (float) (1 + Math.log(to - from)) * rarity[place];
            }
        }
        return scaled(Arrays.copyOf(places, size), Arrays.copyOf(values, size));
    }

    private Sparse scaled(int[] places, float[] values) {
        double[] squares = {1e-12, 1e-12};
        for (int i = 0; i < places.length; i++) {
            squares[block(places[i])] += values[i] * values[i];
        }
        for (int i = 0; i < places.length; i++) {
            values[i] /= (float) Math.sqrt(squares[block(places[i])]);
        }
        return new Sparse(places, values);
    }

    private int block(int place) {
        return (int) (hashes[place] & 1);
    }

    /** Sorted, each as often as it stands there. */
    private static long[] all(String text) {
        var found = new Longs();
        var words = words(text);
        var before = "^";
        for (var word : words) {
            found.accept(hash(WORD, word, 0, word.length()) & ~1);
            found.accept(hash(hash(PAIR, before, 0, before.length()), word, 0, word.length()) & ~1);
            pieces(" " + word + " ", found);
            before = word;
        }
        if (!words.isEmpty()) {
            found.accept(hash(hash(PAIR, before, 0, before.length()), "$", 0, 1) & ~1);
        }
        return found.sorted();
    }

    private static List<String> words(String folded) {
        return Arrays.stream(folded.split("[^\\p{L}\\p{N}']+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static void pieces(String word, LongConsumer found) {
        for (int length = SHORTEST; length <= LONGEST; length++) {
            for (int from = 0; from + length <= word.length(); from++) {
                found.accept(hash(PIECE, word, from, from + length) | 1);
            }
        }
    }

    private static long hash(long seed, String text, int from, int to) {
        var hash = seed ^ (to - from);
        for (int i = from; i < to; i++) {
            hash = (hash ^ text.charAt(i)) * 0x9fb21c651e98df25L;
            hash ^= hash >>> 32;
        }
        return (hash ^ hash >>> 29) * 0xd6e8feb86659fd93L;
    }

    private static final class Longs implements LongConsumer {

        private long[] values = new long[64];
        private int size;

        @Override
        public void accept(long value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, 2 * size);
            }
            values[size++] = value;
        }

        long[] sorted() {
            var sorted = Arrays.copyOf(values, size);
            Arrays.sort(sorted);
            return sorted;
        }
    }

    /** In how many texts each piece stands. */
    private static final class Counts {

        private static final int MANY = 1_000;

        private final Longs seen = new Longs();

        void add(long[] sorted) {
            for (int i = 0; i < sorted.length; i++) {
                if (i == 0 || sorted[i] != sorted[i - 1]) {
                    seen.accept(sorted[i]);
                }
            }
        }

        Grams grams(int texts) {
            var all = seen.sorted();
            var least = texts < MANY ? 1 : 2;
            while (distinct(all, least) > MOST) {
                least++;
            }
            var hashes = new long[distinct(all, least)];
            var rarity = new float[hashes.length];
            var size = 0;
            for (int from = 0, to; from < all.length; from = to) {
                to = end(all, from);
                if (to - from >= least) {
                    hashes[size] = all[from];
                    rarity[size++] = (float) (1 + Math.log((1.0 + texts) / (1.0 + to - from)));
                }
            }
            return new Grams(hashes, rarity);
        }

        private static int distinct(long[] all, int least) {
            var distinct = 0;
            for (int from = 0, to; from < all.length; from = to) {
                to = end(all, from);
                distinct += to - from >= least ? 1 : 0;
            }
            return distinct;
        }

        private static int end(long[] all, int from) {
            var to = from;
            while (to < all.length && all[to] == all[from]) {
                to++;
            }
            return to;
        }
    }
}
