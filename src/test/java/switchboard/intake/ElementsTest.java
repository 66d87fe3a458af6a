package switchboard.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import switchboard.request.Problem;

class ElementsTest {

    @Test
    void an_array_is_cut_into_its_elements() {
        assertThat(told(" [ {\"a\":[1,{}]} ,\n{\"b\":\"]},\\\"[\"},\"x\",1 ] \n"))
                .containsExactly("{\"a\":[1,{}]} ", "{\"b\":\"]},\\\"[\"}", "\"x\"", "1 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", " [ ] "})
    void an_empty_batch_has_no_elements(String body) {
        assertThat(told(body)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|broken_json",
                "'   '|broken_json",
                "[|broken_json",
                "[{}|broken_json",
                "[{},|broken_json",
                "[{\"a\":\"]|broken_json",
                "[{\"a\":\"\\|broken_json",
                "[,{}]|broken_json",
                "[{},]|broken_json",
                "[{},,{}]|broken_json",
                "[{}] {}|broken_json",
                "{}|wrong_type",
                "null|wrong_type",
                "\uFEFF[]|wrong_type",
            })
    void what_is_no_array_is_refused_as_a_whole(String body, String code) {
        var refused = catchThrowableOfType(Problem.class, () -> Elements.of(body.getBytes(UTF_8)));

        assertThat(refused.fault().code()).isEqualTo(code);
    }

    @Test
    void a_thousand_may_come_and_no_more() {
        assertThat(told("[" + "{},".repeat(999) + "{}]")).hasSize(1_000);
        var refused = catchThrowableOfType(Problem.class, () -> told("[" + "{},".repeat(1_000) + "{}]"));
        assertThat(refused.fault().code()).isEqualTo("too_many_events");
    }

    @Test
    void an_element_over_64_kib_is_refused_by_itself() {
        assertThat(told("[\"" + "x".repeat(65_535) + "\",{}]")).containsExactly("event_too_large", "{}");
    }

    private static List<String> told(String body) {
        return Elements.of(body.getBytes(UTF_8)).stream()
                .map(line -> switch (line) {
                    case Line.Text it -> it.json().utf8String();
                    case Line.Bad it -> it.why().fault().code();
                    case Line.Event it -> throw new AssertionError("nothing is read yet: " + it.index());
                })
                .toList();
    }
}
