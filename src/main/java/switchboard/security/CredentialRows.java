package switchboard.security;

import static java.util.Objects.requireNonNull;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BinaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.security.IssuedKeys.Issued;
import switchboard.security.IssuedKeys.Snapshot;
import switchboard.storage.Consistency;

/**
 * The tables {@code api_key}, a partition a tenant, and {@code ticket_used}. Every write is a lightweight transaction. A
 * key's row that does not carry the tenant's mac was put there by other hands and opens nothing.
 */
public final class CredentialRows implements IssuedKeys.Rows, Tickets.Used {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** All of a tenant's in one page: what one moment had. */
    private static final int PAGE = 5_000;

    private static final Logger LOG = LoggerFactory.getLogger(CredentialRows.class);

    private final CqlSession session;
    private final BinaryOperator<String> mac;
    private final LongAdder damaged = new LongAdder();
    private final PreparedStatement changes;
    private final PreparedStatement all;
    private final PreparedStatement count;
    private final PreparedStatement put;
    private final PreparedStatement drop;
    private final PreparedStatement use;

    /**
     * Over the tables of {@code keyspace}, which must exist.
     *
     * @param mac of a tenant's and a text; nobody else can make it
     */
    public CredentialRows(CqlSession session, String keyspace, BinaryOperator<String> mac) {
        this.session = session;
        this.mac = mac;
        var keys = keyspace + ".api_key";
        this.changes = session.prepare("SELECT changes FROM " + keys + " WHERE tenant = ? LIMIT 1");
        this.all = session.prepare("SELECT changes, id, client, channels, hash, created_at, revoked_at, mac FROM "
                + keys + " WHERE tenant = ?");
        this.count = session.prepare("UPDATE " + keys + " SET changes = ? WHERE tenant = ? IF changes = ?");
        this.put = session.prepare("INSERT INTO " + keys
                + " (tenant, id, client, channels, hash, created_at, mac, revoked_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
        this.drop = session.prepare("DELETE FROM " + keys + " WHERE tenant = ? AND id = ?");
        this.use = session.prepare(
                "INSERT INTO " + keyspace + ".ticket_used (tenant, id) VALUES (?, ?) IF NOT EXISTS USING TTL ?");
    }

    @Override
    public CompletionStage<Long> changes(String tenant) {
        var asked = changes.bind(tenant);
        return session.executeAsync(bounded(asked).setIdempotent(true))
                .thenApply(rows -> Optional.ofNullable(rows.one())
                        .map(row -> row.getLong("changes"))
                        .orElse(0L));
    }

    @Override
    public CompletionStage<Snapshot> read(String tenant) {
        var asked = all.bind(tenant)
                .setConsistencyLevel(Consistency.serial(session))
                .setPageSize(PAGE);
        return session.executeAsync(bounded(asked).setIdempotent(true)).thenApply(rows -> {
            var keys = new ArrayList<Issued>();
            var changes = 0L;
            for (var row : rows.currentPage()) {
                changes = row.getLong("changes");
                issued(tenant, row).ifPresent(keys::add);
            }
            return new Snapshot(changes, keys);
        });
    }

    @Override
    public CompletionStage<Boolean> change(String tenant, long from, Issued key, Optional<String> dropped) {
        var counted = count.bind().setLong(0, from + 1).setString(1, tenant);
        var batch = BatchStatement.builder(DefaultBatchType.LOGGED)
                .setIdempotence(false)
                .addStatement(from == 0 ? counted.setToNull(2) : counted.setLong(2, from))
                .addStatement(row(key));
        dropped.ifPresent(id -> batch.addStatement(drop.bind(tenant, id)));
        return session.executeAsync(batch.build().setTimeout(PATIENCE)).thenApply(rows -> rows.wasApplied());
    }

    @Override
    public CompletionStage<Boolean> first(String tenant, String ticket, Duration remembered) {
        var used = use.bind(tenant, ticket, (int) remembered.toSeconds());
        return session.executeAsync(bounded(used).setIdempotent(false)).thenApply(rows -> rows.wasApplied());
    }

    /** How many rows of keys were read that are not genuine. */
    public long damaged() {
        return damaged.sum();
    }

    private BoundStatement row(Issued issued) {
        var key = issued.key();
        var row = put.bind(
                key.tenant(),
                key.id(),
                issued.client(),
                key.channels(),
                key.secretSha256(),
                issued.createdAt(),
                mac.apply(key.tenant(), text(issued)));
        return issued.revokedAt().map(at -> row.setInstant(7, at)).orElse(row);
    }

    private Optional<Issued> issued(String tenant, Row row) {
        var id = row.getString("id");
        if (id == null) {
            return Optional.empty();
        }
        try {
            var revoked = Optional.ofNullable(row.getInstant("revoked_at"));
            var channels = requireNonNull(row.getSet("channels", String.class));
            var hash = requireNonNull(row.getString("hash"));
            var key = new ApiKey(id, tenant, Role.GATEWAY, hash, channels, revoked.isPresent());
            var created = requireNonNull(row.getInstant("created_at"));
            var issued = new Issued(key, requireNonNull(row.getString("client")), created, revoked);
            if (mac.apply(tenant, text(issued)).equals(row.getString("mac"))) {
                return Optional.of(issued);
            }
        } catch (NullPointerException | IllegalArgumentException e) {
            LOG.debug("key {} is incomplete", id, e);
        }
        damaged.increment();
        LOG.error(
                "key {} of tenant {} is not as it was issued: somebody changed its row; it opens nothing", id, tenant);
        return Optional.empty();
    }

    private static String text(Issued issued) {
        var key = issued.key();
        return String.join(
                "\n",
                key.id(),
                issued.client(),
                String.join(",", new TreeSet<>(key.channels())),
                key.secretSha256(),
                Long.toString(issued.createdAt().toEpochMilli()),
                issued.revokedAt()
                        .map(Instant::toEpochMilli)
                        .map(String::valueOf)
                        .orElse(""));
    }

    private static BoundStatement bounded(BoundStatement statement) {
        return statement.setTimeout(PATIENCE);
    }
}
