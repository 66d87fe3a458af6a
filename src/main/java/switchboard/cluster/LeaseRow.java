package switchboard.cluster;

import static java.util.Objects.requireNonNull;

import com.datastax.oss.driver.api.core.cql.Row;
import org.jspecify.annotations.Nullable;

/**
 * A node that has registered for a keyspace.
 *
 * @param node by the name in its data folder
 * @param address of its actor system, of this start alone
 * @param beat the number of its last renewal; empty once that has expired
 */
record LeaseRow(String node, String address, @Nullable Long beat) {

    static LeaseRow of(Row row) {
        return new LeaseRow(
                requireNonNull(row.getString("node")),
                requireNonNull(row.getString("address")),
                row.isNull("beat") ? null : row.getLong("beat"));
    }

    /** Whether it may still write. */
    boolean lives() {
        return beat != null;
    }
}
