package switchboard.deployment;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The program's settings as the environment names them: read off {@code application.conf}, where each is tried. */
final class Environment {

    /** Names an operator's file; read before there are settings. */
    static final String FILE = "SWITCHBOARD_CONF";

    /** Of logback.xml; read before there are settings too. */
    static final String LOG_FORMAT = "SWITCHBOARD_LOG_FORMAT";

    private static final Path SETTINGS = Path.of("src/main/resources/application.conf");
    private static final Pattern NAME = Pattern.compile("\\$\\{\\?(SWITCHBOARD_[A-Z0-9_]+)}");
    private static final String MARK = "as the environment has it";

    private final Map<String, String> paths = new TreeMap<>();
    private final Config usual;

    private Environment(String text, Config settings) {
        usual = settings.resolve(ConfigResolveOptions.noSystem());
        NAME.matcher(text).results().map(it -> it.group(1)).distinct().forEach(name -> {
            var with = ConfigFactory.parseMap(Map.of(name, MARK))
                    .withFallback(settings)
                    .resolve(ConfigResolveOptions.noSystem());
            with.getConfig("switchboard").entrySet().stream()
                    .filter(it -> MARK.equals(it.getValue().unwrapped()))
                    .forEach(it -> paths.put(name, "switchboard." + it.getKey()));
        });
    }

    static Environment read() {
        try {
            var file = SETTINGS.toFile();
            return new Environment(
                    Files.readString(SETTINGS), ConfigFactory.parseFile(file, ConfigParseOptions.defaults()));
        } catch (IOException e) {
            throw new AssertionError(SETTINGS + " cannot be read", e);
        }
    }

    /** What holds where the environment says nothing; empty where that is nothing, or the name is unknown. */
    String usual(String name) {
        var path = paths.getOrDefault(name, "");
        return path.isEmpty() ? "" : usual.getString(path);
    }

    /** Each name with the path that it sets. */
    Map<String, String> paths() {
        return paths;
    }
}
