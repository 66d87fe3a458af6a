package switchboard.audit;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.stream.StreamSupport;
import org.apache.pekko.Done;
import switchboard.audit.Reads.Read;
import switchboard.audit.Reads.Recorded;
import switchboard.audit.Reads.Seen;
import switchboard.audit.Reads.What;
import switchboard.log.Keyring;

/** The table {@code read_record}; each row carries the mac of its tenant, bound to its conversation and its time. */
public final class ReadRows implements Reads.Rows {

    private static final String MAC = "read-record";

    private final CqlSession session;
    private final Keyring keyring;
    private final PreparedStatement add;
    private final PreparedStatement latest;
    private final PreparedStatement older;

    /** Over the table {@code keyspace.read_record}, which must exist; {@code keyring} knows each tenant's keys. */
    public ReadRows(CqlSession session, String keyspace, Keyring keyring) {
        this.session = session;
        this.keyring = keyring;
        var table = keyspace + ".read_record";
        this.add = session.prepare("INSERT INTO " + table
                + " (tenant, conversation, at, reader, role, what, after, until, purpose, mac)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        var select = "SELECT at, reader, role, what, after, until, purpose, mac FROM " + table
                + " WHERE tenant = ? AND conversation = ?";
        this.latest = session.prepare(select + " LIMIT ?");
        this.older = session.prepare(select + " AND at < ? LIMIT ?");
    }

    @Override
    public CompletionStage<Done> add(String tenant, String conversation, Read read) {
        var seen = read.seen();
        return session.executeAsync(safe(add.bind(
                        tenant,
                        conversation,
                        read.id(),
                        read.reader(),
                        read.role(),
                        seen.what().word(),
                        seen.after(),
                        seen.until(),
                        read.purpose(),
                        mac(tenant, conversation, read))))
                .thenApply(_ -> Done.getInstance());
    }

    @Override
    public CompletionStage<List<Recorded>> page(String tenant, String conversation, Optional<UUID> before, int limit) {
        var asked = before.map(at -> older.bind(tenant, conversation, at, limit))
                .orElseGet(() -> latest.bind(tenant, conversation, limit));
        return session.executeAsync(safe(asked).setPageSize(limit))
                .thenApply(rows -> StreamSupport.stream(rows.currentPage().spliterator(), false)
                        .map(row -> recorded(tenant, conversation, row))
                        .toList());
    }

    private Recorded recorded(String tenant, String conversation, Row row) {
        var id = requireNonNull(row.getUuid("at"));
        return Arrays.stream(What.values())
                .filter(what -> what.word().equals(row.getString("what")))
                .map(what -> read(id, what, row))
                .filter(read -> mac(tenant, conversation, read).equals(row.getString("mac")))
                .<Recorded>map(Recorded.Genuine::new)
                .findFirst()
                .orElseGet(() -> new Recorded.Damaged(id));
    }

    private static Read read(UUID id, What what, Row row) {
        var seen = new Seen(what, row.getLong("after"), row.getLong("until"));
        return new Read(id, text(row, "reader"), text(row, "role"), seen, text(row, "purpose"));
    }

    private static String text(Row row, String column) {
        return requireNonNullElse(row.getString(column), "");
    }

    private String mac(String tenant, String conversation, Read read) {
        var seen = read.seen();
        var text = String.join(
                "\n",
                conversation,
                read.id().toString(),
                read.reader(),
                read.role(),
                seen.what().word(),
                seen.after() + "-" + seen.until(),
                read.purpose());
        return keyring.tenant(tenant).mac(MAC, text);
    }

    private static BoundStatement safe(BoundStatement statement) {
        return statement.setIdempotent(true);
    }
}
