package switchboard.evaluation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import switchboard.encoding.Encoder;
import switchboard.understanding.Example;

class EvaluateTest {

    private static final String SHOP = DataSetTest.resource("shop.csv").toString();

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Test
    void a_data_set_becomes_a_table_and_a_line_of_json() throws IOException, InterruptedException {
        var report = evaluated(Map.of("train", SHOP, "test", SHOP));

        assertThat(report.table())
                .contains("learned from         32 examples of 4 intents", "35 messages, 3 of them out of scope");
        var json = new JsonMapper().readTree(report.json());
        assertThat(json.path("inScopeAccuracyIfNeverUnsure").doubleValue()).isGreaterThan(.9);
        assertThat(json.path("oosAuroc").isNumber()).isTrue();
        assertThat(json.path("microsPerMessage").doubleValue()).isPositive();
        assertThat(json.path("model").textValue()).hasSize(64);
        assertThat(json.fieldNames())
                .toIterable()
                .contains(
                        "accuracy",
                        "inScopeAccuracy",
                        "oosRecall",
                        "oosPrecision",
                        "inScopeAccuracyAtOosRecall80",
                        "trainingSeconds");
        assertThat(report.table())
                .contains("accuracy", "in-scope accuracy", "OOS recall", "OOS precision", "OOS AUROC")
                .contains("in-scope at 80 %", "µs a message");
        assertThat(said.toString(UTF_8)).contains("encoding: 0 of ");
    }

    @Test
    void shots_are_drawn_from_each_intent_and_the_rest_is_asked_about() throws IOException {
        var task = task(Map.of("train", SHOP, "shots", "5"));

        assertThat(task.train()).hasSize(20);
        assertThat(task.test()).hasSize(12).doesNotContainAnyElementsOf(task.train());
        assertThat(task(Map.of("train", SHOP, "shots", "5"))).isEqualTo(task);
        assertThat(task(Map.of("train", SHOP, "shots", "5", "seed", "2"))).isNotEqualTo(task);
    }

    @Test
    void without_a_test_file_every_fifth_example_is_held_out() throws IOException {
        var task = task(Map.of("train", SHOP));

        assertThat(task.test()).hasSize(4);
        assertThat(new HashSet<>(task.train())).hasSize(28).doesNotContainAnyElementsOf(task.test());
    }

    @Test
    void what_is_out_of_scope_is_learned_from_only_where_asked_for() throws IOException {
        assertThat(task(Map.of("train", SHOP, "test", SHOP)).train()).allMatch(Example::inScope);
        assertThat(task(Map.of("train", SHOP, "test", SHOP, "oos", "true")).train().stream()
                        .filter(e -> !e.inScope()))
                .hasSize(3);
        var other = DataSetTest.resource("shop.md").toString();
        assertThat(task(Map.of("train", SHOP, "test", SHOP, "oos", other)).train().stream()
                        .filter(e -> !e.inScope()))
                .hasSize(5);
    }

    @Test
    void of_json_the_test_part_is_asked_and_its_oos_train_is_learned_from_where_asked_for() throws IOException {
        var json = DataSetTest.resource("shop.json").toString();

        var task = task(Map.of("train", json, "test", json, "oos", "true"));

        assertThat(task.test())
                .containsExactly(
                        new Example("where is the parcel", "order_status"),
                        new Example("who won the match", Example.NONE));
        assertThat(task.train()).contains(new Example("tell me a joke", Example.NONE));
        assertThat(task(Map.of("train", json, "test", json)).train()).allMatch(Example::inScope);
    }

    @Test
    void what_is_missing_or_no_number_is_named() {
        assertThatThrownBy(() -> options(Map.of())).hasMessage("-Dtrain=FILE is missing");
        assertThatThrownBy(() -> options(Map.of("train", "${train}"))).hasMessage("-Dtrain=FILE is missing");
        assertThatThrownBy(() -> options(Map.of("train", SHOP, "shots", "ten"))).hasMessageContaining("-Dshots=ten");
    }

    @Test
    void what_cannot_be_learned_is_named() {
        var task = new Task(List.of(new Example("hello", "greet")), List.of());

        assertThatThrownBy(() -> Evaluate.evaluate(task, EvaluateTest::vector, new PrintStream(said, true, UTF_8)))
                .hasMessage("cannot be learned: ONE_INTENT");
    }

    private Report evaluated(Map<String, String> properties) throws IOException, InterruptedException {
        return Evaluate.evaluate(task(properties), EvaluateTest::vector, new PrintStream(said, true, UTF_8));
    }

    private static Task task(Map<String, String> properties) throws IOException {
        return Task.of(options(properties));
    }

    private static Options options(Map<String, String> properties) {
        return Options.of(name -> Optional.ofNullable(properties.get(name)));
    }

    /** Stands for the encoder. */
    private static float[] vector(String text) {
        var vector = new float[Encoder.SIZE];
        for (var word : text.toLowerCase(Locale.ROOT).split("[^a-z]+", -1)) {
            vector[Math.floorMod(word.hashCode() * 0x9e3779b1, vector.length)] += 1;
        }
        vector[0] += .1f;
        return vector;
    }
}
