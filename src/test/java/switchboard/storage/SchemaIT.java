package switchboard.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import switchboard.wire.CannotStart;

class SchemaIT {

    @RegisterExtension
    static final TestCassandra cassandra = new TestCassandra();

    @Test
    void all_tables_are_there_before_anything_starts() {
        var tables = cassandra
                .session()
                .execute("SELECT table_name FROM system_schema.tables WHERE keyspace_name = '" + cassandra.keyspace()
                        + "'")
                .map(row -> row.getString(0))
                .all();

        assertThat(tables)
                .containsExactlyInAnyOrder(
                        "messages",
                        "metadata",
                        "lease",
                        "writer",
                        "tenant_key",
                        "data_key",
                        "owed",
                        "chain_head",
                        "outbound",
                        "meta",
                        "search",
                        "search_head",
                        "search_term",
                        "episode",
                        "day",
                        "waiting",
                        "agent",
                        "api_key",
                        "ticket_used",
                        "read_record");
    }

    @Test
    void a_prepared_keyspace_is_left_as_it_is() {
        cassandra.session().execute("INSERT INTO chain_head (pid, seq, hash) VALUES ('p', 1, 'h')");

        connect(cassandra.keyspace()).close();

        assertThat(cassandra
                        .session()
                        .execute("SELECT seq FROM chain_head WHERE pid = 'p'")
                        .one())
                .isNotNull();
    }

    @Test
    void a_keyspace_of_the_first_version_gets_the_tables_of_this_one_and_keeps_what_it_has() {
        var keyspace = cassandra.keyspace() + "_first";
        connect(keyspace).close();
        var session = cassandra.session();
        for (var table : List.of("search", "search_head", "search_term", "episode", "day", "api_key", "ticket_used")) {
            session.execute("DROP TABLE " + keyspace + "." + table);
        }
        session.execute("UPDATE " + keyspace + ".meta SET version = 1 WHERE name = 'schema'");
        session.execute("INSERT INTO " + keyspace + ".chain_head (pid, seq, hash) VALUES ('p', 1, 'h')");

        connect(keyspace).close();

        assertThat(session.execute("SELECT version FROM " + keyspace + ".meta WHERE name = 'schema'")
                        .map(row -> row.getInt(0))
                        .all())
                .containsExactly(Schema.VERSION);
        assertThat(session.execute("SELECT seq FROM " + keyspace + ".chain_head WHERE pid = 'p'")
                        .one())
                .isNotNull();
        assertThat(session.execute("SELECT seq FROM " + keyspace + ".search").all())
                .isEmpty();
    }

    @Test
    void a_journal_of_a_newer_version_is_refused() {
        var keyspace = cassandra.keyspace() + "_newer";
        connect(keyspace).close();
        cassandra
                .session()
                .execute("UPDATE " + keyspace + ".meta SET version = " + (Schema.VERSION + 1)
                        + " WHERE name = 'schema'");
        cassandra.session().execute("DELETE FROM " + keyspace + ".meta WHERE name = 'oldest'");

        assertThatThrownBy(() -> connect(keyspace))
                .isInstanceOf(CannotStart.class)
                .hasMessage("keyspace %s is of version %d, made by a newer program; this one knows version %d"
                        .formatted(keyspace, Schema.VERSION + 1, Schema.VERSION));
    }

    @Test
    void a_newer_version_that_only_adds_is_worked_with_and_left_as_it_is() {
        var keyspace = cassandra.keyspace() + "_added";
        connect(keyspace).close();
        raise(keyspace, Schema.VERSION + 1, Schema.VERSION);
        cassandra.session().execute("CREATE TABLE " + keyspace + ".of_tomorrow (name text PRIMARY KEY)");

        connect(keyspace).close();
        connect(keyspace, Cassandra.Making.WAIT).close();

        assertThat(noted(keyspace, "schema")).isEqualTo(Schema.VERSION + 1);
        assertThat(noted(keyspace, "oldest")).isEqualTo(Schema.VERSION);
    }

