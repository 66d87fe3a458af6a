package switchboard.storage;

import static java.util.Objects.requireNonNull;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import switchboard.wire.CannotStart;

/**
 * The keyspace and its tables: {@code schema.cql}, with a version that later ones raise. Versions so far only add tables, so
 * that an older keyspace becomes a newer one by making what is missing.
 */
final class Schema {

    static final int VERSION = 4;

    private static final Pattern KEYSPACE = Pattern.compile("[a-z][a-z0-9_]{0,47}");

    /** Makes what is missing, in an older keyspace too, and leaves the session in the keyspace; refuses a schema of a later version. */
    static void prepare(CqlSession session, String keyspace, String datacenter, int replicas) {
        if (!KEYSPACE.matcher(keyspace).matches()) {
            throw new CannotStart("a keyspace's name is lower-case letters, digits and _, not: " + keyspace);
        }
        session.setSchemaMetadataEnabled(false);
        if (missing(session, keyspace, "lease")) {
            session.execute(
                    "CREATE KEYSPACE IF NOT EXISTS %s WITH replication = {'class': 'NetworkTopologyStrategy', '%s': %d}"
                            .formatted(keyspace, datacenter, replicas));
        }
        session.execute("USE " + keyspace);
        if (missing(session, keyspace, "meta") || version(session) < VERSION) {
            create(session);
        }
        session.setSchemaMetadataEnabled(null);
        if (version(session) > VERSION) {
            throw new CannotStart("keyspace %s is of version %d, made by a newer program; this one knows version %d"
                    .formatted(keyspace, version(session), VERSION));
        }
    }

    private static void create(CqlSession session) {
        Pattern.compile(";")
                .splitAsStream(cql())
                .filter(statement -> !statement.isBlank())
                .forEach(statement -> session.execute(statement));
        session.execute("CREATE TABLE IF NOT EXISTS meta (name text PRIMARY KEY, version int)");
        session.execute(SimpleStatement.newInstance("INSERT INTO meta (name, version) VALUES ('schema', ?)", VERSION));
    }

    private static boolean missing(CqlSession session, String keyspace, String table) {
        return session.execute(SimpleStatement.newInstance(
                                "SELECT table_name FROM system_schema.tables WHERE keyspace_name = ? AND table_name = ?",
                                keyspace,
                                table))
                        .one()
                == null;
    }

    /** 0 while there is none. */
    private static int version(CqlSession session) {
        var row = session.execute("SELECT version FROM meta WHERE name = 'schema'")
                .one();
        return row == null ? 0 : row.getInt("version");
    }

    private static String cql() {
        try (var in = requireNonNull(Schema.class.getResourceAsStream("/schema.cql"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("//[^\n]*", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Schema() {}
}
