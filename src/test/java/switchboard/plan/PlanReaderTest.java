package switchboard.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import switchboard.plan.PlanReader.Reading;

class PlanReaderTest {

    private static final String SOUND = """
            {"defaultQueue": "a", "otherChannels": {"pool": "interruptible", "units": 34},
             "channels": {"voice": {"pool": "voice", "units": 100}}, "priorities": {"high": "PT5M"},
             "queues": [
              {"name": "a", "skills": [{"skill": "de"}, {"skill": "billing", "level": 3}],
               "steps": [{"lasts": "PT30S"}, {"lasts": "PT1M", "level": 2, "without": ["de"], "language": false}],
               "overflow": "b", "target": "PT20S", "choice": "proficiency"},
              {"name": "b"}]}""";

    @Test
    void what_is_written_reads_as_the_same_plan_and_is_written_the_same_again() {
        var plan = sound(SOUND);

        var written = PlanWriter.write(plan);

        assertThat(sound(new String(written, UTF_8))).isEqualTo(plan);
        assertThat(PlanWriter.write(sound(new String(written, UTF_8)))).isEqualTo(written);
    }

    @Test
    void equal_plans_are_written_alike_however_their_json_is_ordered() {
        var other = SOUND.replace(
                        "{\"skill\": \"de\"}, {\"skill\": \"billing\", \"level\": 3}",
                        "{\"level\": 3, \"skill\": \"billing\"}, {\"skill\": \"de\", \"level\": 1}")
                .replace("PT1M", "PT60S");

        assertThat(PlanWriter.write(sound(other))).isEqualTo(PlanWriter.write(sound(SOUND)));
    }

    @Test
    void what_is_not_set_has_its_default() {
        var queue = sound(SOUND).queueOrDefault("b");

        assertThat(queue.steps()).hasSize(1);
        assertThat(queue.offer()).isEqualTo(Duration.ofSeconds(30));
        assertThat(queue.coolDown()).isEqualTo(Duration.ofMinutes(1));
        assertThat(queue.proficiency()).isFalse();
    }

    @Test
    void the_programs_own_plan_costs_what_the_design_says() {
        var plan = PlanReader.local();

        assertThat(plan.cost("voice")).isEqualTo(new Cost(Cost.Pool.VOICE, 100));
        assertThat(plan.cost("whatsapp")).isEqualTo(new Cost(Cost.Pool.INTERRUPTIBLE, 34));
        assertThat(plan.cost("email")).isEqualTo(new Cost(Cost.Pool.INTERRUPTIBLE, 10));
        assertThat(plan.queueOrDefault("nowhere").name()).isEqualTo("general");
    }

    @Test
    void a_step_waives_skills_language_and_levels_of_queue_and_contact_alike() {
        var queue = sound(SOUND).queueOrDefault("a");
        var own = List.of(new Need("vip", 5), new Need("billing", 1));

        assertThat(queue.needs(0, own)).containsExactly(new Need("billing", 3), new Need("de", 1), new Need("vip", 5));
        assertThat(queue.needs(1, own)).containsExactly(new Need("billing", 2), new Need("vip", 2));
    }

    @Test
    void a_key_is_when_it_entered_less_the_boost_and_with_the_target() {
        var at = Instant.parse("2026-01-01T12:00:00Z");
        var plan = sound(SOUND);

        assertThat(plan.key("a", "high", at).moment()).isEqualTo(at.minusSeconds(280));
        assertThat(plan.key("b", "unheard", at).moment()).isEqualTo(at);
    }

