package switchboard.history;

import static java.util.concurrent.CompletableFuture.completedStage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import switchboard.log.DataKey;
import switchboard.log.Entry;
import switchboard.log.Keyring;

/**
 * Opens one conversation's entries for one reader who may see them: one line of JSON each, the envelope on top, the
 * contents under {@code data} with what was sealed among them. {@code "erased":true} stands there instead once the key is
 * gone, {@code "damaged":true} where the stored bytes, or the box in them, were changed. Keys are asked for once.
 */
public final class Transcript {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();
    private static final DateTimeFormatter AT =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    /** A box's ids and tag alone. */
    private static final int SHORTEST = (12 + 12 + 16) * 4 / 3;

    private final Keyring keyring;
    private final String tenant;
    private final String persistenceId;
    private final Map<String, CompletionStage<Optional<DataKey>>> keys = new ConcurrentHashMap<>();
    private long last;

    /** For entries that come after the number {@code after}. */
    public Transcript(Keyring keyring, String tenant, String persistenceId, long after) {
        this.keyring = keyring;
        this.tenant = tenant;
        this.persistenceId = persistenceId;
        this.last = after;
    }

    /** {@code {"seq","type","at","episode","prev","hash","data"}} in UTF-8, without a line's end. In order, one at a time. */
    public CompletionStage<byte[]> line(Entry entry) {
        return line(entry.seq() > 0 ? entry.seq() : last + 1, entry);
    }

    /** As {@link #line(Entry)}, for an entry that is known to lie under the number {@code seq}. */
    public CompletionStage<byte[]> line(long seq, Entry entry) {
        return tree(seq, entry).thenApply(Transcript::bytes);
    }

    /** The same as a tree that the caller may change. */
    CompletionStage<ObjectNode> tree(long seq, Entry entry) {
        last = seq;
        var line = JSON.createObjectNode()
                .put("seq", last)
                .put("type", entry.type())
                .put("at", AT.format(entry.at()))
                .put("episode", entry.episode())
                .put("prev", entry.prev().toString())
                .put("hash", entry.hash().toString());
        if (entry.type().equals(Entry.UNREADABLE)) {
            line.putObject("data").put("damaged", true);
            return completedStage(line);
        }
        return contents(entry).thenApply(data -> line.set("data", data));
    }

    /** Asks for keys anew from here on: one may have been erased meanwhile. For one who reads for long. */
    public void forget() {
        keys.clear();
    }

    /** What {@code sealed} at the number {@code seq} says; the marks where it cannot be opened. */
    public CompletionStage<ObjectNode> opened(String sealed, long seq) {
        if (sealed.length() < SHORTEST) {
            return completedStage(marked("damaged"));
        }
        return key(sealed).thenApply(key -> key.map(k -> opened(k, sealed, seq)).orElseGet(() -> marked("erased")));
    }

    private CompletionStage<ObjectNode> contents(Entry entry) {
        var data = entry.data(ObjectNode.class);
        return data.get("original") instanceof ObjectNode original
                ? merged(original, data.path("of").asLong()).thenApply(_ -> data)
                : merged(data, entry.seq());
    }

    /** What was appended again is sealed for the number that it first had. */
    private CompletionStage<ObjectNode> merged(ObjectNode data, long seq) {
        return data.remove("sealed") instanceof com.fasterxml.jackson.databind.node.TextNode sealed
                ? opened(sealed.textValue(), seq).thenApply(open -> data.setAll(open))
                : completedStage(data);
    }

    private CompletionStage<Optional<DataKey>> key(String sealed) {
        return keys.computeIfAbsent(DataKey.idOf(sealed), id -> keyring.look(tenant, id));
    }

    private ObjectNode opened(DataKey key, String sealed, long seq) {
        return key.open(sealed, persistenceId, seq).map(Transcript::object).orElseGet(() -> marked("damaged"));
    }

    private static ObjectNode object(byte[] json) {
        try {
            return JSON.readTree(json) instanceof ObjectNode object ? object : marked("damaged");
        } catch (IOException e) {
            return marked("damaged");
        }
    }

    private static ObjectNode marked(String how) {
        return JSON.createObjectNode().put(how, true);
    }

    static byte[] bytes(Object line) {
        try {
            return JSON.writeValueAsBytes(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError("a tree has a JSON form", e);
        }
    }
}
