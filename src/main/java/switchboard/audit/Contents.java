package switchboard.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import switchboard.audit.Verdict.Reason;
import switchboard.log.DataKey;
import switchboard.log.Entry;

/**
 * Checks an entry's {@code key} note and {@code sealed} box, and those of the entry that it recovers, against the vault.
 * Erased keys are no fault.
 */
final class Contents {

    /** Ids and tag alone. */
    private static final int SHORTEST = (12 + 12 + 16) * 4 / 3;

    /** Neighbouring entries share their keys. */
    private static final int REMEMBERED = 8;

    /** Of the key {@code id}: does it have that commitment, or open that box. */
    private record Check(String id, Reason otherwise, Function<DataKey, Boolean> holds) {}

    private final String persistenceId;
    private final Function<String, CompletionStage<Optional<DataKey>>> vault;
    private final Map<String, Optional<DataKey>> keys = new LinkedHashMap<>();

    /** Of the log {@code persistenceId}; {@code vault} has the tenant's keys by id. */
    Contents(String persistenceId, Function<String, CompletionStage<Optional<DataKey>>> vault) {
        this.persistenceId = persistenceId;
        this.vault = vault;
    }

    /** What is wrong; fails when the vault cannot be asked. One entry at a time. */
    CompletionStage<Optional<Reason>> check(Entry entry) {
        var data = entry.data(JsonNode.class);
        var checks = new ArrayList<Check>();
        gather(data, entry.seq(), checks);
        gather(data.path("original"), data.path("of").asLong(), checks);
        return check(checks);
    }

    private void gather(JsonNode data, long seq, List<Check> checks) {
        var key = data.path("key");
        if (key.isObject()) {
            var commitment = key.path("commitment").asText();
            checks.add(new Check(
                    key.path("id").asText(),
                    Reason.KEY_REPLACED,
                    k -> k.commitment().toString().equals(commitment)));
        }
        var sealed = data.path("sealed").asText();
        if (!sealed.isEmpty()) {
            checks.add(new Check(
                    sealed.length() < SHORTEST ? "" : DataKey.idOf(sealed),
                    Reason.SEAL_BROKEN,
                    k -> sealed.length() >= SHORTEST
                            && k.open(sealed, persistenceId, seq).isPresent()));
        }
    }

    private CompletionStage<Optional<Reason>> check(List<Check> checks) {
        if (checks.isEmpty()) {
            return CompletableFuture.completedStage(Optional.empty());
        }
        var first = checks.getFirst();
        return key(first.id)
                .thenApply(key -> key.isEmpty() || first.holds.apply(key.get())
                        ? Optional.<Reason>empty()
                        : Optional.of(first.otherwise))
                .exceptionally(Contents::damaged)
                .thenCompose(wrong -> wrong.isPresent()
                        ? CompletableFuture.completedStage(wrong)
                        : check(checks.subList(1, checks.size())));
    }

    private CompletionStage<Optional<DataKey>> key(String id) {
        var known = keys.get(id);
        if (known != null) {
            return CompletableFuture.completedStage(known);
        }
        return vault.apply(id).thenApply(key -> {
            if (keys.size() == REMEMBERED) {
                keys.clear();
            }
            keys.put(id, key);
            return key;
        });
    }

    private static Optional<Reason> damaged(Throwable failure) {
        var cause = failure instanceof CompletionException c && c.getCause() != null ? c.getCause() : failure;
        if (cause instanceof DataKey.Damaged) {
            return Optional.of(Reason.KEY_REPLACED);
        }
        throw new CompletionException(cause);
    }
}
