package switchboard.tampering;

import static java.util.Objects.requireNonNull;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.uuid.Uuids;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** The journal's table as one who has the database's password can change it. */
final class Rows implements AutoCloseable {

    /** One row; {@code event} is the entry's bytes. */
    record Stored(String log, long partition, long seq, UUID timestamp, ByteBuffer event) {

        String text() {
            return new String(bytes(), StandardCharsets.UTF_8);
        }

        byte[] bytes() {
            var bytes = new byte[event.remaining()];
            event.duplicate().get(bytes);
            return bytes;
        }

        /** Other bytes as a further row of its log. */
        Stored followedBy(byte[] other) {
            return new Stored(log, partition, seq + 1, Uuids.timeBased(), ByteBuffer.wrap(other));
        }

        private static Stored of(Row row) {
            return new Stored(
                    requireNonNull(row.getString("persistence_id")),
                    row.getLong("partition_nr"),
                    row.getLong("sequence_nr"),
                    requireNonNull(row.getUuid("timestamp")),
                    requireNonNull(row.getByteBuffer("event")));
        }
    }

    private static final String WHERE =
            " WHERE persistence_id = ? AND partition_nr = ? AND sequence_nr = ? AND timestamp = ?";

    private final CqlSession session;

    /** By {@code session}, which it closes. */
    Rows(CqlSession session) {
        this.session = session;
    }

    /** Of a conversation of tenant {@code local}, in order. */
    List<Stored> of(String conversation) {
        return ofLog(log(conversation));
    }

    /** Of any log, in order. */
    List<Stored> ofLog(String log) {
        var rows = session.execute("SELECT * FROM messages WHERE persistence_id = ? AND partition_nr = 0", log);
        return rows.map(Stored::of).all();
    }

    static String log(String conversation) {
        return "Conversation|local:" + conversation;
    }

    /** Puts other bytes in the place of {@code row}'s. */
    void change(Stored row, byte[] event) {
        session.execute(
                "UPDATE messages SET event = ?" + WHERE,
                ByteBuffer.wrap(event),
                row.log(),
                row.partition(),
                row.seq(),
                row.timestamp());
    }

    void remove(Stored row) {
        session.execute("DELETE FROM messages" + WHERE, row.log(), row.partition(), row.seq(), row.timestamp());
    }

    /** A row as the journal writes one, with the time and the bytes of {@code row}. */
    void insert(Stored row) {
        session.execute(
                """
                INSERT INTO messages (persistence_id, partition_nr, sequence_nr, timestamp, timebucket, writer_uuid,
                    ser_id, ser_manifest, event_manifest, event)
                VALUES (?, ?, ?, ?, '0', ?, 9001, '', '', ?)""",
                row.log(),
                row.partition(),
                row.seq(),
                row.timestamp(),
                UUID.randomUUID().toString(),
                row.event());
    }

    /** Where the log ends is known from its rows alone. */
    void forgetHead(String log) {
        session.execute("DELETE FROM chain_head WHERE pid = ?", log);
    }

    /** Out of the vault, for tenant {@code local}. */
    void deleteKey(String id) {
        session.execute("DELETE FROM data_key WHERE tenant = 'local' AND id = ?", id);
    }

    @Override
    public void close() {
        session.close();
    }
}
