package switchboard.cluster;

import static com.datastax.oss.driver.api.core.cql.BatchType.LOGGED;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import switchboard.wire.CannotStart;

/**
 * The table {@code writer}: one partition, so that each statement here is decided in one order for all nodes. {@code term} is the
 * keyspace's and only rises; a row is a node's, and its {@code beat} alone expires. Decided by all data centers, so that there is
 * one cluster on a keyspace and not one in each.
 */
final class LeaseTable {

    private static final String NAME = "keyspace";

    /** A term of version 4 and before was worth so much more in the order of debts. */
    private static final int OLD_BITS = 4;

    /** All of it at one moment. */
    record Seen(long term, List<LeaseRow> rows) {}

    private final CqlSession session;
    private final String node;
    private final Duration expires;

    /** For the rights of {@code node}, which last {@code expires}. */
    LeaseTable(CqlSession session, String node, Duration expires) {
        this.session = session;
        this.node = node;
        this.expires = expires;
    }

    String node() {
        return node;
    }

    String keyspace() {
        return session.getKeyspace().map(name -> name.asInternal()).orElse("?");
    }

    /** With whatever was decided before. */
    Seen read() {
        var rows = session.execute(statement("SELECT node, term, address, beat FROM writer WHERE name = ?", NAME)
                        .setConsistencyLevel(ConsistencyLevel.SERIAL))
                .all();
        if (rows.isEmpty() || rows.getFirst().isNull("term")) {
            begin();
            return read();
        }
        return new Seen(
                rows.getFirst().getLong("term"),
                rows.stream()
                        .filter(row -> !row.isNull("node") && !row.isNull("address"))
                        .map(LeaseRow::of)
                        .toList());
    }

    /** Raises {@code term} and takes this node's row for {@code address}, whoever had it; no if anything has changed. {@code dead} are gone then. */
    boolean take(long term, String address, long beat, List<LeaseRow> dead) {
        return batch(
                term,
                dead,
                statement("UPDATE writer SET address = ? WHERE name = ? AND node = ?", address, NAME, node),
                statement(
                        "UPDATE writer USING TTL ? SET beat = ? WHERE name = ? AND node = ?", ttl(), beat, NAME, node));
    }

    /** Raises {@code term}, as {@link #renew} renews; no if anything has changed. {@code dead} are gone then. */
    boolean raise(long term, String address, long beat, List<LeaseRow> dead) {
        return batch(term, dead, renewal(address, beat));
    }

    /** No if the row is another's, or was taken away. */
    boolean renew(String address, long beat, Duration patience) {
        return applied(session.execute(renewal(address, beat).setTimeout(patience)));
    }

    void giveBack(String address) {
        session.execute(
                statement("DELETE FROM writer WHERE name = ? AND node = ? IF address = ?", NAME, node, address));
    }

    private boolean batch(long term, List<LeaseRow> dead, SimpleStatement... ours) {
        var batch = BatchStatement.builder(LOGGED)
                .setSerialConsistencyLevel(ConsistencyLevel.SERIAL)
                .setIdempotence(false)
                .addStatement(statement("UPDATE writer SET term = ? WHERE name = ? IF term = ?", term + 1, NAME, term));
        // who renews in this moment is not dead
        dead.forEach(row -> batch.addStatement(
                statement("DELETE FROM writer WHERE name = ? AND node = ? IF beat = null", NAME, row.node())));
        batch.addStatements(ours);
        return applied(session.execute(batch.build()));
    }

    private SimpleStatement renewal(String address, long beat) {
        return statement(
                "UPDATE writer USING TTL ? SET beat = ? WHERE name = ? AND node = ? IF address = ?",
                ttl(),
                beat,
                NAME,
                node,
                address);
    }

    /** After the terms of a keyspace that an earlier version wrote, as long as none of that version is alive. */
    private void begin() {
        var old = session.execute(statement("SELECT term, holder FROM lease WHERE name = 'writer'")
                        .setConsistencyLevel(ConsistencyLevel.SERIAL))
                .one();
        var holder = old == null ? null : old.getString("holder");
        if (holder != null && !holder.equals(node)) {
            throw new CannotStart("keyspace %s is in use by a program of an earlier version (%s); stop it first"
                    .formatted(keyspace(), holder));
        }
        var term = old == null ? 0 : (old.getLong("term") + 1) << OLD_BITS;
        session.execute(statement("INSERT INTO writer (name, term) VALUES (?, ?) IF NOT EXISTS", NAME, term));
    }

    private int ttl() {
        return Math.toIntExact(expires.toSeconds());
    }

    private static boolean applied(ResultSet answer) {
        return answer.wasApplied();
    }

    private static SimpleStatement statement(String cql, @Nullable Object... values) {
        return SimpleStatement.newInstance(cql, values)
                .setSerialConsistencyLevel(ConsistencyLevel.SERIAL)
                .setIdempotent(false);
    }
}
