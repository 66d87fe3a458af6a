package switchboard.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import switchboard.audit.Reads.Recorded;
import switchboard.audit.Reads.Seen;
import switchboard.audit.Reads.What;
import switchboard.security.Access;
import switchboard.security.Action;
import switchboard.security.Principal;
import switchboard.security.Role;
import switchboard.storage.TestCassandra;
import switchboard.vault.Vault;

/** Who looked, on disk. */
class ReadRowsIT {

    @RegisterExtension
    static final TestCassandra cassandra = new TestCassandra();

    private static final Principal SUE = new Principal("acme", Role.SUPERVISOR, "sue", Set.of());
    private static final Access.Grant GRANT =
            Access.grant(Role.SUPERVISOR, Action.READ_STATE).orElseThrow();

    private static Vault vault;
    private static Reads reads;
    private String conversation = "";

    @BeforeAll
    static void start() {
        vault = new Vault(cassandra.session(), cassandra.keyspace(), new byte[32], 8);
        done(vault.prepare("acme"));
        done(vault.prepare("other"));
        reads = new Reads(new ReadRows(cassandra.session(), cassandra.keyspace(), vault));
    }

    @AfterAll
    static void stop() {
        vault.close();
    }

    @BeforeEach
    void one_of_its_own(TestInfo test) {
        conversation = test.getDisplayName();
    }

    @Test
    void reads_come_back_as_they_were_the_latest_first_page_by_page() {
        IntStream.range(0, 5).forEach(i -> read("p" + i, new Seen(What.STREAM, i, 0)));

        var first = page(Optional.empty(), 3);
        var second = page(Optional.of(first.getLast()), 3);

        assertThat(first.stream().map(ReadRowsIT::purpose)).containsExactly("p4", "p3", "p2");
        assertThat(second.stream().map(ReadRowsIT::purpose)).containsExactly("p1", "p0");
        var read = ((Recorded.Genuine) second.getLast()).read();
        assertThat(read.reader()).isEqualTo("sue");
        assertThat(read.role()).isEqualTo("supervisor");
        assertThat(read.seen()).isEqualTo(new Seen(What.STREAM, 0, 0));
    }

    @Test
    void another_tenant_sees_none_of_them() {
        read("", Seen.state(7));

        assertThat(done(reads.page("other", conversation, Optional.empty(), 10)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reader = 'nobody'",
                "role = 'auditor'",
                "what = 'history'",
                "what = 'nothing'",
                "after = 1",
                "until = 8",
                "purpose = 'another'",
                "mac = ''"
            })
    void a_row_that_other_hands_changed_is_marked(String change) {
        read("support", Seen.state(7));
        var id = page(Optional.empty(), 1).getFirst().id();

        execute(
                "UPDATE read_record SET " + change + " WHERE tenant = 'acme' AND conversation = ? AND at = ?",
                conversation,
                id);

        assertThat(page(Optional.empty(), 10)).containsExactly(new Recorded.Damaged(id));
    }

    @Test
    void a_row_that_was_copied_to_another_conversation_is_marked_there() {
        read("support", Seen.state(7));
        var row = cassandra
                .session()
                .execute(SimpleStatement.newInstance(
                        "SELECT JSON * FROM read_record WHERE tenant = 'acme' AND conversation = ?", conversation))
                .all()
                .getFirst()
                .getString(0);

        execute("INSERT INTO read_record JSON ?", String.valueOf(row).replace(conversation, "another"));

        assertThat(done(reads.page("acme", "another", Optional.empty(), 10)))
                .hasSize(1)
                .allMatch(Recorded.Damaged.class::isInstance);
    }

    private void read(String purpose, Seen seen) {
        done(reads.before(SUE, GRANT, purpose, conversation, seen));
    }

    private List<Recorded> page(Optional<Recorded> before, int limit) {
        return done(reads.page("acme", conversation, before.map(Recorded::id), limit));
    }

    private static String purpose(Recorded recorded) {
        return ((Recorded.Genuine) recorded).read().purpose();
    }

    private static void execute(String cql, Object... values) {
        cassandra.session().execute(SimpleStatement.newInstance(cql, values));
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
