package switchboard.audit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import switchboard.audit.Verdict.Fault;
import switchboard.audit.Verdict.Reason;
import switchboard.audit.Verdict.Tampered;
import switchboard.audit.Verdict.Valid;
import switchboard.journal.RawLog;
import switchboard.log.DataKey;
import switchboard.log.Entry;
import switchboard.log.Head;
import switchboard.log.Pen;
import switchboard.log.TenantKeys;
import switchboard.storage.TestCassandra;

/** Logs that a real conversation wrote through the journal's plugin, and what CQL does to them. */
class VerificationIT {

    @RegisterExtension
    static final TestCassandra cassandra = new TestCassandra();

    private static final TenantKeys FORGERS = new TenantKeys(new byte[32], new byte[32]);
    private static @Nullable House built;

    private final String pid = "Conversation|" + House.TENANT + ":" + UUID.randomUUID();
    private final House house = requireNonNull(built);
    private final RawLog raw = new RawLog(cassandra.session(), pid, house.keys());
    private List<Entry> log = List.of();

    @BeforeAll
    static void build() {
        built = House.build(cassandra);
    }

    @AfterAll
    static void stop() {
        requireNonNull(built).stop();
    }

    @BeforeEach
    void write() {
        log = house.converse(pid, 6);
        assertThat(log.size()).isGreaterThanOrEqualTo(6);
    }

    @Test
    void an_untouched_log_is_valid() {
        assertThat(verdict()).isEqualTo(new Valid(log.size(), Head.after(log.getLast()), 0));
    }

    @Test
    void a_changed_row_is_named() {
        var changed = entry(4).bytes().clone();
        changed[changed.length / 2] ^= 1;

        raw.replace(4, changed);

        assertThat(fault().number()).isEqualTo(4);
    }

    @Test
    void swapped_rows_are_named() {
        raw.replace(3, entry(4).bytes());
        raw.replace(4, entry(3).bytes());

        assertThat(fault()).isEqualTo(new Fault(3, Reason.MOVED));
    }

    @Test
    void a_tail_written_anew_is_named_where_it_begins() {
        var head = Head.after(entry(3));
        for (int n = 4; n <= log.size(); n++) {
            var forged = forged(head);
            raw.replace(n, forged.bytes());
            head = Head.after(forged);
        }

        assertThat(fault()).isEqualTo(new Fault(4, Reason.CHANGED));
    }

    @Test
    void a_removed_row_is_named() {
        raw.delete(4);

        assertThat(fault()).isEqualTo(new Fault(4, Reason.MISSING));
    }

    @Test
    void a_removed_end_is_named() {
        raw.delete(log.size());

        assertThat(fault()).isEqualTo(new Fault(log.size(), Reason.TRUNCATED));
    }

    @Test
    void an_inserted_row_is_named() {
        raw.put(4, forged(Head.after(entry(3))).bytes());

        assertThat(fault()).isEqualTo(new Fault(4, Reason.FORGED));
    }

    @Test
    void a_row_put_into_a_later_partition_is_named() {
        raw.put(4, 1, 9001, entry(4).bytes());

        assertThat(fault()).isEqualTo(new Fault(4, Reason.MOVED));
    }

    @Test
    void a_row_of_another_log_is_named() {
        var other = house.converse(pid + "-other", 6);

        raw.replace(4, other.get(3).bytes());

        assertThat(fault()).isEqualTo(new Fault(4, Reason.UNLINKED));
    }

    @Test
    void a_row_made_unreadable_for_the_journal_is_named() {
        raw.delete(4);
        raw.put(4, 0, 17, entry(4).bytes());

        assertThat(fault()).isEqualTo(new Fault(4, Reason.UNREADABLE));
    }

    @Test
    void a_late_write_is_no_fault() {
        raw.put(4, late().bytes());

        assertThat(verdict()).isEqualTo(new Valid(log.size(), Head.after(log.getLast()), 1));
    }

    @Test
    void a_replaced_key_is_named_where_the_log_commits_to_it() {
        var id = keyId();
        var other = done(house.vault().take(House.TENANT)).id();
        var wrapped = execute("SELECT wrapped FROM data_key WHERE tenant = ? AND id = ?", House.TENANT, other)
                .map(row -> row.getByteBuffer(0))
                .all();

        execute("UPDATE data_key SET wrapped = ? WHERE tenant = ? AND id = ?", wrapped.getFirst(), House.TENANT, id);

        assertThat(fault()).isEqualTo(new Fault(noted(), Reason.KEY_REPLACED));
    }

    @Test
    void a_deleted_key_leaves_the_log_valid() {
        execute("DELETE FROM data_key WHERE tenant = ? AND id = ?", House.TENANT, keyId());

        assertThat(verdict()).isInstanceOf(Valid.class);
        assertThat(done(house.vault().look(House.TENANT, keyId()))).isEmpty();
    }

    @Test
    void the_log_shows_nothing_of_what_was_said() {
        assertThat(log.stream().map(e -> new String(e.bytes(), StandardCharsets.UTF_8)))
                .noneMatch(stored -> stored.contains(House.SAID));
    }

    private String keyId() {
        return DataKey.idOf(
                entry((int) noted()).data(JsonNode.class).path("sealed").asText());
    }

    /** The number of the entry that commits to the key. */
    private long noted() {
        return log.stream()
                .filter(e -> e.data(JsonNode.class).has("key"))
                .findFirst()
                .orElseThrow()
                .seq();
    }

    private Fault fault() {
        return ((Tampered) verdict()).fault();
    }

    private Verdict verdict() {
        return done(house.verification().verify(House.TENANT, pid));
    }

    private Entry entry(int number) {
        return log.get(number - 1);
    }

    private Entry forged(Head head) {
        return new Pen(FORGERS, 99)
                .write(head, "message.received", log.getLast().at(), 1, Map.of("note", "forged"));
    }

    /** As an earlier incarnation would have written it. */
    private Entry late() {
        return new Pen(house.keys(), 1)
                .write(Head.after(entry(3)), "message.received", entry(3).at(), 1, Map.of("note", "late"));
    }

    private static ResultSet execute(String cql, Object... values) {
        return cassandra.session().execute(SimpleStatement.newInstance(cql, values));
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
