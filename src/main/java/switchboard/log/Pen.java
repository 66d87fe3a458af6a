package switchboard.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Arrays;

/** Writes the entries of one incarnation of one log: makes the bytes, once. */
public final class Pen {

    static final String MAC_TAIL = ",\"mac\":\"";

    private static final DateTimeFormatter AT =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private final TenantKeys keys;
    private final long writer;

    /** A pen that signs with the tenant's chain key for the incarnation {@code writer}. */
    public Pen(TenantKeys keys, long writer) {
        this.keys = keys;
        this.writer = writer;
    }

    /** The entry that follows {@code head}; {@code episode} 0 is left out, {@code data} becomes its contents. */
    public Entry write(Head head, String type, Instant at, int episode, Object data) {
        var out = new ByteArrayOutputStream(512);
        try (var json = Json.MAPPER.getFactory().createGenerator(out)) {
            json.writeStartObject();
            json.writeNumberField("seq", head.seq() + 1);
            json.writeStringField("type", type);
            json.writeStringField("at", AT.format(at));
            if (episode > 0) {
                json.writeNumberField("episode", episode);
            }
            json.writeStringField("prev", head.hash().toString());
            json.writeNumberField("writer", writer);
            json.writeFieldName("data");
            Json.MAPPER.writeValue(json, data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Entry.of(signed(out.toByteArray()));
    }

    /** The generator closed the object: its brace makes way for the mac. */
    private byte[] signed(byte[] closed) {
        var length = closed.length - 1;
        var tail = (MAC_TAIL + keys.mac(closed, length) + "\"}").getBytes(StandardCharsets.US_ASCII);
        var stored = Arrays.copyOf(closed, length + tail.length);
        System.arraycopy(tail, 0, stored, length, tail.length);
        return stored;
    }
}
