package switchboard.log;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;

/**
 * What is stored for one event: one line of UTF-8 JSON, made once by a {@link Pen} and never serialised again.
 *
 * <pre>{"seq":7,"type":"message.received","at":"…Z","episode":1,"prev":"64 hex","writer":4000000012,"data":{…},"mac":"32 hex"}</pre>
 *
 * <p>{@code prev} is the hash of the entry before, {@code writer} the number of the actor's incarnation that wrote it,
 * {@code mac} the first 16 bytes of HMAC-SHA-256(tenant's chain key, all bytes before {@code ,"mac"}). Bytes that are no
 * entry (somebody changed them) parse too, as {@link #UNREADABLE}: a damaged row must not keep a conversation from
 * standing up; naming it is the work of the audit.
 */
public final class Entry {

    /** The type of bytes that are no entry. */
    public static final String UNREADABLE = "entry.unreadable";

    private final byte[] bytes;
    private final Hash hash;
    private final long seq;
    private final String type;
    private final Instant at;
    private final int episode;
    private final Hash prev;
    private final long writer;
    private final int dataFrom;
    private final int dataTo;
    private final String mac;

    private Entry(byte[] bytes, Envelope e) {
        this.bytes = bytes;
        this.hash = Hash.ofEntry(bytes);
        this.seq = e.seq;
        this.type = e.type;
        this.at = e.at;
        this.episode = e.episode;
        this.prev = e.prev;
        this.writer = e.writer;
        this.dataFrom = e.dataFrom;
        this.dataTo = e.dataTo;
        this.mac = e.mac;
    }

    /** The entry that was stored as {@code bytes}, which must not be changed afterwards. */
    public static Entry of(byte[] bytes) {
        try {
            return new Entry(bytes, Envelope.read(bytes));
        } catch (IOException | RuntimeException e) { // any bytes may come: unreadable is an answer, see seq()
            return new Entry(bytes, new Envelope());
        }
    }

    /** From 1; 0 when unreadable. */
    public long seq() {
        return seq;
    }

    /** Dotted, past tense. */
    public String type() {
        return type;
    }

    /** When the entity decided it: UTC, milliseconds, never before the entry before. */
    public Instant at() {
        return at;
    }

    /** From 1; 0 in logs that have no episodes. */
    public int episode() {
        return episode;
    }

    /** The hash of the entry before. */
    public Hash prev() {
        return prev;
    }

    /** Which incarnation of the actor wrote it; a later one has a higher number, across restarts too. */
    public long writer() {
        return writer;
    }

    /** SHA-256(0x00 ‖ stored bytes). */
    public Hash hash() {
        return hash;
    }

    /** The exact stored bytes: not a copy, not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** Bytes stored. */
    public int size() {
        return bytes.length;
    }

    /** Its contents as {@code shape}. */
    public <T> T data(Class<T> shape) {
        try {
            return requireNonNull(Json.MAPPER.readValue(bytes, dataFrom, dataTo - dataFrom, shape));
        } catch (IOException e) {
            throw new UncheckedIOException(type + " " + seq + " does not read as " + shape.getSimpleName(), e);
        }
    }

    /** Whether it was written by one who holds the tenant's chain key. */
    public boolean genuine(TenantKeys keys) {
        var tail = Pen.MAC_TAIL + mac + "\"}";
        var signed = bytes.length - tail.length();
        return signed > 0 && keys.mac(bytes, signed).equals(mac);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Entry that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return hash.hashCode();
    }

    /** Number, type and hash: what may be logged. */
    @Override
    public String toString() {
        return seq + " " + type + " " + hash;
    }

    private static final class Envelope {
        long seq;
        String type = UNREADABLE;
        Instant at = Instant.EPOCH;
        int episode;
        Hash prev = NONE;
        long writer;
        int dataFrom;
        int dataTo;
        String mac = "";

        private static final Hash NONE = Hash.parse("0".repeat(64));

        static Envelope read(byte[] bytes) throws IOException {
            var e = new Envelope();
            try (var in = Json.MAPPER.getFactory().createParser(bytes)) {
                in.nextToken();
                while (in.nextToken() == JsonToken.FIELD_NAME) {
                    e.field(in);
                }
            }
            if (e.seq < 1 || e.dataTo == 0 || e.prev.equals(NONE)) {
                throw new IOException("not an entry");
            }
            return e;
        }

        private void field(JsonParser in) throws IOException {
            var name = in.currentName();
            in.nextToken();
            switch (name) {
                case "seq" -> seq = in.getLongValue();
                case "type" -> type = in.getText();
                case "at" -> at = Instant.parse(in.getText());
                case "episode" -> episode = in.getIntValue();
                case "prev" -> prev = Hash.parse(in.getText());
                case "writer" -> writer = in.getLongValue();
                case "mac" -> mac = in.getText();
                case "data" -> {
                    if (in.currentToken() != JsonToken.START_OBJECT) {
                        throw new IOException("contents are an object");
                    }
                    dataFrom = (int) in.currentTokenLocation().getByteOffset();
                    in.skipChildren();
                    dataTo = (int) in.currentLocation().getByteOffset();
                }
                default -> in.skipChildren();
            }
        }
    }
}
