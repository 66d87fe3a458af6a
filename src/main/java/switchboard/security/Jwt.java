package switchboard.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.util.Optional;
import java.util.function.Function;

/**
 * Signs and reads one kind of our own tokens: HS256 and nothing else, by a key that this kind of token has for itself and
 * the tenant that {@code kid} names. A token of another kind or tenant is as wrong as a forged one.
 */
final class Jwt {

    private static final String US = "switchboard";

    /** What a genuine token says; its time is the reader's to look at. */
    record Said(String tenant, JWTClaimsSet claims) {}

    private final JOSEObjectType type;
    private final String audience;
    private final Function<String, Optional<byte[]>> keys;

    /**
     * @param kind what it is for, {@code [a-z]+}
     * @param keys of a tenant the key for this kind, 32 bytes; empty where there is no such tenant
     */
    Jwt(String kind, Function<String, Optional<byte[]>> keys) {
        this.type = new JOSEObjectType(kind + "+jwt");
        this.audience = US + ":" + kind;
        this.keys = keys;
    }

    /** {@code claims}, with issuer and audience, signed for {@code tenant}, which there must be. */
    String sign(String tenant, JWTClaimsSet.Builder claims) {
        var header = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(type)
                .keyID(tenant)
                .build();
        var jwt = new SignedJWT(header, claims.issuer(US).audience(audience).build());
        try {
            jwt.sign(new MACSigner(keys.apply(tenant).orElseThrow()));
        } catch (JOSEException e) {
            throw new AssertionError("32 bytes fit HS256", e);
        }
        return jwt.serialize();
    }

    /** Empty for what we never signed as this kind. */
    Optional<Said> read(String token) {
        try {
            var jwt = SignedJWT.parse(token);
            return genuine(jwt)
                    ? Optional.of(new Said(jwt.getHeader().getKeyID(), jwt.getJWTClaimsSet()))
                    : Optional.empty();
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private boolean genuine(SignedJWT jwt) throws JOSEException, ParseException {
        var header = jwt.getHeader();
        if (!header.getAlgorithm().equals(JWSAlgorithm.HS256)
                || !type.equals(header.getType())
                || header.getKeyID() == null) {
            return false;
        }
        var key = keys.apply(header.getKeyID());
        if (key.isEmpty() || !jwt.verify(new MACVerifier(key.get()))) {
            return false;
        }
        var claims = jwt.getJWTClaimsSet();
        return US.equals(claims.getIssuer())
                && claims.getAudience().contains(audience)
                && claims.getIssueTime() != null
                && claims.getExpirationTime() != null;
    }
}
