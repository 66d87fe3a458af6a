package switchboard.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import switchboard.security.Keys.Known;
import switchboard.security.Keys.Unknown;

/** A customer by his token, and everything that only looks like one. */
class CustomerTokensTest {

    private static final String C = "c" + "a".repeat(26);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Map<String, byte[]> SIGNING = Map.of("acme", filled(64, 1), "other", filled(64, 2));

    private Instant now = Instant.parse("2030-01-01T12:00:00Z");
    private final Map<String, ApiKey> issued = new ConcurrentHashMap<>();
    private final InstantSource clock = () -> now;
    private final CustomerTokens tokens = new CustomerTokens(tenant -> Optional.ofNullable(SIGNING.get(tenant)), clock);
    private final Keys keys = Keys.of(List.of(
                    key("wa", "acme", Role.GATEWAY, false),
                    key("sue", "acme", Role.SUPERVISOR, false),
                    key("old", "acme", Role.GATEWAY, true),
                    key("far", "other", Role.GATEWAY, false)))
            .with(id -> Optional.ofNullable(issued.get(id)))
            .with(tokens);

    @Test
    void its_bearer_is_the_customer_of_one_conversation() {
        var known = (Known) holder(tokens.mint("acme", "wa", C, HOUR).token());

        assertThat(known.principal().tenant()).isEqualTo("acme");
        assertThat(known.principal().role()).isEqualTo(Role.CUSTOMER);
        assertThat(known.principal().isCustomerOf(C)).isTrue();
        assertThat(known.principal().isCustomerOf("c" + "b".repeat(26))).isFalse();
        assertThat(known.principal().channels()).isEmpty();
    }

    @Test
    void it_ends_with_its_time_and_asked_again_too() {
        var minted = tokens.mint("acme", "wa", C, HOUR);
        var known = (Known) holder(minted.token());

        now = minted.expiresAt().minusMillis(1);
        assertThat(keys.standing(known.credential())).isEqualTo(known);
        now = minted.expiresAt();
        assertThat(holder(minted.token())).isEqualTo(Unknown.TOKEN_EXPIRED);
        assertThat(keys.standing(known.credential())).isEqualTo(Unknown.TOKEN_EXPIRED);
    }

    @Test
    void it_falls_with_the_key_that_minted_it() {
        issued.put("gw-1", key("gw-1", "acme", Role.GATEWAY, false));
        var token = tokens.mint("acme", "gw-1", C, HOUR).token();
        var known = (Known) holder(token);

        issued.put("gw-1", key("gw-1", "acme", Role.GATEWAY, true));

        assertThat(holder(token)).isEqualTo(Unknown.REVOKED);
        assertThat(keys.standing(known.credential())).isEqualTo(Unknown.REVOKED);
        issued.clear();
        assertThat(holder(token)).isEqualTo(Unknown.WRONG);
    }

    @Test
    void nobody_but_a_gateway_of_the_same_tenant_mints() {
        assertThat(holder(tokens.mint("acme", "sue", C, HOUR).token())).isEqualTo(Unknown.WRONG);
        assertThat(holder(tokens.mint("acme", "far", C, HOUR).token())).isEqualTo(Unknown.WRONG);
        assertThat(holder(tokens.mint("acme", "old", C, HOUR).token())).isEqualTo(Unknown.REVOKED);
    }

    @Test
    void it_lives_a_day_at_most_whoever_signed_it() throws Exception {
        var minted = tokens.mint("acme", "wa", C, Duration.ofDays(365));
        assertThat(minted.expiresAt()).isEqualTo(now.plus(CustomerTokens.LONGEST));

        var long1 =
                signed(JWSAlgorithm.HS256, "acme", c -> c.expirationTime(Date.from(now.plus(Duration.ofHours(25)))));
        assertThat(holder(long1)).isEqualTo(Unknown.WRONG);
    }

