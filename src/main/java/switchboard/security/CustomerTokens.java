package switchboard.security;

import com.nimbusds.jwt.JWTClaimsSet;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Tokens with which a customer reads the one conversation that he is in; a gateway mints them and hands them on. */
public final class CustomerTokens {

    /** No token lives longer. */
    public static final Duration LONGEST = Duration.ofHours(24);

    private static final String KEY = "azp";
    private static final Pattern CONVERSATION = Pattern.compile("c[a-z2-7]{26}");

    /** A token, and until when it is good. */
    public record Minted(String token, Instant expiresAt) {}

    /** What a token turned out to be; one that is not genuine is {@link Keys.Unknown#WRONG}. */
    sealed interface Reading permits Reading.Genuine, Keys.Unknown {
        record Genuine(String tenant, Credential.Token credential) implements Reading {}
    }

    private final Jwt jwt;
    private final InstantSource clock;

    /** {@code keys} has of a tenant the 32 bytes that sign such tokens and nothing else. */
    public CustomerTokens(Function<String, Optional<byte[]>> keys, InstantSource clock) {
        this.jwt = new Jwt("customer", keys);
        this.clock = clock;
    }

    /** For the customer of {@code conversation}, by the gateway's key {@code mintedBy}; at most {@link #LONGEST}. */
    public Minted mint(String tenant, String mintedBy, String conversation, Duration life) {
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var until = now.plus(life.compareTo(LONGEST) < 0 ? life : LONGEST);
        var claims = new JWTClaimsSet.Builder()
                .subject(conversation)
                .claim(KEY, mintedBy)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(until));
        return new Minted(jwt.sign(tenant, claims), until);
    }

    /** Whether it may be a token at all; no key's id has a capital. */
    static boolean looksLike(String credential) {
        return credential.startsWith("eyJ");
    }

    Reading read(String token) {
        return jwt.read(token).<Reading>flatMap(CustomerTokens::genuine).orElse(Keys.Unknown.WRONG);
    }

    boolean expired(Credential.Token token) {
        return !clock.instant().isBefore(token.expiresAt());
    }

    private static Optional<Reading> genuine(Jwt.Said said) {
        try {
            var claims = said.claims();
            var conversation = claims.getSubject();
            var mintedBy = claims.getStringClaim(KEY);
            var until = claims.getExpirationTime().toInstant();
            var life = Duration.between(claims.getIssueTime().toInstant(), until);
            return mintedBy == null
                            || conversation == null
                            || !CONVERSATION.matcher(conversation).matches()
                            || life.compareTo(LONGEST) > 0
                    ? Optional.empty()
                    : Optional.of(
                            new Reading.Genuine(said.tenant(), new Credential.Token(mintedBy, conversation, until)));
        } catch (ParseException e) {
            return Optional.empty();
        }
    }
}
