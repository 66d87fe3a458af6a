package switchboard.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import switchboard.security.Keys.Known;
import switchboard.security.Keys.Unknown;

class KeysTest {

    private static final List<ApiKey> CONFIGURED =
            List.of(key("wa-1", Role.GATEWAY, "s.e-cret", false), key("old", Role.AUDITOR, "secret", true));

    private final Keys keys = Keys.of(CONFIGURED);

    @Test
    void a_configured_key_is_known_by_id_and_secret() {
        assertThat(keys.holder(Optional.of("Bearer wa-1.s.e-cret")))
                .isEqualTo(new Known(
                        new Principal("acme", Role.GATEWAY, "wa-1", Set.of("whatsapp")), new Credential.Key("wa-1")));
    }

    @Test
    void without_a_credential_nobody_is_known() {
        assertThat(keys.holder(Optional.empty())).isEqualTo(Unknown.MISSING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "Bearer wa-1",
                "Bearer wa-1.",
                "Bearer wa-1.wrong",
                "Bearer wa-2.s.e-cret",
                "Bearer old.wrong",
                "Basic wa-1.s.e-cret",
                "wa-1.s.e-cret",
                "Bearer gateway.local-only",
                "Bearer agent-ana.local-only"
            })
    void what_does_not_fit_is_wrong(String authorization) {
        assertThat(keys.holder(Optional.of(authorization))).isEqualTo(Unknown.WRONG);
    }

    @Test
    void a_revoked_key_is_told_so_to_who_has_its_secret() {
        assertThat(keys.holder(Optional.of("Bearer old.secret"))).isEqualTo(Unknown.REVOKED);
    }

    @ParameterizedTest
    @CsvSource({
        "gateway, GATEWAY, gateway@local",
        "supervisor, SUPERVISOR, supervisor@local",
        "auditor, AUDITOR, auditor@local",
        "admin, ADMIN, admin@local",
        "agent-ana, AGENT, ana",
        "agent-supervisor, AGENT, supervisor"
    })
    void local_mode_has_a_key_for_each_role(String id, Role role, String caller) {
        var holder = (Known) Keys.local(List.of()).holder(Optional.of("bearer " + id + ".local-only"));

        assertThat(holder.principal().tenant()).isEqualTo("local");
        assertThat(holder.principal().role()).isEqualTo(role);
        assertThat(holder.principal().id()).isEqualTo(caller);
        assertThat(holder.principal().speaksFor("sms")).isEqualTo(role == Role.GATEWAY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"agent-", "agent-Ana", "agent-a_b", "agent", "system"})
    void local_mode_knows_nobody_else(String id) {
        assertThat(Keys.local(List.of()).holder(Optional.of("Bearer " + id + ".local-only")))
                .isEqualTo(Unknown.WRONG);
    }

    @Test
    void two_keys_of_one_id_are_refused() {
        var twice = List.of(CONFIGURED.getFirst(), CONFIGURED.getFirst());

        assertThatThrownBy(() -> Keys.of(twice)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_key_that_makes_no_sense_is_refused() {
        var hash = HexFormat.of().formatHex(ApiKey.sha256("secret"));

        assertThatThrownBy(() -> new ApiKey("A B", "acme", Role.AGENT, hash, Set.of(), false))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ApiKey("a", "acme", Role.AGENT, "secret", Set.of(), false))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ApiKey("a", "acme", Role.GATEWAY, hash, Set.of(), false))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ApiKey("a", "acme", Role.AGENT, hash, Set.of("sms"), false))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ApiKey("a", "acme", Role.CUSTOMER, hash, Set.of(), false))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static ApiKey key(String id, Role role, String secret, boolean revoked) {
        var hash = HexFormat.of().formatHex(ApiKey.sha256(secret));
        return new ApiKey(id, "acme", role, hash, role == Role.GATEWAY ? Set.of("whatsapp") : Set.of(), revoked);
    }
}
