package switchboard.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names of figures that alerts and the dashboard ask Prometheus for. */
final class Figures {

    static final Path ALERTS = Path.of("conf/prometheus/alerts.yaml");
    static final Path DASHBOARD = Path.of("conf/grafana/switchboard.json");

    /** Of Prometheus itself. */
    private static final Set<String> ITS_OWN = Set.of("up");

    private static final Pattern BESIDE =
            Pattern.compile("\"[^\"]*\"|\\{[^}]*}|\\[[^\\]]*]|\\b(?:by|without|on|ignoring)\\s*\\([^)]*\\)|\\$\\w+");
    private static final Pattern WORD = Pattern.compile("(?<![\\w.:])[a-zA-Z_:][a-zA-Z0-9_:]*(?![\\w:]*\\s*\\()");
    private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "bool", "offset");

    /** Of all alerts and all panels. */
    static Set<String> asked() {
        return Stream.concat(expressions(Running.read(ALERTS), "expr"), expressions(dashboard(), "expr"))
                .flatMap(Figures::named)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static Stream<String> expressions(JsonNode in, String field) {
        return in.findValuesAsText(field).stream();
    }

    /** The figures in an expression: words that are neither functions, labels, operators nor variables. */
    static Stream<String> named(String expression) {
        return WORD.matcher(BESIDE.matcher(expression).replaceAll(" "))
                .results()
                .map(it -> it.group())
                .filter(it -> !OPERATORS.contains(it) && !ITS_OWN.contains(it));
    }

    static JsonNode dashboard() {
        try {
            return new JsonMapper().readTree(DASHBOARD.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Figures() {}
}
