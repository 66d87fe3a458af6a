package switchboard.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
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
                        "messages", "metadata", "lease", "tenant_key", "data_key", "owed", "chain_head", "meta");
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
    void a_journal_of_a_newer_version_is_refused() {
        var keyspace = cassandra.keyspace() + "_newer";
        connect(keyspace).close();
        cassandra.session().execute("UPDATE " + keyspace + ".meta SET version = 2 WHERE name = 'schema'");

        assertThatThrownBy(() -> connect(keyspace))
                .isInstanceOf(CannotStart.class)
                .hasMessage(
                        "keyspace " + keyspace + " is of version 2, made by a newer program; this one knows version 1");
    }

    private static Cassandra connect(String keyspace) {
        var contact = cassandra.contact(keyspace);
        var config = contact.config().withFallback(cassandra.config());
        return Cassandra.connect(contact, config, 1, Duration.ofSeconds(20));
    }
}
