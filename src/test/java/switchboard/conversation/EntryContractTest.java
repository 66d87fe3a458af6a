package switchboard.conversation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import switchboard.contract.Contract;
import switchboard.event.ConversationEvent;
import switchboard.log.Entry;
import switchboard.log.StoredLog;

/** What is on disk is shown as the contract says, each type by a schema of its own name. */
class EntryContractTest {

    private static final Contract CONTRACT = Contract.ours();
    private static final JsonMapper JSON = new JsonMapper();

    static Stream<EntrySamplesTest.Sample> samples() {
        return EntrySamplesTest.samples();
    }

    static Stream<Entry> stored() {
        return EntrySamplesTest.stored().stream();
    }

    @Test
    void every_type_on_disk_has_a_sample_and_a_schema_of_its_name() {
        var types = stored().map(Entry::type).distinct().toList();

        assertThat(types).hasSize((int) StoredLog.kinds(ConversationEvent.class).count());
        assertThat(CONTRACT.schemas()).containsAll(types);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void an_entry_opened_is_as_its_schema_says(EntrySamplesTest.Sample sample) throws Exception {
        CONTRACT.valid("Entry", JSON.writeValueAsString(opened(sample)));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void an_entry_erased_or_damaged_is_as_its_schema_says(EntrySamplesTest.Sample sample) throws Exception {
        for (var mark : new String[] {"erased", "damaged"}) {
            var line = opened(sample);
            ((ObjectNode) line.get("data")).retain(plain(sample.entry())).put(mark, true);
            CONTRACT.valid("Entry", JSON.writeValueAsString(line));
        }
    }

    @ParameterizedTest
    @MethodSource("stored")
    void an_entry_as_stored_is_as_its_schema_says(Entry entry) {
        CONTRACT.valid("StoredEntry", new String(entry.bytes(), UTF_8));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_field_that_is_not_of_the_type_is_noticed(EntrySamplesTest.Sample sample) throws Exception {
        var line = opened(sample);
        ((ObjectNode) line.get("data")).put("telephone", "1");

        assertInvalid(line);
        assertInvalid(opened(sample).put("extra", 1));
        assertInvalid(opened(sample).put("type", "message.forged"));
        assertInvalid(opened(sample).put("seq", "1"));
        var unlinked = opened(sample);
        unlinked.remove("prev");
        assertInvalid(unlinked);
    }

    private static void assertInvalid(ObjectNode line) throws Exception {
        var text = JSON.writeValueAsString(line);
        assertThatThrownBy(() -> CONTRACT.valid("Entry", text)).isInstanceOf(AssertionError.class);
    }

    private static ObjectNode opened(EntrySamplesTest.Sample sample) throws Exception {
        var entry = sample.entry();
        var data = entry.data(ObjectNode.class);
        data.remove("sealed");
        if (!sample.opened().isBlank()) {
            data.setAll((ObjectNode) JSON.readTree(sample.opened()));
        }
        var line = JSON.createObjectNode()
                .put("seq", entry.seq())
                .put("type", entry.type())
                .put("at", entry.at().toString())
                .put("episode", entry.episode())
                .put("prev", entry.prev().toString())
                .put("hash", entry.hash().toString());
        line.set("data", data);
        return line;
    }

    private static java.util.List<String> plain(Entry entry) {
        var data = entry.data(ObjectNode.class);
        data.remove("sealed");
        return data.propertyStream().map(java.util.Map.Entry::getKey).toList();
    }
}
