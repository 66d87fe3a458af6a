package switchboard.storage;

import static java.util.Objects.requireNonNull;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import switchboard.wire.CannotStart;

/**
 * The keyspace and its tables: {@code schema.cql}, with a version that later ones raise. Versions so far only add tables, so
 * that an older keyspace becomes a newer one by making what is missing.
 *
 * <p>With the version stands the oldest program that may work on such tables. While a newer version only adds what that program
 * does not look at, it stays as it is, and nodes of both versions can start side by side: a release can be taken back.
 */
final class Schema {

    static final int VERSION = 5;

    /** Whose programs may work on the tables of {@link #VERSION}: from this version on. Raised where they would do harm. */
    static final int OLDEST = 5;

    private static final Duration PAUSE = Duration.ofMillis(500);

    private static final Pattern KEYSPACE = Pattern.compile("[a-z][a-z0-9_]{0,47}");

    /** Waits until another has made it, as it is in this version, and leaves the session in the keyspace. */
    static void await(CqlSession session, String keyspace, Duration patience) {
        check(keyspace);
        var start = System.nanoTime();
        while (true) {
            try {
                if (made(session, keyspace)) {
                    break;
                }
                checkPatience(start, patience, keyspace, null);
            } catch (DriverException e) { // a table that was made in this moment is seen before it can be read
                checkPatience(start, patience, keyspace, e);
            }
            Pause.of(PAUSE);
        }
        session.execute("USE " + keyspace);
        refuseLater(session, keyspace);
    }

    /** Makes what is missing, in an older keyspace too, and leaves the session in the keyspace; refuses a schema of a later version. */
    static void make(CqlSession session, String keyspace, String datacenter, int replicas) {
        check(keyspace);
        session.setSchemaMetadataEnabled(false);
        if (missing(session, keyspace, "lease")) {
            session.execute(
                    "CREATE KEYSPACE IF NOT EXISTS %s WITH replication = {'class': 'NetworkTopologyStrategy', '%s': %d}"
                            .formatted(keyspace, datacenter, replicas));
        }
        session.execute("USE " + keyspace);
        if (missing(session, keyspace, "meta") || version(session, keyspace) < VERSION) {
            create(session);
        }
        session.setSchemaMetadataEnabled(null);
        refuseLater(session, keyspace);
    }

    private static boolean made(CqlSession session, String keyspace) {
        return !missing(session, keyspace, "meta") && version(session, keyspace) >= VERSION;
    }

    private static void checkPatience(long start, Duration patience, String keyspace, @Nullable DriverException last) {
        if (System.nanoTime() - start > patience.toNanos()) {
            throw new CannotStart(
                    "nobody has made version %d of keyspace %s within %d s%s"
                            .formatted(
                                    VERSION,
                                    keyspace,
                                    patience.toSeconds(),
                                    last == null ? "" : "; the last failure: " + last.getMessage()),
                    last);
        }
    }

    private static void check(String keyspace) {
        if (!KEYSPACE.matcher(keyspace).matches()) {
            throw new CannotStart("a keyspace's name is lower-case letters, digits and _, not: " + keyspace);
        }
    }

    private static void refuseLater(CqlSession session, String keyspace) {
        if (version(session, keyspace) > VERSION && oldest(session, keyspace) > VERSION) {
            throw new CannotStart("keyspace %s is of version %d, made by a newer program; this one knows version %d"
                    .formatted(keyspace, version(session, keyspace), VERSION));
        }
    }

    private static void create(CqlSession session) {
        Pattern.compile(";")
                .splitAsStream(cql())
                .filter(statement -> !statement.isBlank())
                .forEach(statement -> session.execute(statement));
        session.execute("CREATE TABLE IF NOT EXISTS meta (name text PRIMARY KEY, version int)");
        // in this order: whoever sees the new version sees for whom it is
        note(session, "oldest", OLDEST);
        note(session, "schema", VERSION);
    }

    private static void note(CqlSession session, String name, int version) {
        session.execute(SimpleStatement.newInstance("INSERT INTO meta (name, version) VALUES (?, ?)", name, version));
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
    private static int version(CqlSession session, String keyspace) {
        return noted(session, keyspace, "schema").orElse(0);
    }

    /** Where it is not said, nobody but who knows the version. */
    private static int oldest(CqlSession session, String keyspace) {
        return noted(session, keyspace, "oldest").orElse(Integer.MAX_VALUE);
    }

    private static OptionalInt noted(CqlSession session, String keyspace, String name) {
        var row = session.execute(
                        SimpleStatement.newInstance("SELECT version FROM " + keyspace + ".meta WHERE name = ?", name))
                .one();
        return row == null ? OptionalInt.empty() : OptionalInt.of(row.getInt("version"));
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
