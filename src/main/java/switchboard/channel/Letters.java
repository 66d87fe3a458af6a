package switchboard.channel;

import static java.util.concurrent.CompletableFuture.completedStage;
import static java.util.concurrent.CompletableFuture.failedStage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import switchboard.channel.Outbound.Letter;
import switchboard.conversation.Conversation;
import switchboard.history.Transcript;
import switchboard.log.DataKey;
import switchboard.log.Entry;
import switchboard.log.Keyring;
import switchboard.wire.Personal;

/** Makes of a waiting message's number what its gateway is sent. */
final class Letters {

    /** Reads the entries that stand of the log {@code persistenceId}, with numbers in (after, until]. */
    interface Log {
        Source<Entry, NotUsed> read(String persistenceId, long after, long until);
    }

    /** What a conversation of a channel waits with. */
    interface Rows {
        CompletionStage<Optional<WaitingRows.Row>> find(String tenant, String channel, String conversation);
    }

    private static final Set<String> SAID = Set.of("message.sent", "entry.recovered");

    /** No box is shorter than its key's id, nonce and tag. */
    private static final int SHORTEST = 50;

    private final Rows rows;
    private final Log log;
    private final Keyring keyring;
    private final Materializer materializer;
    private final Traffic traffic;

    Letters(Rows rows, Log log, Keyring keyring, Materializer materializer, Traffic traffic) {
        this.rows = rows;
        this.log = log;
        this.keyring = keyring;
        this.materializer = materializer;
        this.traffic = traffic;
    }

    /** Empty where it waits no more, or where what was said, or to whom, is erased or damaged. */
    CompletionStage<Optional<Letter>> open(String tenant, String channel, String conversation, long seq) {
        return rows.find(tenant, channel, conversation)
                .thenCompose(row -> row.filter(it -> it.waiting() == seq)
                        .map(it -> read(tenant, channel, conversation, seq, it))
                        .orElseGet(() -> completedStage(Optional.empty())));
    }

    private CompletionStage<Optional<Letter>> read(
            String tenant, String channel, String conversation, long seq, WaitingRows.Row row) {
        var pid = Conversation.persistenceId(tenant, conversation);
        var transcript = new Transcript(keyring, tenant, pid, 0);
        return log.read(pid, seq - 1, seq)
                .filter(entry -> SAID.contains(entry.type()))
                .mapAsync(
                        1,
                        entry -> opened(transcript, row.opening(), row.openingSeq())
                                .thenCombine(
                                        said(transcript, entry),
                                        (opening, said) -> letter(channel, conversation, entry, opening, said)))
                .runWith(Sink.headOption(), materializer)
                .thenApply(found -> {
                    var letter = found.flatMap(it -> it);
                    if (letter.isEmpty()) {
                        traffic.couldNot();
                    }
                    return letter;
                });
    }

    /** Its contents, with what was sealed; of what was appended again those that it first had. */
    private static CompletionStage<ObjectNode> said(Transcript transcript, Entry entry) {
        var data = entry.data(ObjectNode.class);
        var again = data.get("original") instanceof ObjectNode;
        var contents = again ? (ObjectNode) data.get("original") : data;
        var number = again ? data.path("of").asLong() : entry.seq();
        return opened(transcript, contents.path("sealed").asText(), number).thenApply(contents::<ObjectNode>setAll);
    }

    /** What cannot be opened for good says nothing; that it cannot be read now fails. */
    private static CompletionStage<ObjectNode> opened(Transcript transcript, String sealed, long seq) {
        var nothing = completedStage(JsonNodeFactory.instance.objectNode());
        return sealed.length() < SHORTEST
                ? nothing
                : transcript.opened(sealed, seq).exceptionallyCompose(failure -> {
                    var cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
                    return cause instanceof DataKey.Damaged ? nothing : failedStage(failure);
                });
    }

    private static Optional<Letter> letter(
            String channel, String conversation, Entry entry, ObjectNode opening, ObjectNode said) {
        if (!opening.path("thread").isTextual() || !said.path("text").isTextual()) {
            return Optional.empty();
        }
        return Optional.of(new Letter(
                conversation,
                entry.seq(),
                channel,
                personal(opening.path("thread")),
                personal(said.path("text")),
                entry.at(),
                author(said.path("author").asText())));
    }

    /** Which agent it was stays in the house. */
    private static String author(String stored) {
        return stored.equals("bot") || stored.equals("system") ? stored : "agent";
    }

    private static Personal personal(JsonNode text) {
        return new Personal(text.asText());
    }
}