    @Test
    void what_is_well_made_but_for_one_thing_is_wrong() throws Exception {
        assertThat(holder(signed(JWSAlgorithm.HS256, "acme", c -> c))).isInstanceOf(Known.class);

        assertThat(holder(signed(JWSAlgorithm.HS512, "acme", c -> c))).isEqualTo(Unknown.WRONG);
        assertThat(holder(signed(JWSAlgorithm.HS256, "nobody", c -> c))).isEqualTo(Unknown.WRONG);
        assertThat(holder(signed(JWSAlgorithm.HS256, "acme", c -> c.issuer("another"))))
                .isEqualTo(Unknown.WRONG);
        assertThat(holder(signed(JWSAlgorithm.HS256, "acme", c -> c.audience("switchboard:ticket"))))
                .isEqualTo(Unknown.WRONG);
        assertThat(holder(signed(JWSAlgorithm.HS256, "acme", c -> c.expirationTime(null))))
                .isEqualTo(Unknown.WRONG);
        assertThat(holder(signed(JWSAlgorithm.HS256, "acme", c -> c.issueTime(null))))
                .isEqualTo(Unknown.WRONG);
        assertThat(holder(signed(JWSAlgorithm.HS256, "acme", c -> c.subject(null))))
                .isEqualTo(Unknown.WRONG);
        assertThat(holder(signed(JWSAlgorithm.HS256, "acme", c -> c.subject("*"))))
                .isEqualTo(Unknown.WRONG);
        assertThat(holder(signed(JWSAlgorithm.HS256, "acme", c -> c.claim("azp", null))))
                .isEqualTo(Unknown.WRONG);
        assertThat(holder(signed(JWSAlgorithm.HS256, "acme", c -> c.claim("azp", 7))))
                .isEqualTo(Unknown.WRONG);
    }

    @Test
    void what_is_not_signed_or_was_changed_is_wrong() {
        var parts = tokens.mint("acme", "wa", C, HOUR).token().split("\\.", -1);
        var others = tokens.mint("other", "far", C, HOUR).token().split("\\.", -1);
        var plain = new PlainJWT(claims().build()).serialize();

        assertThat(holder(plain)).isEqualTo(Unknown.WRONG);
        assertThat(holder(plain + parts[2])).isEqualTo(Unknown.WRONG);
        assertThat(holder(parts[0] + "." + others[1] + "." + parts[2])).isEqualTo(Unknown.WRONG);
        assertThat(holder(others[0] + "." + parts[1] + "." + parts[2])).isEqualTo(Unknown.WRONG);
        assertThat(holder(parts[0] + "." + parts[1] + ".")).isEqualTo(Unknown.WRONG);
        assertThat(holder(parts[0] + "." + parts[1])).isEqualTo(Unknown.WRONG);
        assertThat(holder("eyJ.eyJ.eyJ")).isEqualTo(Unknown.WRONG);
    }

    @Test
    void where_there_are_no_tokens_there_are_no_customers() {
        var token = tokens.mint("acme", "wa", C, HOUR).token();

        assertThat(Keys.of(List.of()).holder(Optional.of("Bearer " + token))).isEqualTo(Unknown.WRONG);
    }

    private Keys.Holder holder(String token) {
        return keys.holder(Optional.of("Bearer " + token));
    }

    private JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer("switchboard")
                .audience("switchboard:customer")
                .subject(C)
                .claim("azp", "wa")
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(HOUR)));
    }

    /** With the right key. */
    private String signed(JWSAlgorithm algorithm, String tenant, UnaryOperator<JWTClaimsSet.Builder> change)
            throws JOSEException {
        var header = new JWSHeader.Builder(algorithm)
                .type(new JOSEObjectType("customer+jwt"))
                .keyID(tenant)
                .build();
        var jwt = new SignedJWT(header, change.apply(claims()).build());
        jwt.sign(new MACSigner(SIGNING.getOrDefault(tenant, filled(64, 3))));
        return jwt.serialize();
    }

    private static byte[] filled(int length, int with) {
        var bytes = new byte[length];
        java.util.Arrays.fill(bytes, (byte) with);
        return bytes;
    }

    private static ApiKey key(String id, String tenant, Role role, boolean revoked) {
        var hash = HexFormat.of().formatHex(ApiKey.sha256("secret"));
        return new ApiKey(id, tenant, role, hash, role == Role.GATEWAY ? Set.of("whatsapp") : Set.of(), revoked);
    }
}
