package switchboard.insight;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import switchboard.log.TenantKeys;

/** The place to go on from, as a client carries it: signed, and for the same question alone. */
public final class Cursor {

    private static final int MAC = 16;
    private static final int LONGEST = 200;

    /** Base64url of 8 bytes of milliseconds, the conversation's id, and 16 bytes of HMAC. */
    public static String write(TenantKeys keys, String question, Place place) {
        var id = place.conversation().getBytes(StandardCharsets.US_ASCII);
        var bytes = ByteBuffer.allocate(Long.BYTES + id.length + MAC)
                .putLong(place.openedAt().toEpochMilli())
                .put(id)
                .put(mac(keys, question, place))
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The inverse; empty when it was not written by us, or for another question. */
    public static Optional<Place> read(TenantKeys keys, String question, String cursor) {
        try {
            var bytes = Base64.getUrlDecoder().decode(cursor.length() > LONGEST ? "" : cursor);
            if (bytes.length < Long.BYTES + MAC) {
                return Optional.empty();
            }
            var end = bytes.length - MAC;
            var place = new Place(
                    Instant.ofEpochMilli(ByteBuffer.wrap(bytes).getLong()),
                    new String(bytes, Long.BYTES, end - Long.BYTES, StandardCharsets.US_ASCII));
            var signed = Arrays.copyOfRange(bytes, end, bytes.length);
            return Optional.of(place).filter(p -> MessageDigest.isEqual(signed, mac(keys, question, p)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static byte[] mac(TenantKeys keys, String question, Place place) {
        var millis = Long.toString(place.openedAt().toEpochMilli());
        return keys.identify("cursor", question, millis, place.conversation());
    }

    private Cursor() {}
}
