package switchboard.history;

import static java.util.concurrent.CompletableFuture.completedStage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import switchboard.log.Entry;

/**
 * What a conversation's customer is shown of it, on whichever transport: what was said, and the status. Nothing of how it
 * came about (notes, receipts, decisions, the chain), and nobody's id: we are an agent, the bot or the system. What is not
 * named here is not shown, so a new type of entry is not; numbers therefore have gaps.
 */
public final class CustomerView {

    private static final Set<String> NOTHING = Set.of();

    /** The types that are shown, and the fields of each. */
    private static final Map<String, Set<String>> SHOWN = Map.ofEntries(
            Map.entry("message.received", Set.of("text", "attachments", "time")),
            Map.entry("message.sent", Set.of("text", "attachments", "author")),
            Map.entry("conversation.opened", NOTHING),
            Map.entry("conversation.reopened", NOTHING),
            Map.entry("conversation.resolved", NOTHING),
            Map.entry("agent.assigned", NOTHING),
            Map.entry("agent.released", NOTHING),
            Map.entry("hold.started", NOTHING),
            Map.entry("hold.ended", NOTHING));

    private static final Set<String> MARKS = Set.of("erased", "damaged");
    private static final Set<String> NOT_PEOPLE = Set.of("bot", "system");
    private static final String RECOVERED = "entry.recovered";
    private static final String AUTHOR = "author";

    private final Transcript transcript;

    /** Over what {@code transcript} opens. */
    public CustomerView(Transcript transcript) {
        this.transcript = transcript;
    }

    /**
     * {@code {"seq","type","at","episode","data"}} in UTF-8, without a line's end; empty for what is not shown. In order,
     * one at a time. What was appended again is shown as what it is.
     */
    public CompletionStage<Optional<byte[]>> line(Entry entry) {
        var shown = SHOWN.containsKey(entry.type()) || entry.type().equals(RECOVERED);
        return shown
                ? transcript
                        .tree(entry.seq(), entry)
                        .thenApply(line -> reduced(line).map(Transcript::bytes))
                : completedStage(Optional.empty());
    }

    /** The contract's word for a status, as the customer sees it: what goes on behind the counter is not his. */
    public static String status(String status) {
        return switch (status) {
            case "reserved" -> "queued";
            case "wrap_up" -> "assigned";
            default -> status;
        };
    }

    private static Optional<ObjectNode> reduced(ObjectNode line) {
        var recovered = line.path("type").asText().equals(RECOVERED);
        var type =
                recovered ? line.at("/data/type").asText() : line.path("type").asText();
        var data = recovered ? line.at("/data/original") : line.path("data");
        var fields = SHOWN.get(type);
        if (fields == null || !(data instanceof ObjectNode object)) {
            return Optional.empty();
        }
        object.retain(object.propertyStream()
                .map(Map.Entry::getKey)
                .filter(name -> fields.contains(name) || MARKS.contains(name))
                .toList());
        if (object.has(AUTHOR) && !NOT_PEOPLE.contains(object.path(AUTHOR).asText())) {
            object.put(AUTHOR, "agent");
        }
        line.remove(Set.of("prev", "hash", "data"));
        return Optional.of(line.put("type", type).set("data", object));
    }
}
