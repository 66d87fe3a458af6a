package switchboard.serving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import switchboard.contract.Contract;
import switchboard.log.Entry;
import switchboard.log.Head;
import switchboard.log.Json;
import switchboard.log.Pen;
import switchboard.log.StoredLog;
import switchboard.log.TenantKeys;

/**
 * What is on disk stays readable: {@code model-entries.ndjson} holds a log with every type ever written, as it was stored. A line
 * there is never edited; a new type, or a new field of an old one, adds lines to another file.
 */
class ChoiceSamplesTest {

    static final String PID = "Model|local";
    static final TenantKeys KEYS = new TenantKeys(new byte[32], new byte[32]);
    static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
    static final List<ChoiceEvent> EVENTS =
            List.of(new ChoiceEvent.Pinned(1, "adam", "a".repeat(64)), new ChoiceEvent.Unpinned(2, "eve"));

    static List<Entry> stored() {
        return StoredLog.read("/model-entries.ndjson");
    }

    @Test
    void entries_are_read_as_ever() {
        assertThat(stored().stream().map(ChoiceEvent::of)).containsExactlyElementsOf(EVENTS);
        assertThat(stored()).allMatch(entry -> entry.genuine(KEYS));
        assertThat(StoredLog.standing(PID, stored())).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("stored")
    void an_entry_is_as_the_contract_says(Entry entry) throws IOException {
        var json = Json.MAPPER.readTree(entry.bytes());

        Contract.ours().valid(entry.type(), json.path("data").toString());
        Contract.ours().valid("StoredEntry", json.toString());
    }

    @Test
    void every_type_has_a_sample() {
        assertThat(stored().stream()
                        .<Class<?>>map(e -> ChoiceEvent.of(e).getClass())
                        .distinct())
                .containsExactlyInAnyOrder(ChoiceEvent.class.getPermittedSubclasses());
    }

    @Test
    void an_entry_is_written_as_ever() {
        assertThat(today().stream().map(entry -> new String(entry.bytes(), UTF_8)))
                .containsExactlyElementsOf(stored().stream()
                        .map(entry -> new String(entry.bytes(), UTF_8))
                        .toList());
    }

    private static List<Entry> today() {
        var entries = new ArrayList<Entry>();
        var head = Head.of(PID);
        for (var event : EVENTS) {
            var entry = new Pen(KEYS, 1_000_000_001).write(head, ChoiceEvent.type(event), NOON, 0, event);
            entries.add(entry);
            head = Head.after(entry);
        }
        return entries;
    }
}
