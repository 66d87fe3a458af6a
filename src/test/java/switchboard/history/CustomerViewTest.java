package switchboard.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.CompletableFuture.completedStage;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import switchboard.log.DataKey;
import switchboard.log.Entry;
import switchboard.log.Head;
import switchboard.log.Keyring;
import switchboard.log.Pen;
import switchboard.log.TenantKeys;

/** What a customer sees of every entry ever released (the stored samples), and of what is made here. */
class CustomerViewTest {

    private static final String PID = "Conversation|local:csample";
    private static final TenantKeys TENANT = new TenantKeys(new byte[32], new byte[32]);
    private static final DataKey KEY = new DataKey(new byte[12], new byte[32]);
    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

    private final OneKey keys = new OneKey();
    private Head head = Head.of(PID);

    @BeforeEach
    void before_anything_is_erased() {
        keys.key = Optional.of(KEY);
    }

    @Test
    void messages_and_status_are_shown_and_nothing_else() throws Exception {
        var types = new ArrayList<String>();
        for (var entry : samples()) {
            shown(entry).ifPresent(_ -> types.add(entry.type()));
        }

        assertThat(new HashSet<>(types))
                .isEqualTo(Set.of(
                        "conversation.opened",
                        "conversation.reopened",
                        "conversation.resolved",
                        "message.received",
                        "message.sent",
                        "agent.assigned",
                        "agent.released",
                        "hold.started",
                        "hold.ended",
                        "entry.recovered"));
    }

    @Test
    void no_line_has_anybodys_id_the_chain_or_how_it_came_about() throws Exception {
        for (var entry : samples()) {
            var line = shown(entry);
            if (line.isPresent()) {
                assertThat(line.get().propertyStream().map(Map.Entry::getKey))
                        .containsExactlyInAnyOrder("seq", "type", "at", "episode", "data");
                assertThat(line.get().path("data").propertyStream().map(Map.Entry::getKey))
                        .isSubsetOf("text", "attachments", "time", "author", "erased", "damaged");
                assertThat(line.get().toString())
                        .doesNotContain("anna", "\"ben\"", "\"sue\"", "\"adam\"", "\"solved\"");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"anna, agent", "bot, bot", "system, system", "agent, agent"})
    void who_writes_is_an_agent_the_bot_or_the_system(String author, String shown) {
        var line = shown(write("message.sent", Map.of("author", author, "sealed", sealed("{\"text\":\"Hello\"}"))));

        assertThat(line.orElseThrow().path("data").toString())
                .isEqualTo("{\"author\":\"" + shown + "\",\"text\":\"Hello\"}");
    }

    @Test
    void what_he_wrote_comes_back_without_what_gateways_say_of_it() {
        var sealed = sealed("{\"source\":\"/web/1\",\"id\":\"e-1\",\"text\":\"Hi\",\"customer\":{\"name\":\"Bo\"},"
                + "\"attachments\":[{\"url\":\"https://x/1\"}],\"ref\":\"r\"}");

        var line = shown(write("message.received", Map.of("once", "o", "time", "t", "sealed", sealed)));

        assertThat(line.orElseThrow().path("data").toString())
                .isEqualTo("{\"time\":\"t\",\"text\":\"Hi\",\"attachments\":[{\"url\":\"https://x/1\"}]}");
    }

    @Test
    void a_message_that_was_appended_again_is_shown_as_what_it_is() {
        var original = Map.of("author", "anna", "sealed", sealed("{\"text\":\"late\"}", 1));
        var line = shown(
                write("entry.recovered", Map.of("of", 1, "hash", "h", "type", "message.sent", "original", original)));

        assertThat(line.orElseThrow().path("type").asText()).isEqualTo("message.sent");
        assertThat(line.orElseThrow().path("data").toString()).isEqualTo("{\"author\":\"agent\",\"text\":\"late\"}");
    }

    @Test
    void a_note_that_was_appended_again_is_as_little_shown_as_before() {
        var original = Map.of("author", "anna", "sealed", sealed("{\"text\":\"he is rude\"}", 1));

        assertThat(shown(write(
                        "entry.recovered", Map.of("of", 1, "hash", "h", "type", "note.added", "original", original))))
                .isEmpty();
    }

    @Test
    void what_is_erased_says_so() {
        keys.key = Optional.empty();

        var line = shown(write("message.sent", Map.of("author", "anna", "sealed", sealed("{\"text\":\"x\"}"))));

        assertThat(line.orElseThrow().path("data").toString()).isEqualTo("{\"author\":\"agent\",\"erased\":true}");
    }

    @Test
    void a_box_that_is_too_short_for_any_is_damaged() {
        var line = shown(write("message.sent", Map.of("author", "anna", "sealed", "x")));

        assertThat(line.orElseThrow().path("data").toString()).isEqualTo("{\"author\":\"agent\",\"damaged\":true}");
    }

    @Test
    void a_type_that_is_not_known_and_bytes_that_are_no_entry_are_not_shown() {
        assertThat(shown(write("decision.made", Map.of("text", "why")))).isEmpty();
        assertThat(shown(Entry.of("rubbish".getBytes(UTF_8)))).isEmpty();
    }

    private Optional<JsonNode> shown(Entry entry) {
        var view = new CustomerView(new Transcript(keys, "local", PID, entry.seq() - 1));
        return view.line(entry).toCompletableFuture().join().map(CustomerViewTest::json);
    }

    private static JsonNode json(byte[] line) {
        try {
            return new JsonMapper().readTree(line);
        } catch (java.io.IOException e) {
            throw new AssertionError("no JSON", e);
        }
    }

    private Entry write(String type, Map<String, Object> data) {
        return new Pen(TENANT, 1).write(head, type, NOON, 1, data);
    }

    private String sealed(String json) {
        return sealed(json, head.seq() + 1);
    }

    private static String sealed(String json, long seq) {
        return KEY.seal(json.getBytes(UTF_8), PID, seq);
    }

    private static List<Entry> samples() throws Exception {
        return Files.readAllLines(Path.of("src/test/resources/entries.ndjson")).stream()
                .map(line -> Entry.of(line.getBytes(UTF_8)))
                .toList();
    }

    /** Has one data key, or none. */
    private static final class OneKey implements Keyring {
        Optional<DataKey> key = Optional.empty();

        @Override
        public TenantKeys tenant(String tenant) {
            return TENANT;
        }

        @Override
        public Optional<DataKey> next(String tenant) {
            return Optional.empty();
        }

        @Override
        public CompletionStage<Optional<DataKey>> load(String tenant, String id) {
            return completedStage(key);
        }

        @Override
        public CompletionStage<Done> erase(String tenant, String id) {
            return completedStage(Done.getInstance());
        }
    }
}