    @Test
    void a_newer_version_that_this_program_would_harm_is_refused_by_who_makes_and_by_who_waits() {
        var keyspace = cassandra.keyspace() + "_other";
        connect(keyspace).close();
        raise(keyspace, Schema.VERSION + 2, Schema.VERSION + 1);

        for (var making : Cassandra.Making.values()) {
            assertThatThrownBy(() -> connect(keyspace, making))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("is of version " + (Schema.VERSION + 2));
        }
    }

    @Test
    void an_older_version_becomes_this_one_and_says_for_whom() {
        var keyspace = cassandra.keyspace() + "_older";
        connect(keyspace).close();
        raise(keyspace, Schema.VERSION - 1, 1);

        connect(keyspace).close();

        assertThat(noted(keyspace, "schema")).isEqualTo(Schema.VERSION);
        assertThat(noted(keyspace, "oldest")).isEqualTo(Schema.OLDEST);
    }

    @Test
    void who_waits_goes_on_when_a_table_that_was_made_in_this_moment_cannot_be_read_yet() {
        var keyspace = cassandra.keyspace() + "_seen";
        try (var made = connect(keyspace)) {
            var failures = new AtomicInteger();
            var early = failing(made.session(), () -> failures.getAndIncrement() < 2);

            Schema.await(early, keyspace, Duration.ofSeconds(20));

            assertThat(failures).hasValueGreaterThan(2);
        }
    }

    @Test
    void whoever_waits_in_vain_says_what_failed_last() {
        var keyspace = cassandra.keyspace() + "_vain";
        try (var made = connect(keyspace)) {
            var never = failing(made.session(), () -> true);

            assertThatThrownBy(() -> Schema.await(never, keyspace, Duration.ofMillis(1)))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("nobody has made version")
                    .hasMessageContaining("; the last failure: All 1 node(s) tried for the query failed")
                    .hasRootCauseInstanceOf(AllNodesFailedException.class);
        }
    }

    /** As Cassandra is when a table is in its schema and not opened yet. */
    private static CqlSession failing(CqlSession session, BooleanSupplier now) {
        return (CqlSession) Proxy.newProxyInstance(
                CqlSession.class.getClassLoader(), new Class<?>[] {CqlSession.class}, (_, method, args) -> {
                    if (args != null
                            && args[0] instanceof SimpleStatement it
                            && it.getQuery().contains(".meta")
                            && now.getAsBoolean()) {
                        throw AllNodesFailedException.fromErrors(List.of(new SimpleImmutableEntry<>(
                                session.getMetadata()
                                        .getNodes()
                                        .values()
                                        .iterator()
                                        .next(),
                                new IllegalArgumentException("Unknown CF 99ef9aa0-e751-11f1-b58c-a777e4fa924f"))));
                    }
                    return method.invoke(session, args);
                });
    }

    private static void raise(String keyspace, int version, int oldest) {
        var update = "UPDATE " + keyspace + ".meta SET version = %d WHERE name = '%s'";
        cassandra.session().execute(update.formatted(version, "schema"));
        cassandra.session().execute(update.formatted(oldest, "oldest"));
    }

    private static int noted(String keyspace, String name) {
        var row = cassandra
                .session()
                .execute("SELECT version FROM " + keyspace + ".meta WHERE name = '" + name + "'")
                .one();
        return row == null ? 0 : row.getInt(0);
    }

    private static Cassandra connect(String keyspace) {
        return connect(keyspace, Cassandra.Making.MAKE);
    }

    private static Cassandra connect(String keyspace, Cassandra.Making making) {
        var contact = cassandra.contact(keyspace);
        var config = contact.config().withFallback(cassandra.config());
        return Cassandra.connect(contact, config, making, 1, Duration.ofSeconds(20));
    }
}
