package switchboard.wire;

/** Marks a message that may cross nodes. Bound to {@code jackson-cbor} in {@code wire.conf}. */
public interface Wire {}
