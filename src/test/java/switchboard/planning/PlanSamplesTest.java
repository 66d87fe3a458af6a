package switchboard.planning;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
import switchboard.plan.Plan;
import switchboard.plan.PlanReader;
import switchboard.plan.PlanReader.Reading;
import switchboard.plan.PlanWriter;
import switchboard.planning.RoutingPlan.Version;
import switchboard.register.Latest;

/**
 * What is on disk stays readable: {@code plan-entries.ndjson} holds a log with every type ever written, as it was stored. A
 * line there is never edited; a new type, or a new field of an old one, adds lines to another file.
 */
class PlanSamplesTest {

    static final String PID = "Plan|local";
    static final TenantKeys KEYS = new TenantKeys(new byte[32], new byte[32]);
    static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

    static final List<String> PLANS = List.of("""
            {"defaultQueue":"a","channels":{"email":{"pool":"interruptible","units":10},"voice":{"pool":"voice",\
            "units":100}},"otherChannels":{"pool":"interruptible","units":34},"priorities":{"high":"PT5M"},\
            "queues":[{"name":"a","skills":[{"skill":"billing","level":3},{"skill":"de","level":1}],\
            "steps":[{"lasts":"PT30S","without":[],"language":true,"level":5},{"lasts":"PT1M0.5S","without":["de"],\
            "language":false,"level":2}],"overflow":"b","target":"PT20S","offer":"PT15S","coolDown":"PT2M",\
            "wrapUp":"PT3M","lastAgent":"PT20S","choice":"proficiency"},{"name":"b","skills":[],\
            "steps":[{"without":["*"],"language":false,"level":1}],"offer":"PT30S","coolDown":"PT1M",\
            "wrapUp":"PT0S","lastAgent":"PT0S","choice":"longest-idle"}]}""", """
            {"defaultQueue":"general","channels":{},"otherChannels":{"pool":"voice","units":1},"priorities":{},\
            "queues":[{"name":"general","skills":[],"steps":[{"without":[],"language":true,"level":5}],\
            "offer":"PT30S","coolDown":"PT1M","wrapUp":"PT0S","lastAgent":"PT0S","choice":"longest-idle"}]}""");

    record Sample(Entry entry, Version version) {
        @Override
        public String toString() {
            return entry.type() + " " + entry.seq();
        }
    }

    static Stream<Sample> samples() {
        var stored = stored();
        return IntStream.range(0, PLANS.size())
                .mapToObj(i -> new Sample(stored.get(i), new Version(i + 1, NOON, "adam", PLANS.get(i))));
    }

    private static List<Entry> stored() {
        return StoredLog.read("/plan-entries.ndjson");
    }

    @ParameterizedTest
    @MethodSource("samples")
    void an_entry_is_read_as_ever(Sample sample) {
        assertThat(sample.entry.type()).isEqualTo("plan.adopted");
        assertThat(PlanEvent.version(sample.entry)).isEqualTo(sample.version);
        assertThat(sample.entry.genuine(KEYS)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_plan_that_was_ever_let_through_is_read_and_written_as_ever(Sample sample) {
        var reading = PlanReader.read(sample.version.plan().getBytes(UTF_8));

        assertThat(reading).isInstanceOf(Reading.Sound.class);
        assertThat(written(((Reading.Sound) reading).plan())).isEqualTo(sample.version.plan());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void an_entry_is_as_the_contract_says(Sample sample) throws IOException {
        var stored = Json.MAPPER.readTree(sample.entry.bytes());

        Contract.ours().valid("plan.adopted", stored.path("data").toString());
        Contract.ours().valid("StoredEntry", stored.toString());
    }

    @Test
    void version_0_is_what_it_ever_was_since_decisions_name_it() {
        assertThat(RoutingPlan.BUILT_IN.plan())
                .isEqualTo(StoredLog.text("/plan-0.json").strip());
    }

    @Test
    void every_type_has_a_sample() {
        assertThat(stored().stream()
                        .<Class<?>>map(e -> PlanEvent.of(e).getClass())
                        .distinct())
                .containsExactlyInAnyOrder(PlanEvent.class.getPermittedSubclasses());
    }

    @Test
    void the_stored_log_is_one_chain_and_its_last_version_is_in_force() {
        var standing = StoredLog.standing(PID, stored());
        var book = new Latest<>(PID, e -> e.genuine(KEYS), RoutingPlan.BUILT_IN, PlanEvent::version);
        standing.forEach(book::add);
        book.settle(List.of());

        assertThat(standing).hasSize(PLANS.size());
        assertThat(book.standing()).isEqualTo(new Version(2, NOON, "adam", PLANS.getLast()));
    }

    @Test
    void an_entry_is_written_as_ever() {
        var head = Head.of(PID);
        for (int i = 0; i < PLANS.size(); i++) {
            var today = new Pen(KEYS, 1_000_000_001)
                    .write(head, "plan.adopted", NOON, 0, PlanEvent.adopted(i + 1, "adam", PLANS.get(i)));

            assertThat(new String(today.bytes(), UTF_8))
                    .isEqualTo(new String(stored().get(i).bytes(), UTF_8));
            head = Head.after(today);
        }
    }

    private static String written(Plan plan) {
        return new String(PlanWriter.write(plan), UTF_8);
    }
}