    @ParameterizedTest(name = "{0} at {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            missing_field        | /defaultQueue               | "defaultQueue": "a",     |
            unknown_queue        | /defaultQueue               | "defaultQueue": "a"      | "defaultQueue": "c"
            wrong_type           | /defaultQueue               | "defaultQueue": "a"      | "defaultQueue": 7
            invalid_value        | /defaultQueue               | "defaultQueue": "a"      | "defaultQueue": "Ä"
            missing_field        | /otherChannels/units        | , "units": 34            |
            out_of_bounds        | /channels/voice/units       | "units": 100             | "units": 1001
            wrong_type           | /channels/voice/units       | "units": 100             | "units": 99.5
            invalid_value        | /channels/voice/pool        | "pool": "voice"          | "pool": "mail"
            wrong_type           | /channels/voice             | {"pool": "voice", "units": 100} | []
            invalid_value        | /channels/Vo~1~0ice         | "voice":                 | "Vo/~ice":
            invalid_value        | /priorities/high            | PT5M                     | 5m
            invalid_value        | /priorities/high            | PT5M                     | PT
            out_of_bounds        | /priorities/high            | PT5M                     | P8D
            duplicate            | /queues/1/name              | {"name": "b"}            | {"name": "a"}
            missing_field        | /queues/1/name              | {"name": "b"}            | {}
            wrong_type           | /queues/1                   | {"name": "b"}            | "b"
            unknown_field        | /queues/1/colour            | {"name": "b"}            | {"name": "b", "colour": "red"}
            duplicate            | /queues/0/skills/1/skill    | "skill": "billing"       | "skill": "de"
            out_of_bounds        | /queues/0/skills/1/level    | "level": 3               | "level": 6
            out_of_bounds        | /queues/0/skills/1/level    | "level": 3               | "level": 99999999999
            missing_field        | /queues/0/skills/0/skill    | {"skill": "de"}          | {}
            step_without_end     | /queues/0/steps/0           | {"lasts": "PT30S"}       | {}
            step_without_end     | /queues/0/steps/1           | "lasts": "PT1M",         |
            step_without_end     | /queues/1/overflow          | {"name": "b"}            | {"name": "b", "overflow": "c"}, {"name": "c"}
            end_without_overflow | /queues/0/steps/1           | "overflow": "b",         |
            step_tightens        | /queues/0/steps/1           | {"lasts": "PT30S"}       | {"lasts": "PT30S", "without": ["vip"]}
            step_tightens        | /queues/0/steps/1           | {"lasts": "PT30S"}       | {"lasts": "PT30S", "level": 1}
            out_of_bounds        | /queues/0/steps/0/lasts     | PT30S                    | PT0.5S
            duplicate            | /queues/0/steps/1/without/1 | ["de"]                   | ["de", "de"]
            wrong_type           | /queues/0/steps/1/without/0 | ["de"]                   | [1]
            invalid_value        | /queues/0/steps/1/without/0 | ["de"]                   | ["**"]
            wrong_type           | /queues/0/steps/1/language  | "language": false        | "language": "no"
            wrong_type           | /queues/0/steps             | [{"lasts": "PT30S"}, {"lasts": "PT1M", "level": 2, "without": ["de"], "language": false}] | 3
            unknown_queue        | /queues/0/overflow          | "overflow": "b"          | "overflow": "c"
            overflow_loop        | /queues/0/overflow          | "overflow": "b"          | "overflow": "a"
            invalid_value        | /queues/0/choice            | "proficiency"            | "best"
            out_of_bounds        | /queues/0/target            | PT20S                    | P2D
            unknown_field        | /version                    | "defaultQueue"           | "version": 1, "defaultQueue"
            duplicate_field      | /queues/0/target            | "target": "PT20S"        | "target": "PT20S", "target": "PT20S"
            broken_json          | ``                          | {"name": "b"}]}          | {"name": "b"}]
            broken_json          | ``                          | {"name": "b"}]}          | {"name": "b"}]} {}
            too_deep             | ``                          | {"name": "b"}            | [[[[[[[[[]]]]]]]]]
            """)
    void each_fault_is_named_with_its_place(String code, String pointer, String from, String to) {
        assertThat(SOUND).contains(from);

        var faults = faults(SOUND.replace(from, to == null ? "" : to));

        assertThat(faults.stream().map(fault -> fault.code().code() + " " + fault.pointer()))
                .contains(code + " " + (pointer == null ? "" : pointer));
    }

    @Test
    void every_queue_of_a_loop_is_named_and_none_that_only_leads_into_it() {
        var loop = """
                {"defaultQueue": "a", "otherChannels": {"pool": "voice", "units": 1}, "queues": [
                 {"name": "a", "overflow": "b", "steps": [{"lasts": "PT1M"}]},
                 {"name": "b", "overflow": "c", "steps": [{"lasts": "PT1M"}]},
                 {"name": "c", "overflow": "b", "steps": [{"lasts": "PT1M"}]}]}""";

        assertThat(faults(loop))
                .extracting(PlanFault::code, PlanFault::pointer)
                .containsExactly(
                        tuple(PlanFault.Code.OVERFLOW_LOOP, "/queues/1/overflow"),
                        tuple(PlanFault.Code.OVERFLOW_LOOP, "/queues/2/overflow"));
    }

    @Test
    void all_that_is_wrong_is_named_at_once_up_to_a_hundred() {
        var many = IntStream.range(0, 150).mapToObj(i -> "\"X" + i + "\": 1, ").collect(Collectors.joining());

        assertThat(faults(SOUND.replace("PT5M", "soon").replace("\"units\": 34", "\"units\": 0")))
                .extracting(PlanFault::pointer)
                .containsExactlyInAnyOrder("/otherChannels/units", "/priorities/high");
        assertThat(faults(SOUND.replace("\"defaultQueue\"", many + "\"defaultQueue\"")))
                .hasSize(100);
    }

    @Test
    void what_is_no_json_of_that_size_is_refused_unread() {
        assertThat(((Reading.Faulty) PlanReader.read(new byte[64 * 1024 + 1])).faults())
                .extracting(PlanFault::code)
                .containsExactly(PlanFault.Code.TOO_LARGE);
        assertThat(((Reading.Faulty) PlanReader.read(new byte[] {'"', (byte) 0xff, '"'})).faults())
                .extracting(PlanFault::code)
                .containsExactly(PlanFault.Code.INVALID_UTF8);
        assertThat(faults("")).isNotEmpty();
        assertThat(faults("[]")).extracting(PlanFault::code).containsExactly(PlanFault.Code.WRONG_TYPE);
    }

    @Test
    void a_plan_that_grows_over_the_bound_once_all_its_fields_are_written_is_refused() {
        var queues = IntStream.range(0, 200)
                .mapToObj(i -> "{\"name\":\"q%d\",\"steps\":[%s{}]}".formatted(i, "{\"lasts\":\"PT1S\"},".repeat(5)))
                .collect(Collectors.joining(","));
        var json = "{\"defaultQueue\":\"q0\",\"otherChannels\":{\"pool\":\"voice\",\"units\":1},\"queues\":[%s]}"
                .formatted(queues);

        assertThat(json.length()).isLessThan(30_000);
        assertThat(faults(json)).extracting(PlanFault::code).containsExactly(PlanFault.Code.TOO_LARGE);
    }

    private static Plan sound(String json) {
        assertThat(PlanReader.read(json.getBytes(UTF_8))).isInstanceOf(Reading.Sound.class);
        return ((Reading.Sound) PlanReader.read(json.getBytes(UTF_8))).plan();
    }

    private static List<PlanFault> faults(String json) {
        assertThat(PlanReader.read(json.getBytes(UTF_8))).isInstanceOf(Reading.Faulty.class);
        return ((Reading.Faulty) PlanReader.read(json.getBytes(UTF_8))).faults();
    }
}
