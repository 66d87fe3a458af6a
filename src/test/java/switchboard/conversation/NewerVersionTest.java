package switchboard.conversation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import switchboard.event.ConversationEvent;
import switchboard.log.Entry;
import switchboard.log.Head;
import switchboard.log.Pen;
import switchboard.log.StoredLog;
import switchboard.log.TenantKeys;

/** What this version makes of what the next one has written, while both run or once the next one was taken back. */
class NewerVersionTest {

    private static final String PID = "Conversation|local:csample";
    private static final TenantKeys KEYS = new TenantKeys(new byte[32], new byte[32]);
    private static final Duration WINDOW = Duration.ofHours(24);
    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

    @ParameterizedTest
    @ValueSource(
            strings = {"/entries.ndjson", "/queue-entries.ndjson", "/wrapup-entries.ndjson", "/bot-entries.ndjson"})
    void a_new_field_of_any_event_changes_nothing_and_is_signed_and_chained_as_the_rest(String file) {
        var stored = StoredLog.read(file);
        var newer = newer(stored);

        assertThat(newer).extracting(Entry::type).containsExactlyElementsOf(types(stored));
        assertThat(newer).extracting(ConversationEvent::of).containsExactlyElementsOf(events(stored));
        assertThat(newer).allMatch(it -> new String(it.bytes(), UTF_8).contains("tomorrow") && it.genuine(KEYS));
        assertThat(StoredLog.standing(PID, newer)).containsExactlyElementsOf(newer);
        assertThat(view(newer)).isEqualTo(view(stored));
    }

    @Test
    void a_new_field_beside_an_entrys_contents_is_ignored_too() {
        var stored = StoredLog.read("/entries.ndjson").getFirst();

        var newer = Entry.of(new String(stored.bytes(), UTF_8)
                .replace(",\"data\":", ",\"tomorrow\":{\"a\":[1]},\"data\":")
                .getBytes(UTF_8));

        assertThat(newer.hash()).isNotEqualTo(stored.hash());
        assertThat(newer.seq()).isEqualTo(stored.seq());
        assertThat(ConversationEvent.of(newer)).isEqualTo(ConversationEvent.of(stored));
    }

    /** Who does not know what happened must not decide what happens next: hence a type is read one release before it is written. */
    @Test
    void a_log_with_a_new_type_does_not_stand_up() {
        var book = new Book(PID, entry -> entry.genuine(KEYS));
        book.settle(List.of());
        book.add(first());

        assertThatThrownBy(() -> book.add(greeted()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("entry 2 is of a type that this version does not know: customer.greeted");
    }

    @Test
    void who_only_looks_passes_over_a_new_type() {
        var before = new Replay("local", "csample").add(first());

        var after = new Replay("local", "csample").add(first()).add(greeted());

        assertThat(after.seq()).isEqualTo(2);
        assertThat(after.at()).isEqualTo(before.at());
        assertThat(after.view(NOON, WINDOW).status())
                .isEqualTo(before.view(NOON, WINDOW).status());
    }

    private static Entry first() {
        return StoredLog.read("/entries.ndjson").getFirst();
    }

    private static Entry greeted() {
        return new Pen(KEYS, 1).write(Head.after(first()), "customer.greeted", NOON, 1, Map.of());
    }

    private static List<Entry> newer(List<Entry> stored) {
        var pen = new Pen(KEYS, 1_000_000_001);
        var newer = new ArrayList<Entry>();
        var head = Head.of(PID);
        for (var entry : stored) {
            var contents = entry.data(ObjectNode.class);
            contents.putObject("tomorrow").putArray("a").add(1);
            newer.add(pen.write(head, entry.type(), entry.at(), entry.episode(), contents));
            head = Head.after(newer.getLast());
        }
        return newer;
    }

    private static Object view(List<Entry> entries) {
        var replay = new Replay("local", "csample");
        entries.forEach(replay::add);
        return replay.view(NOON, WINDOW);
    }

    private static List<String> types(List<Entry> entries) {
        return entries.stream().map(Entry::type).toList();
    }

    private static List<ConversationEvent> events(List<Entry> entries) {
        return entries.stream().map(ConversationEvent::of).toList();
    }
}
