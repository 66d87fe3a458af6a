package switchboard.beside;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.uuid.Uuids;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import switchboard.load.Round;

/**
 * What Cassandra's driver inserts when nothing stands before it: a row a statement, prepared, each acknowledged once the commit log is
 * on disk, into a table with the columns and options of the journal's. The driver's settings are the program's: it is the same class path.
 */
public final class RawInserts implements AutoCloseable {

    private static final String KEYSPACE = """
            CREATE KEYSPACE IF NOT EXISTS raw WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}""";
    private static final String TABLE = """
            CREATE TABLE IF NOT EXISTS raw.messages (
              persistence_id text, partition_nr bigint, sequence_nr bigint, timestamp timeuuid, timebucket text,
              writer_uuid text, ser_id int, ser_manifest text, event_manifest text, event blob,
              meta_ser_id int, meta_ser_manifest text, meta blob, tags set<text>,
              PRIMARY KEY ((persistence_id, partition_nr), sequence_nr, timestamp))
              WITH compression = {'class': 'ZstdCompressor', 'chunk_length_in_kb': 16}""";
    // As the journal's.
    private static final String INSERT = """
            INSERT INTO raw.messages (persistence_id, partition_nr, sequence_nr, timestamp, timebucket, writer_uuid, ser_id,
              ser_manifest, event_manifest, event) VALUES (?, 0, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private static final String WRITER = UUID.randomUUID().toString();
    private static final long BUCKET = TimeUnit.HOURS.toMillis(1);

    private final CqlSession session;
    private final PreparedStatement insert;
    private final ByteBuffer event;
    private final AtomicLong rows = new AtomicLong();

    /** In the keyspace {@code raw} of the node at {@code port}; the event of each row has {@code bytes}, which do not compress. */
    public RawInserts(int port, int bytes) {
        var random = new byte[bytes];
        new Random(1).nextBytes(random);
        event = ByteBuffer.wrap(random);
        session = CqlSession.builder()
                .addContactPoint(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .withLocalDatacenter("datacenter1")
                .build();
        session.execute(KEYSPACE);
        session.execute(TABLE);
        insert = session.prepare(INSERT);
    }

    /** {@code count} that have one row in flight each; together they write in {@code logs} partitions by turns. */
    public List<Round.Client> clients(int count, int logs) {
        var clients = new ArrayList<Round.Client>();
        for (int i = 0; i < count; i++) {
            clients.add(() -> {
                session.executeAsync(row(logs)).toCompletableFuture().get();
                return null;
            });
        }
        return clients;
    }

    private BoundStatement row(int logs) {
        var number = rows.incrementAndGet();
        var log = "Conversation|raw-" + logs + "-" + number % logs;
        var bucket = String.valueOf(System.currentTimeMillis() / BUCKET * BUCKET);
        return insert.bind(log, number, Uuids.timeBased(), bucket, WRITER, 4, "", "", event.duplicate());
    }

    @Override
    public void close() {
        session.close();
    }
}
