package switchboard.insight;

import static java.util.concurrent.CompletableFuture.completedStage;
import static java.util.concurrent.CompletableFuture.failedStage;
import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.text.Normalizer;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import switchboard.conversation.Conversation;
import switchboard.conversation.Conversation.Facts;
import switchboard.log.DataKey;
import switchboard.log.Keyring;
import switchboard.wire.CustomerThread;

/**
 * The blind index of customers: who knows an id or an address finds its conversations, and the table tells neither. A term
 * is {@code customer } and base64url of 16 bytes of HMAC with the tenant's identity key; gone with the key of the opening.
 */
public final class Customers {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String BY = "customer";

    private final Keyring keyring;

    public Customers(Keyring keyring) {
        this.keyring = keyring;
    }

    /** By what the customer of the latest opening is found: the id that the channel gave, and the thread. None once erased. */
    CompletionStage<Set<String>> of(Facts facts) {
        if (facts.opening().isEmpty()) {
            return completedStage(Set.of());
        }
        return keyring.look(facts.tenant(), DataKey.idOf(facts.opening()))
                .exceptionallyCompose(Customers::damaged)
                .thenApply(key -> key.flatMap(k -> k.open(
                                facts.opening(),
                                Conversation.persistenceId(facts.tenant(), facts.conversation()),
                                facts.openingSeq()))
                        .map(opening -> terms(facts.tenant(), opening))
                        .orElse(Set.of()));
    }

    static boolean isTerm(String term) {
        return term.startsWith(BY + " ");
    }

    /** By what one would be found whom the caller calls so: as it is, as a number, or as an address. */
    public Set<String> called(String tenant, String name) {
        return Stream.of("", "sms", "email")
                .map(channel -> CustomerThread.of(channel, name).canonical().text())
                .map(canonical -> term(tenant, canonical))
                .collect(toSet());
    }

    private Set<String> terms(String tenant, byte[] opening) {
        var said = read(opening);
        return Stream.of(said.path("thread"), said.path("customer").path("id"))
                .map(JsonNode::asText)
                .map(text -> Normalizer.normalize(text, Normalizer.Form.NFC).strip())
                .filter(text -> !text.isEmpty())
                .map(text -> term(tenant, text))
                .collect(toSet());
    }

    private String term(String tenant, String text) {
        var blind = keyring.tenant(tenant).identify(BY, text);
        return BY + ' ' + Base64.getUrlEncoder().withoutPadding().encodeToString(blind);
    }

    /** Sealed by us, but a later version may have sealed something else. */
    private static JsonNode read(byte[] opening) {
        try {
            return JSON.readTree(opening);
        } catch (IOException e) {
            return JSON.nullNode();
        }
    }

    /** A key that somebody damaged is as good as deleted. */
    private static CompletionStage<Optional<DataKey>> damaged(Throwable failure) {
        var cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        return cause instanceof DataKey.Damaged ? completedStage(Optional.empty()) : failedStage(failure);
    }
}
