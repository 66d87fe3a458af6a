package switchboard.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import switchboard.security.IssuedKeys.Creation;
import switchboard.storage.TestCassandra;

/** Keys and tickets, on as many nodes as a test has of them. */
class CredentialRowsIT {

    @RegisterExtension
    static final TestCassandra cassandra = new TestCassandra();

    private static final ActorTestKit actors = ActorTestKit.create();
    private static final Duration NEVER = Duration.ofDays(1);

    private final String tenant = "t" + UUID.randomUUID();

    @AfterAll
    static void stop() {
        actors.shutdownTestKit();
    }

    @Test
    void a_key_is_stored_with_the_hash_of_its_secret_alone() {
        var created = create(node(NEVER), "wa");

        var row = row(created.issued().key().id());
        assertThat(row).doesNotContain(created.secret());
        assertThat(row).contains(created.issued().key().secretSha256());
    }

    @Test
    void a_start_reads_all_keys_and_all_revocations() {
        var before = node(NEVER);
        var live = create(before, "wa").issued().key().id();
        var dead = create(before, "wa").issued().key().id();
        done(before.revoke(tenant, dead));

        var after = node(NEVER);

        assertThat(after.find(live)).map(ApiKey::revoked).contains(false);
        assertThat(after.find(dead)).map(ApiKey::revoked).contains(true);
    }

    @Test
    void other_nodes_see_a_key_and_its_revocation_by_looking() {
        var here = node(NEVER);
        var there = node(Duration.ofMillis(50));

        var id = create(here, "wa").issued().key().id();
        await(() -> there.find(id).isPresent());
        done(here.revoke(tenant, id));
        await(() -> there.find(id).orElseThrow().revoked());
    }

    @Test
    void nodes_that_issue_at_once_leave_a_client_two_keys_and_no_more() {
        var nodes = List.of(node(NEVER), node(NEVER), node(NEVER), node(NEVER));

        var creations = nodes.stream()
                .map(node -> node.create(tenant, "wa", Set.of("whatsapp")))
                .toList();

        assertThat(creations.stream().map(CredentialRowsIT::done).filter(Creation.Created.class::isInstance))
                .hasSize(2);
        assertThat(done(nodes.getFirst().list(tenant))).hasSize(2);
    }

    @Test
    void a_row_that_other_hands_wrote_or_changed_opens_nothing() {
        var id = create(node(NEVER), "wa").issued().key().id();
        var other = "gw-by-hand";
        execute(
                "INSERT INTO api_key (tenant, id, client, channels, hash, created_at, mac)"
                        + " VALUES (?, ?, 'wa', {'*'}, ?, toTimestamp(now()), '')",
                tenant,
                other,
                "a".repeat(64));
        execute("UPDATE api_key SET channels = {'*'} WHERE tenant = ? AND id = ?", tenant, id);

        var node = node(NEVER);

        assertThat(node.find(id)).isEmpty();
        assertThat(node.find(other)).isEmpty();
    }

    @Test
    void a_revocation_that_other_hands_took_back_lets_nobody_in() {
        var node = node(NEVER);
        var id = create(node, "wa").issued().key().id();
        done(node.revoke(tenant, id));

        execute("DELETE revoked_at FROM api_key WHERE tenant = ? AND id = ?", tenant, id);

        assertThat(node(NEVER).find(id)).isEmpty();
    }

    @Test
    void one_ticket_is_used_once_however_many_nodes_it_is_shown_to() {
        var rows = rows();
        var ticket = UUID.randomUUID().toString();

        var uses = IntStream.range(0, 8)
                .mapToObj(_ -> rows.first(tenant, ticket, Duration.ofMinutes(15)))
                .toList();

        assertThat(uses.stream().map(CredentialRowsIT::done)).containsOnlyOnce(true);
        assertThat(done(rows.first(tenant + "2", ticket, Duration.ofMinutes(15))))
                .isTrue();
    }

    private static CredentialRows rows() {
        return new CredentialRows(
                cassandra.session(),
                cassandra.keyspace(),
                (tenant, text) -> Integer.toHexString((tenant + text).hashCode()));
    }

    /** That has read all. */
    private IssuedKeys node(Duration every) {
        var node = new IssuedKeys(actors.system(), rows(), List.of(tenant), InstantSource.system(), every);
        done(node.refresh());
        return node;
    }

    private Creation.Created create(IssuedKeys node, String client) {
        return (Creation.Created) done(node.create(tenant, client, Set.of("whatsapp")));
    }

    private String row(String id) {
        return cassandra
                .session()
                .execute("SELECT JSON * FROM api_key WHERE tenant = '" + tenant + "' AND id = '" + id + "'")
                .map(row -> String.valueOf(row.getString(0)))
                .all()
                .getFirst();
    }

    private static void execute(String cql, Object... values) {
        cassandra.session().execute(SimpleStatement.newInstance(cql, values));
    }

    private static void await(java.util.function.BooleanSupplier so) {
        switchboard.SwitchboardProcess.await("another node", so);
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
