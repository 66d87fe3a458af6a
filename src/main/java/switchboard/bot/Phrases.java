package switchboard.bot;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the bot says of its own, in the languages that it has. */
public final class Phrases {

    static final List<String> LANGUAGES = List.of("de", "en");
    private static final String FALLBACK = "en";

    private final Map<String, Map<String, String>> byLanguage;

    /** By language, then by key. */
    Phrases(Map<String, Map<String, String>> byLanguage) {
        this.byLanguage = new TreeMap<>(byLanguage);
    }

    /** Those of the program. */
    static Phrases local() {
        return new Phrases(LANGUAGES.stream().collect(Collectors.toMap(Function.identity(), Phrases::read)));
    }

    private static Map<String, String> read(String language) {
        var name = "/phrases/" + language + ".properties";
        try (var in = Phrases.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the program's own phrases are missing: " + name);
            }
            var properties = new Properties();
            properties.load(new InputStreamReader(in, UTF_8));
            return properties.stringPropertyNames().stream()
                    .collect(Collectors.toMap(Function.identity(), properties::getProperty));
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    /** In {@code language}, or English; {@code {0}} and so on stand for {@code values}. */
    String say(String language, String key, List<String> values) {
        var all = byLanguage.getOrDefault(language, byLanguage.getOrDefault(FALLBACK, Map.of()));
        var text = all.get(key);
        if (text == null) {
            throw new IllegalStateException("nothing to say in " + language + " for " + key);
        }
        for (int i = 0; i < values.size(); i++) {
            text = text.replace("{" + i + "}", values.get(i));
        }
        return text;
    }

    String say(String language, String key) {
        return say(language, key, List.of());
    }

    boolean has(String language, String key) {
        return byLanguage.getOrDefault(language, Map.of()).containsKey(key);
    }
}
