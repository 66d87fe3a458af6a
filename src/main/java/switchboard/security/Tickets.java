package switchboard.security;

import static java.util.concurrent.CompletableFuture.completedStage;

import com.nimbusds.jwt.JWTClaimsSet;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import switchboard.security.Keys.Holder;
import switchboard.security.Keys.Known;
import switchboard.security.Keys.Unknown;

/**
 * Tickets stand in the query of one stream's address where no header can be sent (a browser's {@code EventSource}). Each is
 * signed, for its caller and one target, good for a minute and for one use, on whichever node.
 */
public final class Tickets {

    private static final Duration LIFE = Duration.ofSeconds(60);

    /** Longer than any ticket lives, by whatever clock. */
    private static final Duration REMEMBERED = Duration.ofMinutes(15);

    private static final String KEY = "key";
    private static final String CONVERSATION = "conversation";
    private static final String UNTIL = "until";
    private static final String TARGET = "target";

    /** A ticket, and until when it is good. */
    public record Issued(String ticket, Instant expiresAt) {}

    /** Which tickets were used. */
    public interface Used {

        /**
         * Whether this is its first use, anywhere. Remembered for so long. When it fails, it may be used up.
         */
        CompletionStage<Boolean> first(String tenant, String ticket, Duration remembered);
    }

    private final Jwt jwt;
    private final Keys keys;
    private final Used used;
    private final InstantSource clock;

    /** {@code signing} has of a tenant the 32 bytes that sign tickets and nothing else. */
    public Tickets(Function<String, Optional<byte[]>> signing, Keys keys, Used used, InstantSource clock) {
        this.jwt = new Jwt("ticket", signing);
        this.keys = keys;
        this.used = used;
        this.clock = clock;
    }

    /** For {@code caller} and {@code target}, by whatever rule the caller of this makes one string of a request's target. */
    public Issued issue(Known caller, String target) {
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var until = now.plus(LIFE);
        var claims = new JWTClaimsSet.Builder()
                .jwtID(UUID.randomUUID().toString())
                .claim(TARGET, hash(target))
                .issueTime(Date.from(now))
                .expirationTime(Date.from(until));
        switch (caller.credential()) {
            case Credential.Key key -> claims.claim(KEY, key.id());
            case Credential.Token token ->
                claims.claim(KEY, token.mintedBy())
                        .claim(CONVERSATION, token.conversation())
                        .claim(UNTIL, token.expiresAt().getEpochSecond());
        }
        return new Issued(jwt.sign(caller.principal().tenant(), claims), until);
    }

    /** Whose it is, and then it is used up; or why not. What is refused is not used up. Fails when that cannot be known. */
    public CompletionStage<Holder> redeem(String ticket, String target) {
        var said = jwt.read(ticket);
        if (said.isEmpty()) {
            return completedStage(Unknown.TICKET_WRONG);
        }
        var claims = said.get().claims();
        if (!clock.instant().isBefore(claims.getExpirationTime().toInstant())) {
            return completedStage(Unknown.TICKET_EXPIRED);
        }
        if (!hash(target).equals(claims.getClaim(TARGET))) {
            return completedStage(Unknown.TICKET_WRONG_PATH);
        }
        return switch (holder(said.get())) {
            case Known known -> use(known, claims.getJWTID());
            case Unknown why -> completedStage(why);
        };
    }

    private CompletionStage<Holder> use(Known known, String id) {
        return used.first(known.principal().tenant(), id, REMEMBERED)
                .thenApply(first -> first ? known : Unknown.TICKET_USED);
    }

    /** As the credential stands now, and only for the tenant that signed. */
    private Holder holder(Jwt.Said said) {
        try {
            var holder = keys.standing(credential(said.claims()));
            var moved =
                    holder instanceof Known known && !known.principal().tenant().equals(said.tenant());
            return moved ? Unknown.TICKET_WRONG : holder;
        } catch (ParseException e) {
            return Unknown.TICKET_WRONG;
        }
    }

    private static Credential credential(JWTClaimsSet claims) throws ParseException {
        var key = claims.getStringClaim(KEY);
        var conversation = claims.getStringClaim(CONVERSATION);
        return conversation == null
                ? new Credential.Key(key)
                : new Credential.Token(key, conversation, Instant.ofEpochSecond(claims.getLongClaim(UNTIL)));
    }

    private static String hash(String target) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(ApiKey.sha256(target));
    }
}
