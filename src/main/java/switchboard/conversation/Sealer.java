package switchboard.conversation;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;
import switchboard.conversation.Conversation.Ordered;
import switchboard.conversation.ConversationState.KeyNote;
import switchboard.conversation.Decisions.Decision;
import switchboard.conversation.Decisions.Draft;
import switchboard.conversation.Identities.Once;
import switchboard.log.DataKey;
import switchboard.log.Entry;
import switchboard.log.Head;
import switchboard.log.Json;
import switchboard.log.Keyring;
import switchboard.log.Pen;
import switchboard.log.TenantKeys;
import switchboard.wire.Inbound;

/** Makes the entries of one incarnation: identities, the episode's key, the bytes. */
final class Sealer {

    /** Whether drafts can be made into entries now. */
    enum Readiness {
        READY,
        /** The episode's key is to be loaded first. */
        UNLOCK,
        /** A new key is needed and is to be waited for. */
        TAKE,
        /** A new key is needed and none can be had. */
        NONE
    }

    /** An entry's contents as they are written. */
    private record Contents(
            String once,
            @JsonUnwrapped ConversationEvent event,
            @Nullable KeyNote key,
            String sealed) {}

    private final String tenant;
    private final String pid;
    private final Keyring keyring;
    private final TenantKeys keys;
    private final Pen pen;
    private Optional<DataKey> key = Optional.empty();
    private Optional<DataKey> fresh = Optional.empty();
    private String lost = "";
    private boolean refused;

    Sealer(String tenant, String pid, Conversation.Ports ports) {
        this.tenant = tenant;
        this.pid = pid;
        this.keyring = ports.keys();
        this.keys = keyring.tenant(tenant);
        this.pen = new Pen(keys, ports.writers().getAsLong());
    }

    Once once(Inbound event) {
        return Once.of(event, json(event.content()), keys);
    }

    Once once(Ordered command) {
        return Once.of(command.order(), Decisions.content(command), keys);
    }

    boolean genuine(Entry entry) {
        return entry.genuine(keys);
    }

    /** The key with that id; one that somebody damaged is as good as deleted: what comes next gets another. */
    CompletionStage<Optional<DataKey>> load(String id) {
        return keyring.load(tenant, id).exceptionallyCompose(Sealer::damaged);
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

    /** Looks whether the key that {@code drafts} need is at hand, and takes a new one where an episode begins. */
    Readiness ready(ConversationState state, List<Draft> drafts) {
        if (drafts.stream().allMatch(d -> d.secret().isEmpty())) {
            return Readiness.READY;
        }
        if (begins(drafts) || state.key().isEmpty() || state.key().equals(lost)) {
            fresh = fresh.or(() -> keyring.next(tenant));
            var without = refused ? Readiness.NONE : Readiness.TAKE;
            refused = false;
            return fresh.isPresent() ? Readiness.READY : without;
        }
        return key.filter(k -> k.id().equals(state.key())).isPresent() ? Readiness.READY : Readiness.UNLOCK;
    }

    private static boolean begins(List<Draft> drafts) {
        return drafts.stream().anyMatch(d -> d.event() instanceof ConversationEvent.Opened);
    }

    /** The entries of a decision; only after {@link Readiness#READY}. */
    List<Entry> entries(Head head, ConversationState state, Instant at, Decision.Write decision, Once once) {
        var episode = state.episode().number() + (begins(decision.drafts()) ? 1 : 0);
        var identities = IntStream.range(0, decision.drafts().size())
                .mapToObj(i -> i == decision.first() ? once.toString() : "")
                .toList();
        return following(head, at, episode, decision.drafts(), identities);
    }

    /** The entries of drafts that nobody asked for and that hold nothing personal. */
    List<Entry> plain(Book book, Instant at, List<Draft> drafts) {
        return following(
                book.head(), at, book.state().episode().number(), drafts, Collections.nCopies(drafts.size(), ""));
    }

    /** Entries that did not stand, appended again under their identities; what is sealed in them stays as it was. */
    List<Entry> again(Book book, Instant at, List<Entry> missing) {
        var drafts = missing.stream().map(Sealer::recovered).toList();
        var identities = missing.stream()
                .map(stray -> stray.data(ConversationState.Common.class).once())
                .toList();
        return following(book.head(), at, book.state().episode().number(), drafts, identities);
    }

    private static Draft recovered(Entry stray) {
        return Draft.plain(new ConversationEvent.Recovered(
                stray.seq(), stray.hash().toString(), stray.type(), stray.at().toString(), stray.data(JsonNode.class)));
    }

    private List<Entry> following(Head head, Instant at, int episode, List<Draft> drafts, List<String> identities) {
        var entries = new ArrayList<Entry>(drafts.size());
        for (int i = 0; i < drafts.size(); i++) {
            var entry = entry(head, at, episode, drafts.get(i), identities.get(i));
            entries.add(entry);
            head = Head.after(entry);
        }
        return entries;
    }

    private Entry entry(Head head, Instant at, int episode, Draft draft, String once) {
        KeyNote note = null;
        var sealed = "";
        if (!draft.secret().isEmpty()) {
            if (fresh.isPresent()) {
                key = fresh;
                fresh = Optional.empty();
                note = new KeyNote(
                        key.orElseThrow().id(), key.orElseThrow().commitment().toString());
            }
            sealed = key.orElseThrow().seal(bytes(draft.secret()), pid, head.seq() + 1);
        }
        var contents = new Contents(once, draft.event(), note, sealed);
        return pen.write(head, ConversationEvent.type(draft.event()), at, episode, contents);
    }

    private static byte[] bytes(Map<String, Object> secret) {
        try {
            return Json.MAPPER.writeValueAsBytes(secret);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("records and texts always have a JSON form", e);
        }
    }

    private static String json(Object value) {
        try {
            return Json.MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("records and texts always have a JSON form", e);
        }
    }
}
