package switchboard.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of {@code conf/}: beside each setting stands the name that the environment has for it. */
class OperatorsFilesTest {

    private static final Pattern NAMED = Pattern.compile("^ *#.* (SWITCHBOARD_[A-Z0-9_]+)$");
    private static final Pattern SETTING = Pattern.compile("^ *(?:# )?([a-z][a-z.-]*) = .*");

    @ParameterizedTest
    @ValueSource(strings = {"local", "external", "cluster"})
    void beside_each_setting_stands_its_name_in_the_environment(String name) throws IOException {
        var lines = Files.readAllLines(Path.of("conf/" + name + ".conf"));

        assertThat(faults(lines)).isEmpty();
        assertThat(lines.stream().filter(it -> NAMED.matcher(it).matches())).hasSizeGreaterThan(5);
    }

    @Test
    void another_setting_is_noticed_and_so_is_a_name_that_does_not_exist() {
        var name = "    # Where.                     SWITCHBOARD_HTTP_PORT";

        assertThat(faults(List.of(name, "    port = 8080"))).isEmpty();
        assertThat(faults(List.of(name, "    # port = 8080"))).isEmpty();
        assertThat(faults(List.of(name, "    host = 8080"))).isNotEmpty();
        assertThat(faults(List.of(name.replace("PORT", "DOOR"), "    port = 8080")))
                .isNotEmpty();
        assertThat(faults(List.of(name))).isNotEmpty();
    }

    /** Each name of the environment whose setting does not follow it. */
    private static List<String> faults(List<String> lines) {
        var paths = Environment.read().paths();
        var faults = new ArrayList<String>();
        for (int i = 0; i < lines.size(); i++) {
            var named = NAMED.matcher(lines.get(i));
            if (named.matches()) {
                var setting = lines.stream()
                        .skip(i + 1L)
                        .limit(1)
                        .map(SETTING::matcher)
                        .filter(it -> it.matches())
                        .findFirst();
                var key = setting.map(it -> it.group(1)).orElse("");
                var path = paths.getOrDefault(named.group(1), "");
                if (key.isEmpty() || !path.endsWith("." + key)) {
                    faults.add(named.group(1) + " beside " + key);
                }
            }
        }
        return faults;
    }
}
