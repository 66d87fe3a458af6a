package switchboard.vault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import switchboard.log.DataKey;
import switchboard.storage.TestCassandra;

class VaultIT {

    @RegisterExtension
    static final TestCassandra cassandra = new TestCassandra();

    private static final byte[] MASTER = Wrapping.random();

    private final List<Vault> open = new ArrayList<>();
    private final String tenant = "t" + UUID.randomUUID();

    @AfterEach
    void close() {
        open.forEach(Vault::close);
    }

    @Test
    void a_tenant_that_was_not_prepared_is_a_bug_of_the_caller() {
        assertThatThrownBy(() -> vault(MASTER).tenant(tenant)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_tenant_has_the_same_keys_after_a_restart() {
        var first = done(vault(MASTER).prepare(tenant)).identify("a", "b");

        var vault = vault(MASTER);
        assertThat(done(vault.prepare(tenant)).identify("a", "b")).isEqualTo(first);
        assertThat(vault.tenant(tenant).identify("a", "b")).isEqualTo(first);
    }

    @Test
    void tenants_have_keys_of_their_own() {
        var vault = vault(MASTER);

        assertThat(done(vault.prepare(tenant)).identify("a"))
                .isNotEqualTo(done(vault.prepare(tenant + "2")).identify("a"));
    }

    @Test
    void vaults_that_start_at_once_agree_on_the_keys() {
        var vaults = List.of(vault(MASTER), vault(MASTER), vault(MASTER), vault(MASTER));

        var prepared = vaults.stream().map(v -> v.prepare(tenant)).toList();

        assertThat(new HashSet<>(prepared.stream()
                        .map(p -> new String(done(p).identify("a"), ISO_8859_1))
                        .toList()))
                .hasSize(1);
    }

    @Test
    void a_wrong_master_key_is_told_even_for_a_new_tenant() {
        done(vault(MASTER).prepare(tenant));

        assertThatThrownBy(() -> done(vault(Wrapping.random()).prepare(tenant)))
                .hasCauseInstanceOf(Vault.WrongMasterKey.class);
        assertThatThrownBy(() -> done(vault(Wrapping.random()).prepare(tenant + "new")))
                .hasCauseInstanceOf(Vault.WrongMasterKey.class);
        assertThat(rows("tenant_key", tenant + "new")).isZero();
    }

    @Test
    void a_tenants_key_that_is_gone_is_not_made_anew() {
        done(vault(MASTER).prepare(tenant));
        execute("DELETE FROM tenant_key WHERE tenant = ? AND name = 'chain'", tenant);

        assertThatThrownBy(() -> done(vault(MASTER).prepare(tenant)))
                .isInstanceOf(CompletionException.class)
                .hasMessageContaining("the chain key of tenant " + tenant + " is gone");
    }

    @Test
    void a_key_from_the_pool_is_durable_before_it_is_offered() {
        var vault = vault(MASTER);
        done(vault.prepare(tenant));

        var key = done(vault.take(tenant));

        var another = vault(MASTER);
        done(another.prepare(tenant));
        var found = done(another.look(tenant, key.id())).orElseThrow();
        assertThat(found.id()).isEqualTo(key.id());
        assertThat(found.commitment()).isEqualTo(key.commitment());
    }

    @Test
    void a_burst_of_a_thousand_gets_a_thousand_keys_and_the_pool_is_full_again() {
        var vault = vault(MASTER);
        done(vault.prepare(tenant));

        var taken = new ArrayList<CompletionStage<DataKey>>();
        for (int i = 0; i < 1_000; i++) {
            taken.add(vault.take(tenant));
        }

        assertThat(taken.stream().map(k -> done(k).id()).distinct()).hasSize(1_000);
        assertThat(vault.next(tenant).or(() -> Optional.of(done(vault.take(tenant)))))
                .isPresent();
        assertThat(rows("data_key", tenant)).isGreaterThanOrEqualTo(1_000);
    }

    @Test
    void an_erased_key_is_gone_from_every_vault_and_stays_so() {
        var vault = vault(MASTER);
        done(vault.prepare(tenant));
        var key = done(vault.take(tenant)).id();
        assertThat(done(vault.load(tenant, key))).isPresent();

        done(vault.erase(tenant, key));
        done(vault.erase(tenant, key));

        assertThat(done(vault.load(tenant, key))).isEmpty();
        assertThat(done(vault.look(tenant, key))).isEmpty();
        assertThat(rows("data_key", tenant, key)).isZero();
    }

    @Test
    void a_write_of_the_key_that_surfaces_late_does_not_bring_it_back() {
        var vault = vault(MASTER);
        done(vault.prepare(tenant));
        var key = done(vault.take(tenant));

        done(vault.erase(tenant, key.id()));
        var late = new KeyRows(cassandra.session(), cassandra.keyspace());
        done(late.insert(tenant, Map.of(key.id(), key.secret())));

        assertThat(done(vault.look(tenant, key.id()))).isEmpty();
    }

    @Test
    void a_reader_sees_an_erasure_by_other_hands_at_once() {
        var vault = vault(MASTER);
        done(vault.prepare(tenant));
        var key = done(vault.take(tenant)).id();
        assertThat(done(vault.load(tenant, key))).isPresent();

        execute("DELETE FROM data_key WHERE tenant = ? AND id = ?", tenant, key);

        assertThat(done(vault.look(tenant, key))).isEmpty();
    }

    @Test
    void a_key_that_was_replaced_is_damaged_and_not_erased() {
        var vault = vault(MASTER);
        done(vault.prepare(tenant));
        var key = done(vault.take(tenant)).id();
        var other = done(vault.take(tenant)).id();
        var rows = new KeyRows(cassandra.session(), cassandra.keyspace());
        var wrapped = done(rows.find(tenant, other)).orElseThrow();

        execute("INSERT INTO data_key (tenant, id, wrapped) VALUES (?, ?, ?)", tenant, key, ByteBuffer.wrap(wrapped));

        assertThatThrownBy(() -> done(vault.look(tenant, key))).hasCauseInstanceOf(DataKey.Damaged.class);
        assertThat(vault.damaged()).isOne();
    }

    private Vault vault(byte[] master) {
        var vault = new Vault(cassandra.session(), cassandra.keyspace(), master, 64);
        open.add(vault);
        return vault;
    }

    private static int rows(String table, String tenant) {
        return execute("SELECT tenant FROM " + table + " WHERE tenant = ? ALLOW FILTERING", tenant)
                .all()
                .size();
    }

    private static int rows(String table, String tenant, String id) {
        return execute("SELECT tenant FROM " + table + " WHERE tenant = ? AND id = ?", tenant, id)
                .all()
                .size();
    }

    private static ResultSet execute(String cql, Object... values) {
        return cassandra.session().execute(SimpleStatement.newInstance(cql, values));
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
