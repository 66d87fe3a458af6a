package switchboard.starting;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a start was spent on, as the program says it on the console. In seconds. */
public final class Phases {

    private static final Pattern PHASE = Pattern.compile("(?m)^(\\w+) .*\\((\\d+\\.\\d) s\\)$");
    private static final Pattern ALL = Pattern.compile("(?m)^listening on \\S+ after (\\d+\\.\\d) s$");

    /** Of a start that took {@code seconds}; what was before the program's first line is the JVM's, and Maven's where that started it. */
    static Map<String, Double> of(String output, double seconds) {
        var all = ALL.matcher(output);
        if (!all.find()) {
            throw new IllegalArgumentException("not ready:\n" + output);
        }
        var phases = new LinkedHashMap<String, Double>();
        phases.put("before", seconds - Double.parseDouble(all.group(1)));
        PHASE.matcher(output.substring(0, all.start()))
                .results()
                .forEach(it -> phases.put(it.group(1), Double.parseDouble(it.group(2))));
        return phases;
    }

    /** In one line: {@code before 0.6, session 1.1, node 0.9}; what took no time is left out. */
    public static String text(String output, double seconds) {
        return of(output, seconds).entrySet().stream()
                .filter(it -> it.getValue() >= 0.05)
                .map(it -> it.getKey() + " " + Math.round(it.getValue() * 10) / 10.0)
                .collect(Collectors.joining(", "));
    }

    private Phases() {}
}
