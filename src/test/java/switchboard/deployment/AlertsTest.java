package switchboard.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import switchboard.program.Command;
import switchboard.program.Command.Said;

/** Alerts by their own tests, and these tests by alerts that are wrong; the dashboard. FiguresIT knows the figures' names. */
class AlertsTest {

    private static final Path TESTS = Path.of("conf/prometheus/alerts-test.yaml");

    private static Said tested(Path tests) {
        Command.needed("promtool", "it comes with Prometheus (Debian: prometheus)");
        return Command.PLAIN.tried(List.of("promtool", "test", "rules", tests.toString()));
    }

    @Test
    void each_alert_fires_when_it_should_and_not_before() {
        var said = tested(TESTS);

        assertThat(said.code()).as(said.output() + said.errors()).isZero();
    }

    /** An alert that always fires, and one that never does. */
    @ParameterizedTest
    @ValueSource(strings = {"vector(1)", "vector(1) > 1"})
    void an_alert_that_does_not_look_is_found_by_its_tests(String expression, @TempDir Path folder) throws IOException {
        var rules = Running.read(Figures.ALERTS);
        rules.findParents("expr")
                .forEach(it -> ((ObjectNode) it).put("expr", expression).remove("for"));
        new YAMLMapper().writeValue(folder.resolve("alerts.yaml").toFile(), rules);
        Files.copy(TESTS, folder.resolve("alerts-test.yaml"));

        var said = tested(folder.resolve("alerts-test.yaml"));

        assertThat(said.code()).isNotZero();
        assertThat(alerts())
                .isNotEmpty()
                .allSatisfy(it -> assertThat(said.output() + said.errors()).contains("alertname=\\\"" + it + "\\\""));
    }

    @Test
    void each_says_what_is_wrong_and_how_bad_it_is() {
        for (var rule : Running.read(Figures.ALERTS).findParents("alert")) {
            assertThat(Stage.text(rule, "/labels/severity")).isIn("critical", "warning");
            assertThat(Stage.text(rule, "/annotations/summary")).isNotBlank();
            assertThat(Stage.text(rule, "/annotations/description")).isNotBlank();
        }
        assertThat(alerts()).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sum by (le) (rate(a_b{c=\"d_e\"}[5m])) > 0.9 and deriv(f_total[$__rate_interval]) | a_b f_total",
                "histogram_quantile(0.99, sum(rate(a_bucket[5m])) by (le, g)) | a_bucket",
                "up{job=\"x\"} == 0 or on (i) absent(y) | y",
                "changes(a:b[1m]) / x{instance=~\"$instance\"} > 1e3 | a:b x"
            })
    void a_figure_in_an_expression_is_told_from_all_else(String expression, String figures) {
        assertThat(Figures.named(expression)).containsExactlyInAnyOrder(figures.split(" ", -1));
    }

    @Test
    void the_dashboard_has_its_panels_side_by_side_and_each_asks_for_something() {
        var dashboard = Figures.dashboard();
        var seen = new HashSet<Integer>();
        var taken = new HashSet<String>();

        assertThat(dashboard.path("schemaVersion").asInt()).isGreaterThanOrEqualTo(36);
        assertThat(dashboard.path("uid").asText()).isEqualTo("switchboard");
        for (var panel : dashboard.path("panels")) {
            assertThat(seen.add(panel.path("id").asInt())).as(panel.toString()).isTrue();
            cells(panel.path("gridPos"))
                    .forEach(cell ->
                            assertThat(taken.add(cell)).as(panel.toString()).isTrue());
            if (!Stage.text(panel, "/type").equals("row")) {
                assertThat(Stage.text(panel, "/title")).isNotBlank();
                assertThat(Stage.text(panel, "/datasource/uid")).isEqualTo("${datasource}");
                assertThat(Figures.expressions(panel, "expr")).isNotEmpty();
            }
        }
        assertThat(variables(dashboard)).containsExactlyInAnyOrder("datasource", "instance");
    }

    private static Stream<String> cells(JsonNode at) {
        var x = at.path("x").asInt();
        var width = at.path("w").asInt();
        assertThat(x + width).isLessThanOrEqualTo(24);
        return Stream.iterate(0, i -> i < width * at.path("h").asInt(), i -> i + 1)
                .map(i -> (x + i % width) + "," + (at.path("y").asInt() + i / width));
    }

    private static Set<String> variables(JsonNode dashboard) {
        return Stage.each(dashboard, "/templating/list").stream()
                .map(it -> Stage.text(it, "/name"))
                .collect(Collectors.toSet());
    }

    private static List<String> alerts() {
        return Figures.expressions(Running.read(Figures.ALERTS), "alert").toList();
    }
}
