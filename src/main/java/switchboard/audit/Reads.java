package switchboard.audit;

import static java.util.concurrent.CompletableFuture.completedStage;

import com.datastax.oss.driver.api.core.uuid.Uuids;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import org.apache.pekko.Done;
import switchboard.security.Access.Grant;
import switchboard.security.Principal;

/**
 * Who looked: each read of contents by one who is neither the owner nor the customer, on record before anything is shown.
 * Killed in between: it is on record and was not shown.
 */
public final class Reads {

    /** What was read. */
    public enum What {
        STATE,
        HISTORY,
        /** The stored bytes. */
        BYTES,
        STREAM,
        /** A line of a list. */
        SEARCH;

        /** Lower case, as in the contract. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Numbers in (after, until]; {@code until} 0: and whatever comes, for as long as the stream lasts. */
    public record Seen(What what, long after, long until) {

        /** The state as of the number {@code seq}. */
        public static Seen state(long seq) {
            return new Seen(What.STATE, 0, seq);
        }
    }

    /** One read. {@code purpose} is what the reader said, or empty; {@code reader} an opaque id. */
    public record Read(UUID id, String reader, String role, Seen seen, String purpose) {

        /** When, in milliseconds. */
        public Instant at() {
            return Reads.at(id);
        }
    }

    /** What is on record: a read, or a row that was not written by us as it stands there. */
    public sealed interface Recorded {
        UUID id();

        record Genuine(Read read) implements Recorded {
            @Override
            public UUID id() {
                return read.id;
            }
        }

        record Damaged(UUID id) implements Recorded {}
    }

    /** Where reads are kept. */
    public interface Rows {

        /** Done when it is durable. */
        CompletionStage<Done> add(String tenant, String conversation, Read read);

        /** At most {@code limit}, the latest first, of those before {@code before} where that is given. */
        CompletionStage<List<Recorded>> page(String tenant, String conversation, Optional<UUID> before, int limit);
    }

    private final Rows rows;
    private final LongAdder count = new LongAdder();

    public Reads(Rows rows) {
        this.rows = rows;
    }

    /** To be awaited before the answer. Done at once where such reads are not recorded; when it fails, show nothing. */
    public CompletionStage<Done> before(Principal reader, Grant grant, String purpose, String conversation, Seen seen) {
        return grant.witnessed() ? record(reader, purpose, conversation, seen) : completedStage(Done.getInstance());
    }

    /** Who looked, the latest first: see {@link Rows#page}. */
    public CompletionStage<List<Recorded>> page(String tenant, String conversation, Optional<UUID> before, int limit) {
        return rows.page(tenant, conversation, before, limit);
    }

    /** How many were recorded. */
    public long count() {
        return count.sum();
    }

    /** When the read with that id was, in milliseconds. */
    public static Instant at(UUID id) {
        return Instant.ofEpochMilli(Uuids.unixTimestamp(id));
    }

    private CompletionStage<Done> record(Principal reader, String purpose, String conversation, Seen seen) {
        count.increment();
        var read = new Read(Uuids.timeBased(), reader.id(), reader.role().word(), seen, purpose);
        return rows.add(reader.tenant(), conversation, read);
    }
}
