package switchboard.deciding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import switchboard.deciding.PolicyReader.Reading.Faulty;
import switchboard.deciding.PolicyReader.Reading.Sound;

class PolicyReaderTest {

    @Test
    void the_programs_own_policy_holds_together() {
        assertThat(PolicyReader.local().turns()).isEqualTo(8);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "turns": 8        | "turns": 0         | out_of_bounds | /turns
            "turns": 8        | "turns": "8"       | wrong_type    | /turns
            "turns": 8        | "turns": 99999999999999999999 | out_of_bounds | /turns
            "turns": 8,       | ''                 | missing_field | /turns
            "turns": 8        | "turns": 8, "a/b": 1 | unknown_field | /a~1b
            "confidence": 0.7 | "confidence": 1.5 | out_of_bounds | /confidence
            "wish": 0.8,      | ''                 | missing_field | /wish
            "wish": 0.8       | "wish": 0          | out_of_bounds | /wish
            "window": "PT1M"  | "window": "1 min"  | invalid_value | /window
            "deadline": "PT2S" | "deadline": "PT1H" | out_of_bounds | /deadline
            "gold"            | "Gold!"            | invalid_value | /valuable/0
            "safety": "urgent" | "nothing": "urgent" | unknown_field | /priorities/nothing
            "queue": ""       | "queue": 7         | wrong_type    | /topics/close-account/queue
            "personFirst": true | "first": true    | missing_field | /topics/close-account/personFirst
            """)
    void each_fault_is_named_with_its_place(String good, String bad, String code, String pointer) throws IOException {
        var json = own().replace(good, bad);

        assertThat(PolicyReader.read(json.getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        Faulty.class, f -> assertThat(f.faults()).contains(new PolicyFault(code, pointer)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "[]", "7", "{\"turns\": 1, \"turns\": 2}", "{} {}"})
    void what_is_no_policy_at_all_is_none(String json) {
        assertThat(PolicyReader.read(json.getBytes(UTF_8))).isInstanceOf(Faulty.class);
    }

    @Test
    void what_is_too_large_is_not_read() {
        assertThat(PolicyReader.read(new byte[PolicyReader.BYTES + 1])).isInstanceOf(Faulty.class);
    }

    @Test
    void all_faults_are_named_at_once() throws IOException {
        var json = own().replace("\"turns\": 8", "\"turns\": 0").replace("\"rate\": 10", "\"rate\": 0");

        assertThat(PolicyReader.read(json.getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        Faulty.class, f -> assertThat(f.faults()).hasSize(2));
        assertThat(PolicyReader.read(own().getBytes(UTF_8))).isInstanceOf(Sound.class);
    }

    private static String own() throws IOException {
        try (var in = PolicyReader.class.getResourceAsStream("/escalation-policy.json")) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
