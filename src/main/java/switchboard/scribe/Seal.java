package switchboard.scribe;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;
import switchboard.log.DataKey;
import switchboard.log.Entry;
import switchboard.log.Head;
import switchboard.log.Json;
import switchboard.log.Keyring;
import switchboard.log.Pen;
import switchboard.log.TenantKeys;

/** Makes the entries of one incarnation of one log: the data key, the sealed box, the bytes. */
public final class Seal {

    /** Whether drafts can be made into entries now. */
    public enum Readiness {
        READY,
        /** The key in use is to be loaded first. */
        UNLOCK,
        /** A new key is needed and is to be waited for. */
        TAKE,
        /** A new key is needed and none can be had. */
        NONE
    }

    /**
     * An entry to be.
     *
     * @param type its name on disk
     * @param once the identity of what it came from; empty where nothing did
     * @param event what is plain
     * @param secret what is to be sealed; empty: nothing
     */
    public record Draft(String type, String once, Object event, Map<String, Object> secret) {}

    /** An entry's contents as they are written. */
    private record Contents(String once, @JsonUnwrapped Object event, KeysInUse.@Nullable Note key, String sealed) {}

    private final String tenant;
    private final String pid;
    private final Keyring keyring;
    private final TenantKeys keys;
    private final Pen pen;
    private Optional<DataKey> key = Optional.empty();
    private Optional<DataKey> fresh = Optional.empty();
    private String lost = "";
    private boolean refused;

    /** Of the log {@code pid} of {@code tenant}. */
    public Seal(String tenant, String pid, Desk desk) {
        this.tenant = tenant;
        this.pid = pid;
        this.keyring = desk.keys();
        this.keys = keyring.tenant(tenant);
        this.pen = new Pen(keys, desk.right().next());
    }

    /** The tenant's own keys. */
    public TenantKeys keys() {
        return keys;
    }

    public boolean genuine(Entry entry) {
        return entry.genuine(keys);
    }

    /** Looks whether the key that is needed to seal something is at hand; {@code begins}: a new one is wanted. */
    public Readiness ready(String current, boolean begins) {
        if (begins || current.isEmpty() || current.equals(lost)) {
            fresh = fresh.or(() -> keyring.next(tenant));
            var without = refused ? Readiness.NONE : Readiness.TAKE;
            refused = false;
            return fresh.isPresent() ? Readiness.READY : without;
        }
        return key.filter(k -> k.id().equals(current)).isPresent() ? Readiness.READY : Readiness.UNLOCK;
    }

    /** The entries of drafts, after {@code head}; where any is sealed only after {@link Readiness#READY}. */
    public List<Entry> entries(Head head, Instant at, int episode, List<Draft> drafts) {
        var entries = new ArrayList<Entry>(drafts.size());
        for (var draft : drafts) {
            var entry = entry(head, at, episode, draft);
            entries.add(entry);
            head = Head.after(entry);
        }
        return entries;
    }

    private Entry entry(Head head, Instant at, int episode, Draft draft) {
        KeysInUse.Note note = null;
        var sealed = "";
        if (!draft.secret().isEmpty()) {
            if (fresh.isPresent()) {
                key = fresh;
                fresh = Optional.empty();
                note = new KeysInUse.Note(
                        key.orElseThrow().id(), key.orElseThrow().commitment().toString());
            }
            sealed = key.orElseThrow().seal(bytes(draft.secret()), pid, head.seq() + 1);
        }
        var contents = new Contents(draft.once(), draft.event(), note, sealed);
        return pen.write(head, draft.type(), at, episode, contents);
    }

    /** The key with that id; one that somebody damaged is as good as deleted: what comes next gets another. */
    CompletionStage<Optional<DataKey>> load(String id) {
        return keyring.load(tenant, id).exceptionallyCompose(Seal::damaged);
    }

    private static CompletionStage<Optional<DataKey>> damaged(Throwable failure) {
        var cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        return cause instanceof DataKey.Damaged
                ? CompletableFuture.completedStage(Optional.empty())
                : CompletableFuture.failedStage(failure);
    }

    void unlocked(String id, Optional<DataKey> loaded) {
        key = loaded;
        lost = loaded.isPresent() ? "" : id;
    }

    CompletionStage<DataKey> take() {
        return keyring.take(tenant);
    }

    void taken(Optional<DataKey> key) {
        fresh = key;
        refused = key.isEmpty();
    }

    CompletionStage<Done> erase(List<String> ids) {
        return CompletableFuture.allOf(ids.stream()
                        .map(id -> keyring.erase(tenant, id).toCompletableFuture())
                        .toArray(CompletableFuture[]::new))
                .thenApply(_ -> Done.getInstance());
    }

    private static byte[] bytes(Map<String, Object> secret) {
        try {
            return Json.MAPPER.writeValueAsBytes(secret);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("records and texts always have a JSON form", e);
        }
    }
}
