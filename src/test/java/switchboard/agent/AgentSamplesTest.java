package switchboard.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import switchboard.agent.Agent.Presence;
import switchboard.agent.AgentEvent.HoldEnded;
import switchboard.agent.AgentEvent.HoldGranted;
import switchboard.agent.Profile.Capacity;
import switchboard.agent.Profile.Pool;
import switchboard.agent.Profile.Skill;
import switchboard.agent.Work.Stage;
import switchboard.log.DataKey;
import switchboard.log.Entry;
import switchboard.log.Head;
import switchboard.log.Json;
import switchboard.log.Pen;
import switchboard.log.StoredLog;
import switchboard.log.TenantKeys;

/**
 * What is on disk stays readable: {@code agent-entries.ndjson} holds a log with every type ever written, as it was stored. A
 * line there is never edited; a new type, or a new field of an old one, adds lines to another file.
 */
class AgentSamplesTest {

    static final String PID = "Agent|local:sample";
    static final TenantKeys KEYS = new TenantKeys(new byte[32], new byte[32]);
    static final DataKey KEY = new DataKey(new byte[12], new byte[32]);
    private static final String NAMED = "00112233445566778899aabbccddeeff";
    private static final List<Skill> BILLING = List.of(new Skill("billing", 3), new Skill("vip", 5));
    private static final String LATER = "2030-01-01T12:00:20Z";

    static final List<AgentEvent> EVENTS = List.of(
            new AgentEvent.Created(
                    "sue", NAMED, List.of("de", "en"), BILLING, List.of("support"), new Capacity(100, 100)),
            new AgentEvent.PresenceChanged("sample", "available"),
            new HoldGranted("ca.2", Pool.CHAT, 34, LATER),
            new AgentEvent.HoldAccepted("ca.2"),
            new HoldGranted("cb.4", Pool.VOICE, 100, LATER),
            new HoldEnded("cb.4", "timed_out"),
            new AgentEvent.NotRespondingSet(1),
            new AgentEvent.NotRespondingCleared("sample"),
            new AgentEvent.Changed("adam", NAMED, List.of(), List.of(), List.of(), new Capacity(0, 34)),
            new AgentEvent.WrapUpStarted("ca.2"),
            new HoldGranted("cc.1", Pool.CHAT, 10, ""),
            new AgentEvent.HoldAccepted("cc.1"),
            new AgentEvent.LeaseLost(2),
            new HoldEnded("ca.2", "released"),
            new AgentEvent.Deleted("adam", List.of(KEY.id())));

    record Sample(Entry entry, AgentEvent event) {
        @Override
        public String toString() {
            return entry.type() + " " + entry.seq();
        }
    }

    static List<Entry> stored() {
        return StoredLog.read("/agent-entries.ndjson");
    }

    static Stream<Sample> samples() {
        var stored = stored();
        return IntStream.range(0, EVENTS.size()).mapToObj(i -> new Sample(stored.get(i), EVENTS.get(i)));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void an_entry_is_read_as_ever(Sample sample) {
        var entry = sample.entry();

        assertThat(entry.type()).isEqualTo(AgentEvent.type(sample.event()));
        assertThat(AgentEvent.of(entry)).isEqualTo(sample.event());
        assertThat(entry.genuine(KEYS)).isTrue();
        var sealed = entry.data(AgentState.Common.class).sealed();
        assertThat(StoredLog.opened(KEY, sealed, PID, entry.seq()))
                .isEqualTo(sample.event() instanceof AgentEvent.Profiled ? "{\"name\":\"Anna Müller\"}" : "");
    }

    @Test
    void every_type_has_a_sample() {
        var names = stored().stream()
                .<Class<?>>map(e -> AgentEvent.of(e).getClass())
                .distinct();

        assertThat(names)
                .containsExactlyInAnyOrderElementsOf(
                        StoredLog.kinds(AgentEvent.class).toList());
    }

    @Test
    void the_stored_log_is_one_chain_and_folds_to_where_it_stood() {
        var standing = StoredLog.standing(PID, stored());

        var state = AgentState.EMPTY;
        for (var entry : standing.subList(0, 13)) {
            state = state.apply(entry);
        }

        assertThat(standing).hasSize(EVENTS.size());
        assertThat(state.duty()).isEqualTo(new AgentState.Duty(Presence.OFFLINE, true, true, 0, 0));
        assertThat(state.work().find("ca.2").orElseThrow().stage()).isEqualTo(Stage.WRAP_UP);
        assertThat(state.work().load()).isEqualTo(new Capacity(0, 44));
        assertThat(state.person().profile().capacity()).isEqualTo(new Capacity(0, 34));
        assertThat(state.person().profile().skills()).isEmpty();
        assertThat(state.keys().current()).isEqualTo(KEY.id());

        for (var entry : standing.subList(13, standing.size())) {
            state = state.apply(entry);
        }

        assertThat(state.exists()).isFalse();
        assertThat(state.work().held()).containsOnlyKeys("cc.1");
        assertThat(state.keys().erased()).containsExactly(KEY.id());
        assertThat(state.at()).isEqualTo(Instant.parse("2030-01-01T12:00:00Z"));
    }

    @Test
    void an_entry_is_written_as_ever() throws IOException {
        var today = new Pen(KEYS, 1_000_000_001)
                .write(
                        Head.after(stored().get(1)),
                        "hold.granted",
                        Instant.parse("2030-01-01T12:00:00Z"),
                        0,
                        Json.MAPPER.readValue(
                                "{\"reservation\":\"ca.2\",\"pool\":\"chat\",\"units\":34,\"deadline\":\"" + LATER
                                        + "\"}",
                                JsonNode.class));

        assertThat(new String(today.bytes(), UTF_8))
                .isEqualTo(new String(stored().get(2).bytes(), UTF_8));
    }
}
