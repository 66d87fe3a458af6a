package switchboard.bot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import switchboard.conversation.Bot;
import switchboard.conversation.Conversation;
import switchboard.deciding.Turn;
import switchboard.event.ConversationEvent.BotDecided;
import switchboard.log.DataKey;
import switchboard.log.Entry;
import switchboard.log.Json;
import switchboard.log.Keyring;
import switchboard.wire.Personal;

/**
 * A question with what was said, opened. What the customer wrote since the bot last decided is one turn, however many messages
 * it took.
 *
 * @param from number of the first entry in it
 * @param turns the oldest first; the last one is what is to be answered
 * @param languages in which the bot answered before, the latest last
 */
record Dialogue(Bot.Question question, long from, List<Turn> turns, List<String> languages) {

    private static final String RECOVERED = "entry.recovered";

    Dialogue {
        turns = List.copyOf(turns);
        languages = List.copyOf(languages);
    }

    /** What is to be answered; empty where there is nothing in it that can be read. */
    String text() {
        return turns.isEmpty() || !(turns.getLast() instanceof Turn.Said said)
                ? ""
                : said.text().text();
    }

    /** Opens it; fails where a key cannot be had now. What is erased or damaged says nothing. */
    static CompletionStage<Dialogue> open(Bot.Question question, Keyring keyring) {
        return keys(question, keyring).thenApply(keys -> of(question, keys));
    }

    /** What it is opened with. Where that was had a moment ago, it is had again at once. */
    static CompletionStage<Map<String, DataKey>> keys(Bot.Question question, Keyring keyring) {
        var boxes = question.talk().turns().stream()
                .map(Dialogue::sealed)
                .filter(box -> !box.isEmpty())
                .map(DataKey::idOf)
                .distinct()
                .collect(Collectors.toMap(
                        id -> id, id -> keyring.load(question.tenant(), id).toCompletableFuture()));
        return CompletableFuture.allOf(boxes.values().toArray(CompletableFuture[]::new))
                .thenApply(_ -> {
                    var keys = new HashMap<String, DataKey>();
                    boxes.forEach((id, key) -> key.join().ifPresent(it -> keys.put(id, it)));
                    return keys;
                });
    }

    private static Dialogue of(Bot.Question question, Map<String, DataKey> keys) {
        var turns = new ArrayList<Turn>();
        var languages = new ArrayList<String>();
        var unanswered = new ArrayList<String>();
        var pid = Conversation.persistenceId(question.tenant(), question.conversation());
        var entries = question.talk().turns();
        for (var entry : entries) {
            if (entry.type().equals("bot.decided")) {
                flush(unanswered, entry, turns);
                var decided = entry.data(BotDecided.class);
                languages.add(decided.language());
                replied(decided, entry).ifPresent(turns::add);
            } else {
                said(entry, pid, keys).filter(text -> !text.isBlank()).ifPresent(unanswered::add);
            }
        }
        flush(unanswered, entries.getLast(), turns);
        return new Dialogue(question, entries.getFirst().seq(), turns, languages);
    }

    private static void flush(List<String> unanswered, Entry entry, List<Turn> turns) {
        turns.add(new Turn.Said(new Personal(String.join("\n", unanswered)), entry.at()));
        unanswered.clear();
    }

    private static Optional<Turn> replied(BotDecided decided, Entry entry) {
        return switch (decided.action()) {
            case "answer" ->
                Optional.of(new Turn.Replied(decided.sources().getFirst(), decided.confidence(), entry.at()));
            case "ask_back" -> Optional.of(new Turn.Replied("", decided.confidence(), entry.at()));
            default -> Optional.empty(); // names on disk: with the others the bot has said nothing
        };
    }

    private static Optional<String> said(Entry entry, String pid, Map<String, DataKey> keys) {
        var box = sealed(entry);
        return box.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(keys.get(DataKey.idOf(box)))
                        .flatMap(key -> key.open(box, pid, number(entry)))
                        .map(Dialogue::text);
    }

    /** What was appended again is sealed for the number that it first had. */
    private static long number(Entry entry) {
        return entry.type().equals(RECOVERED)
                ? entry.data(ObjectNode.class).path("of").asLong()
                : entry.seq();
    }

    private static String sealed(Entry entry) {
        var data = entry.data(JsonNode.class);
        return (entry.type().equals(RECOVERED) ? data.path("original") : data)
                .path("sealed")
                .asText();
    }

    private static String text(byte[] json) {
        try {
            return Json.MAPPER.readTree(json).path("text").asText();
        } catch (IOException e) {
            throw new UncheckedIOException("what opens was sealed by us", e);
        }
    }
}
