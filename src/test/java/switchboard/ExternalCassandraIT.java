package switchboard;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import switchboard.storage.MasterKey;
import switchboard.storage.TestCassandra;

/** Programs against a Cassandra that is not theirs. */
class ExternalCassandraIT {

    @RegisterExtension
    static final TestCassandra cassandra = new TestCassandra();

    @TempDir
    Path folder;

    @Test
    void one_keyspace_has_one_program() {
        var key = key();

        try (var first = SwitchboardProcess.ready(folder.resolve("a"), env("one", key));
                var second = SwitchboardProcess.start(folder.resolve("b"), env("one", key))) {

            assertThat(second.exit()).isEqualTo(1);
            assertThat(second.output())
                    .contains("switchboard cannot start: keyspace one is in use by another program (node-");
            assertThat(first.cassandra()).isEmpty();
            assertThat(first.terminate()).isEqualTo(143);
        }
        try (var third = SwitchboardProcess.ready(folder.resolve("b"), env("one", key))) {
            assertThat(third.output()).contains("node       up, term 2");
        }
    }

    @Test
    void one_makes_the_tables_and_ends_and_another_waits_for_them() {
        var waits = new HashMap<>(env("five", key()));
        waits.put("SWITCHBOARD_CASSANDRA_SCHEMA", "wait");
        var only = new HashMap<>(env("five", folder.resolve("no.key")));
        only.put("SWITCHBOARD_CASSANDRA_SCHEMA", "only");

        try (var waiting = SwitchboardProcess.start(folder.resolve("a"), waits);
                var making = SwitchboardProcess.start(folder.resolve("b"), only)) {
            assertThat(making.exit()).as(making.output()).isZero();
            assertThat(making.output()).contains("the tables of keyspace five are there");
            waiting.awaitReady();
        }
        only.remove("SWITCHBOARD_CASSANDRA_CONTACT_POINTS");
        try (var nowhere = SwitchboardProcess.start(folder.resolve("b"), only)) {
            ProgramIT.assertRefused(
                    nowhere,
                    "settings: the embedded Cassandra's tables are made by the program that starts it:"
                            + " switchboard.storage.schema = only needs contact points");
        }
    }

    @Test
    void tables_that_nobody_makes_are_named() {
        var env = new HashMap<>(env("six", key()));
        env.put("SWITCHBOARD_CASSANDRA_SCHEMA", "wait");
        env.put("SWITCHBOARD_CASSANDRA_PATIENCE", "1s");

        try (var program = SwitchboardProcess.start(folder.resolve("a"), env)) {
            assertThat(program.exit()).isEqualTo(1);
            assertThat(program.output())
                    .contains("switchboard cannot start: nobody has made version 5 of keyspace six within 1 s");
        }
    }

    @Test
    void a_journal_of_a_newer_version_is_refused() {
        var version = "SELECT version FROM meta WHERE name = 'schema'";
        int known = requireNonNull(cassandra.session().execute(version).one()).getInt("version");
        cassandra.session().execute("UPDATE meta SET version = " + (known + 1) + " WHERE name IN ('schema', 'oldest')");

        try (var program = SwitchboardProcess.start(folder.resolve("a"), env(cassandra.keyspace(), key()))) {
            ProgramIT.assertRefused(
                    program,
                    "keyspace %s is of version %d, made by a newer program; this one knows version %d"
                            .formatted(cassandra.keyspace(), known + 1, known));
        }
    }

    @Test
    void no_master_key_is_made_beside_a_foreign_database() {
        var missing = folder.resolve("missing.key");

        try (var program = SwitchboardProcess.start(folder.resolve("a"), env("three", missing))) {
            ProgramIT.assertRefused(
                    program,
                    "master key file cannot be read: " + missing
                            + "; make one with: openssl rand -base64 32, or restore it from its backup");
        }
    }

    @Test
    void a_cassandra_that_does_not_answer_is_named() {
        var env = new HashMap<>(env("four", key()));
        env.put("SWITCHBOARD_CASSANDRA_CONTACT_POINTS", "127.0.0.1:1");
        env.put("SWITCHBOARD_CASSANDRA_PATIENCE", "1s");

        try (var program = SwitchboardProcess.start(folder.resolve("a"), env)) {
            assertThat(program.exit()).isEqualTo(1);
            assertThat(program.output())
                    .contains("switchboard cannot start: Cassandra does not answer: keyspace four at 127.0.0.1:1");
        }
    }

    private Path key() {
        var file = folder.resolve("master.key");
        MasterKey.make(file);
        return file;
    }

    private static Map<String, String> env(String keyspace, Path key) {
        return Map.of(
                "SWITCHBOARD_CASSANDRA_CONTACT_POINTS",
                cassandra.contact().points().getFirst(),
                "SWITCHBOARD_CASSANDRA_KEYSPACE",
                keyspace,
                "SWITCHBOARD_MASTER_KEY_FILE",
                key.toString());
    }
}
