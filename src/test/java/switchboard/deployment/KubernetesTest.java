package switchboard.deployment;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every overlay, rendered as it would be applied, against Kubernetes' schemas and against the program; and each check against
 * manifests that are wrong.
 */
class KubernetesTest {

    private static final Map<String, Function<Stage, List<String>>> CHECKS = new TreeMap<>(Map.ofEntries(
            Map.entry("schema of each kind", Strict::faults),
            Map.entry("ports", Wiring::ports),
            Map.entry("selectors", Wiring::selectors),
            Map.entry("networks", Wiring::networks),
            Map.entry("rights", Wiring::rights),
            Map.entry("settings", Running::settings),
            Map.entry("probes", Running::probes),
            Map.entry("ends", Running::ends),
            Map.entry("memory", Running::memory),
            Map.entry("security", Running::security),
            Map.entry("files", Running::files),
            Map.entry("replicas", Running::replicas),
            Map.entry("database", Storing::database),
            Map.entry("schema of the database", Storing::schema),
            Map.entry("secrets", Storing::secrets),
            Map.entry("ingress", Storing::ingress),
            Map.entry("alerts", Storing::alerts)));

    private static final Map<String, Stage> STAGES = new ConcurrentHashMap<>();

    private static Stage stage(String name) {
        return STAGES.computeIfAbsent(name, Stage::rendered);
    }

    private static List<String> faults(String check, Stage stage) {
        return requireNonNull(CHECKS.get(check)).apply(stage);
    }

    static Stream<Arguments> checks() {
        return Stage.ALL.stream().flatMap(stage -> CHECKS.keySet().stream().map(check -> Arguments.of(stage, check)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("checks")
    void every_overlay_agrees_with_kubernetes_and_with_the_program(String stage, String check) {
        assertThat(faults(check, stage(stage))).isEmpty();
    }

    static Stream<Arguments> wrongs() {
        return Wrongs.ALL.stream().map(it -> Arguments.of(it.check(), it.what(), it));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("wrongs")
    void each_check_finds_what_is_wrong(String check, String what, Wrongs.Wrong wrong) {
        assertThat(faults(check, stage(wrong.stage()).but(wrong::into)))
                .as(what)
                .isNotEmpty();
    }

    @Test
    void there_is_something_wrong_for_each_check() {
        assertThat(Wrongs.ALL).extracting(Wrongs.Wrong::check).containsAll(CHECKS.keySet());
    }
}
