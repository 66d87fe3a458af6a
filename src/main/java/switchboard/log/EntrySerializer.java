package switchboard.log;

import org.apache.pekko.serialization.JSerializer;

/** Passes an entry's bytes through: they were made by the {@link Pen} and are never serialised again. */
public final class EntrySerializer extends JSerializer {

    public static final int ID = 9001;

    @Override
    public int identifier() {
        return ID;
    }

    @Override
    public byte[] toBinary(Object entry) {
        return ((Entry) entry).bytes();
    }

    @Override
    public boolean includeManifest() {
        return false;
    }

    @Override
    public Object fromBinaryJava(byte[] bytes, @org.jspecify.annotations.Nullable Class<?> manifest) {
        return Entry.of(bytes);
    }
}
