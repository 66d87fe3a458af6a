package switchboard.journal;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.uuid.Uuids;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import switchboard.log.Entry;
import switchboard.log.Head;
import switchboard.log.Pen;
import switchboard.log.TenantKeys;

/** A log written and tampered with by CQL, in rows of the journal plugin's shape. */
public final class RawLog {

    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

    private final CqlSession session;
    private final String persistenceId;
    private final Pen pen;

    public RawLog(CqlSession session, String persistenceId, TenantKeys keys) {
        this.session = session;
        this.persistenceId = persistenceId;
        this.pen = new Pen(keys, 1);
    }

    /** Writes entries 1 to {@code count}, one millisecond apart. */
    public List<Entry> write(int count) {
        var written = new ArrayList<Entry>();
        var head = Head.of(persistenceId);
        for (int i = 0; i < count; i++) {
            var entry = follow(head, Map.of("note", "entry " + head.seq()));
            put(entry.seq(), entry.bytes());
            written.add(entry);
            head = Head.after(entry);
        }
        return written;
    }

    /** An entry after {@code head}, not stored. */
    public Entry follow(Head head, Map<String, ?> data) {
        return pen.write(head, "message.received", NOON.plusMillis(head.seq()), 1, data);
    }

    /** Inserts a row, beside any that are there. */
    public void put(long number, byte[] event) {
        put(number, (number - 1) / Journal.PARTITION, 9001, event);
    }

    public void put(long number, long partition, int serializer, byte[] event) {
        session.execute(SimpleStatement.newInstance(
                "INSERT INTO messages (persistence_id, partition_nr, sequence_nr, timestamp, ser_id, event)"
                        + " VALUES (?, ?, ?, ?, ?, ?)",
                persistenceId,
                partition,
                number,
                Uuids.timeBased(),
                serializer,
                ByteBuffer.wrap(event)));
    }

    /** Deletes all rows of a number. */
    public void delete(long number) {
        session.execute(SimpleStatement.newInstance(
                "DELETE FROM messages WHERE persistence_id = ? AND partition_nr = ? AND sequence_nr = ?",
                persistenceId,
                (number - 1) / Journal.PARTITION,
                number));
    }

    public void replace(long number, byte[] event) {
        delete(number);
        put(number, event);
    }
}
