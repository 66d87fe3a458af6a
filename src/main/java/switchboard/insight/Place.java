package switchboard.insight;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import switchboard.log.Hash;

/**
 * Where a conversation stands in lists, which begin with what was opened last.
 *
 * @param openedAt of its latest episode; milliseconds
 */
public record Place(Instant openedAt, String conversation) {

    static final int BUCKETS = 64;

    /** Before all others. */
    public static final Place FIRST = new Place(Instant.parse("9999-12-31T00:00:00Z"), "");

    /** As lists have it. */
    static final Comparator<Place> ORDER =
            Comparator.comparing(Place::openedAt).reversed().thenComparing(Place::conversation);

    private static final String AFTER_ALL = "~";

    /** Behind all of {@code day} and all later days. */
    static Place endOf(LocalDate day) {
        return new Place(day.atStartOfDay(ZoneOffset.UTC).toInstant(), AFTER_ALL);
    }

    boolean isAfter(Place other) {
        return ORDER.compare(this, other) > 0;
    }

    /** In UTC. */
    LocalDate day() {
        return dayOf(openedAt);
    }

    static LocalDate dayOf(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }

    /** 0 to 63; the same for ever. */
    int bucket() {
        return bucketOf(conversation);
    }

    static int bucketOf(String conversation) {
        var hash = Hash.of(conversation.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return Integer.parseInt(hash.toString().substring(0, 2), 16) % BUCKETS;
    }
}
