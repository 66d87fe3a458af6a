package switchboard.vault;

import static java.util.Objects.requireNonNull;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.protocol.internal.util.Bytes;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import switchboard.storage.Consistency;

/** The tables of wrapped keys: {@code tenant_key}, which only grows, and {@code data_key}. */
final class KeyRows {

    private final CqlSession session;
    private final PreparedStatement tenantKeys;
    private final PreparedStatement newTenantKey;
    private final PreparedStatement newKey;
    private final PreparedStatement key;
    private final PreparedStatement noKey;

    KeyRows(CqlSession session, String keyspace) {
        this.session = session;
        var own = keyspace + ".tenant_key";
        var data = keyspace + ".data_key";
        this.tenantKeys = session.prepare("SELECT name, wrapped FROM " + own + " WHERE tenant = ?");
        this.newTenantKey =
                session.prepare("INSERT INTO " + own + " (tenant, name, wrapped) VALUES (?, ?, ?) IF NOT EXISTS");
        // fixed times: no clock that stepped back, and no write that surfaces late, makes an erased key live again
        this.newKey =
                session.prepare("INSERT INTO " + data + " (tenant, id, wrapped) VALUES (?, ?, ?) USING TIMESTAMP 1");
        this.noKey = session.prepare("DELETE FROM " + data + " USING TIMESTAMP 2 WHERE tenant = ? AND id = ?");
        this.key = session.prepare("SELECT wrapped FROM " + data + " WHERE tenant = ? AND id = ?");
    }

    /** The tenant's own keys by name, none when it is new; sees every insert that was ever answered. */
    CompletionStage<Map<String, byte[]>> tenantKeys(String tenant) {
        var asked = tenantKeys.bind(tenant).setConsistencyLevel(Consistency.serial(session));
        return session.executeAsync(asked.setIdempotent(true)).thenApply(rows -> {
            var found = new HashMap<String, byte[]>();
            rows.currentPage().forEach(row -> found.put(requireNonNull(row.getString("name")), wrapped(row)));
            return found;
        });
    }

    /** Stores all of a new tenant's keys or, when it has any by now, none. */
    CompletionStage<Done> insertTenantKeys(String tenant, Map<String, byte[]> wrapped) {
        var batch = BatchStatement.builder(DefaultBatchType.LOGGED);
        wrapped.forEach((name, bytes) -> batch.addStatement(newTenantKey.bind(tenant, name, ByteBuffer.wrap(bytes))));
        return session.executeAsync(batch.build()).thenApply(_ -> Done.getInstance());
    }

    /** Stores data keys by id; done when they are durable. */
    CompletionStage<Done> insert(String tenant, Map<String, byte[]> wrapped) {
        var batch = BatchStatement.builder(DefaultBatchType.UNLOGGED);
        wrapped.forEach((id, bytes) -> batch.addStatement(newKey.bind(tenant, id, ByteBuffer.wrap(bytes))));
        return execute(batch.build()).thenApply(_ -> Done.getInstance());
    }

    CompletionStage<Optional<byte[]>> find(String tenant, String id) {
        return execute(key.bind(tenant, id))
                .thenApply(rows -> Optional.ofNullable(rows.one()).map(KeyRows::wrapped));
    }

    CompletionStage<Done> delete(String tenant, String id) {
        return execute(noKey.bind(tenant, id)).thenApply(_ -> Done.getInstance());
    }

    private <T extends Statement<T>> CompletionStage<AsyncResultSet> execute(T statement) {
        return session.executeAsync(statement.setIdempotent(true));
    }

    /** Empty where somebody emptied it: that unwraps to nothing. */
    private static byte[] wrapped(Row row) {
        var bytes = row.getByteBuffer("wrapped");
        return bytes == null ? new byte[0] : Bytes.getArray(bytes);
    }
}
