package switchboard.journal;

import static java.util.Objects.requireNonNull;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.protocol.internal.util.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import switchboard.log.Entry;
import switchboard.log.EntrySerializer;
import switchboard.storage.Pages;

/**
 * Reads logs from the journal's own table, page by page and as fast as they are taken; nobody is woken by it. Writing
 * is the business of the actors and the journal plugin alone.
 */
public final class Journal {

    /** The plugin's {@code target-partition-size}: entry n lies in partition (n - 1) / this, or in the next one. */
    static final long PARTITION = 500_000;

    /** How far before the wanted entries the chain is taken up, so that a fork just before them is resolved. */
    private static final long RUN_UP = 8;

    private static final int PAGE = 200;

    /** What lies in the table: {@code number} is the row's, which damage may have made different from the entry's. */
    public record Row(long number, Entry entry) {}

    private final CqlSession session;
    private final PreparedStatement from;
    private final PreparedStatement all;
    private final PreparedStatement one;
    private final SimpleStatement ids;

    /** Over the table {@code keyspace.messages}, which must exist. */
    public Journal(CqlSession session, String keyspace) {
        this.session = session;
        var rows = "SELECT sequence_nr, ser_id, event FROM %s.messages WHERE persistence_id = ? AND partition_nr "
                .formatted(keyspace);
        this.all = session.prepare(rows + "= ?");
        this.from = session.prepare(rows + "= ? AND sequence_nr >= ?");
        this.one = session.prepare(rows + "IN (?, ?) AND sequence_nr = ?");
        this.ids = SimpleStatement.newInstance(
                        "SELECT DISTINCT persistence_id, partition_nr FROM %s.messages".formatted(keyspace))
                .setIdempotent(true);
    }

    /** Every row there is, by number and then by time of writing, late twins and damaged ones too. */
    public Source<Row, NotUsed> rows(String persistenceId) {
        return Pages.walk(session, 0, p -> reading(all.bind(persistenceId, p), PAGE))
                .map(Journal::row);
    }

    /**
     * The entries that stand, with numbers above {@code after} and up to {@code until}, in order. Entries after
     * {@code until} are read as far as it takes to know what stands.
     */
    public Source<Entry, NotUsed> read(String persistenceId, long after, long until) {
        return standing(persistenceId, after, until).map(Row::entry);
    }

    /** As {@link #read}, with the numbers under which they lie. */
    public Source<Row, NotUsed> standing(String persistenceId, long after, long until) {
        if (until <= after) {
            return Source.empty();
        }
        var first = after > RUN_UP ? after - RUN_UP : 1;
        var page = (int) Math.min(PAGE, until - first + RUN_UP);
        return Pages.walk(session, partition(first), p -> reading(from.bind(persistenceId, p, first), page))
                .map(Journal::row)
                .statefulMap(
                        () -> new Standing(persistenceId, first),
                        (standing, row) -> Pair.create(standing, standing.after(row)),
                        standing -> Optional.of(standing.end()))
                .mapConcat(rows -> rows)
                .filter(row -> row.number > after)
                .takeWhile(row -> row.number < until, true)
                .filter(row -> row.number <= until);
    }

    /** All rows of one number, earliest first: none, one, or a late write's two. */
    public CompletionStage<List<Entry>> at(String persistenceId, long seq, Materializer materializer) {
        var p = partition(seq);
        return Pages.of(session, reading(one.bind(persistenceId, p, p + 1, seq), PAGE))
                .map(row -> row(row).entry)
                .runWith(Sink.seq(), materializer);
    }

    /** The persistence id of every log, in no order. */
    public Source<String, NotUsed> pids() {
        return Pages.of(session, ids)
                .filter(row -> row.getLong("partition_nr") == 0)
                .map(row -> requireNonNull(row.getString("persistence_id")));
    }

    private static BoundStatement reading(BoundStatement statement, int page) {
        return statement.setIdempotent(true).setPageSize(page);
    }

    private static long partition(long seq) {
        return (Math.max(seq, 1) - 1) / PARTITION;
    }

    /** A row that no serializer of ours wrote, or without contents, is bytes that are no entry. */
    private static Row row(com.datastax.oss.driver.api.core.cql.Row row) {
        var stored = row.getByteBuffer("event");
        var ours = stored != null && row.getInt("ser_id") == EntrySerializer.ID;
        return new Row(row.getLong("sequence_nr"), Entry.of(ours ? Bytes.getArray(stored) : new byte[0]));
    }
}
