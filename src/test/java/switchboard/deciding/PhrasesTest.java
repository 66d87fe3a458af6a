package switchboard.deciding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The few sentences that the bot itself says. */
class PhrasesTest {

    @Test
    void the_bot_says_the_same_in_both_languages() {
        assertThat(phrases("de").stringPropertyNames())
                .containsExactlyInAnyOrderElementsOf(phrases("en").stringPropertyNames())
                .contains(
                        "introduction",
                        "hand-over",
                        "hand-over.requested",
                        "hand-over.safety",
                        "hand-over.incident",
                        "waiting",
                        "sources");
    }

    @ParameterizedTest
    @ValueSource(strings = {"de", "en"})
    void asking_back_names_as_many_candidates_as_there_are(String language) {
        var titles = new Object[] {"A's title {0}", "B", "C"};

        for (int candidates = 0; candidates <= titles.length; candidates++) {
            var pattern = phrases(language).getProperty("ask-back." + candidates);
            var format = new MessageFormat(pattern, Locale.ROOT);

            assertThat(format.getFormatsByArgumentIndex()).hasSize(candidates);
            assertThat(format.format(titles)).endsWith("?");
            for (int i = 0; i < candidates; i++) {
                assertThat(format.format(titles)).contains(titles[i].toString());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"de", "en"})
    void every_phrase_is_a_pattern_and_short(String language) {
        assertThat(phrases(language).entrySet())
                .allSatisfy(phrase -> assertThat(
                                new MessageFormat(phrase.getValue().toString(), Locale.ROOT)
                                        .format(new Object[] {"A", "B", "C"}))
                        .hasSizeBetween(5, 240)
                        .doesNotContain("{", "�"));
    }

    private static Properties phrases(String language) {
        var phrases = new Properties();
        try (var in = PhrasesTest.class.getResourceAsStream("/phrases/" + language + ".properties");
                var reader = new InputStreamReader(in, UTF_8)) {
            phrases.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return phrases;
    }
}
