package switchboard.scribe;

import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * What was done already: the identity of every event and order of a log, for as long as it lives. Open
 * addressing, 36 bytes a slot, at most two thirds full; the one part of the state that changes in place, confined to
 * its actor.
 */
public final class Identities {

    /**
     * Who says it, and what.
     *
     * @param idHigh with {@code idLow}: 16 bytes of HMAC over what makes it the same
     * @param contentHigh with {@code contentLow}: 16 bytes of HMAC over what it says
     */
    public record Once(long idHigh, long idLow, long contentHigh, long contentLow) {

        /** From both HMACs. */
        public static Once of(byte[] id, byte[] content) {
            var a = ByteBuffer.wrap(id);
            var b = ByteBuffer.wrap(content);
            return new Once(a.getLong(), a.getLong(), b.getLong(), b.getLong());
        }

        /** From an entry's {@code once}: 43 characters of base64url. */
        public static Once parse(String text) {
            var all = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            return new Once(all.getLong(), all.getLong(), all.getLong(), all.getLong());
        }

        @Override
        public String toString() {
            var all = ByteBuffer.allocate(32);
            all.putLong(idHigh).putLong(idLow).putLong(contentHigh).putLong(contentLow);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(all.array());
        }
    }

    private static final int WORDS = 4;

    private final boolean forgets;
    private long[] words = new long[4 * WORDS];
    private int[] seqs = new int[4];
    private int size;

    public Identities() {
        this(false);
    }

    private Identities(boolean forgets) {
        this.forgets = forgets;
    }

    /** Those of one who never asks: none is kept. */
    public static Identities forgotten() {
        return new Identities(true);
    }

    /** The number of the entry with this identity, whatever it says; 0 when there is none. */
    public long find(Once once) {
        return seqs[slot(once)];
    }

    /** Whether the entry with this identity says the same. */
    public boolean same(Once once) {
        int at = slot(once) * WORDS;
        return words[at + 2] == once.contentHigh && words[at + 3] == once.contentLow;
    }

    /** The first one stays. */
    public void add(Once once, long seq) {
        if (forgets) {
            return;
        }
        if ((size + 1) * 3 > seqs.length * 2) {
            grow();
        }
        int slot = slot(once);
        if (seqs[slot] == 0) {
            put(words, slot, once.idHigh, once.idLow, once.contentHigh, once.contentLow);
            seqs[slot] = Math.toIntExact(seq);
            size++;
        }
    }

    private void grow() {
        var newSeqs = new int[seqs.length * 2];
        var newWords = new long[words.length * 2];
        for (int i = 0; i < seqs.length; i++) {
            if (seqs[i] != 0) {
                int from = i * WORDS;
                int slot = free(newSeqs, words[from + 1]);
                put(newWords, slot, words[from], words[from + 1], words[from + 2], words[from + 3]);
                newSeqs[slot] = seqs[i];
            }
        }
        words = newWords;
        seqs = newSeqs;
    }

    /** Where it stands, or would. */
    private int slot(Once once) {
        int slot = (int) once.idLow & (seqs.length - 1);
        while (seqs[slot] != 0 && (words[slot * WORDS] != once.idHigh || words[slot * WORDS + 1] != once.idLow)) {
            slot = (slot + 1) & (seqs.length - 1);
        }
        return slot;
    }

    private static int free(int[] seqs, long low) {
        int slot = (int) low & (seqs.length - 1);
        while (seqs[slot] != 0) {
            slot = (slot + 1) & (seqs.length - 1);
        }
        return slot;
    }

    private static void put(long[] words, int slot, long... values) {
        System.arraycopy(values, 0, words, slot * WORDS, WORDS);
    }
}
