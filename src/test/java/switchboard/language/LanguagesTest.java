package switchboard.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguagesTest {

    private static final int LONGEST = 16_000;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Wo bleibt meine Bestellung? | de",
                "where is my order | en",
                "ICH WILL MEIN GELD ZURÜCK!!! | de",
                "I want my money back!!! | en",
                "wann kommt mein Packet | de",
                "Wie kann ich den Newsletter abbestellen | de",
                "pls cancl my subscripton | en",
                "Kann man hier auch mit PayPal zahlen? | de",
                "was ist das? | de",
            })
    void a_sentence_is_told_by_its_words(String said, String language) {
        assertThat(Languages.of(said, List.of(), "")).isEqualTo(language);
    }

    @ParameterizedTest
    @CsvSource({
        "Rechnung, de",
        "invoice, en",
        "Rücksendeetikett, de",
        "shipment, en",
        "Mitarbeiter, de",
        "Widerruf, de",
        "thanks, en",
        "tschüss, de",
        "Schuhgröße, de",
        "shoelaces, en",
        "Lieferverzug, de"
    })
    void one_word_is_told_by_its_spelling(String said, String language) {
        assertThat(Languages.of(said, List.of(), "")).isEqualTo(language);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "4711",
                "+49 170 1234567",
                "\ud83d\ude21\ud83d\ude21",
                "???",
                "ok",
                "OK!",
                "PayPal",
                "12,99 €",
                "\ud83d",
                "订单在哪里"
            })
    void what_says_nothing_is_taken_for_the_language_so_far(String said) {
        assertThat(Languages.of(said, List.of("de"), "")).isEqualTo("de");
        assertThat(Languages.of(said, List.of("en"), "")).isEqualTo("en");
        assertThat(Languages.of(said, List.of("en", "de"), "")).isEqualTo("de");
        assertThat(Languages.of(said, List.of(), "de-AT")).isEqualTo("de");
        assertThat(Languages.of(said, List.of(), "en-GB")).isEqualTo("en");
    }

    @Test
    void nothing_known_at_all_is_english() {
        assertThat(Languages.of("\ud83d\ude00", List.of(), "")).isEqualTo("en");
        assertThat(Languages.of("4711", List.of("fr"), "fr")).isEqualTo("en");
    }

    @Test
    void whoever_changes_the_language_is_followed() {
        assertThat(Languages.of("Sorry, can we continue in English please?", List.of("de", "de", "de"), "de"))
                .isEqualTo("en");
        assertThat(Languages.of("Geht das auch auf Deutsch bitte?", List.of("en", "en", "en"), "en"))
                .isEqualTo("de");
    }

    @Test
    void of_mixed_languages_the_one_with_more_words_counts() {
        assertThat(Languages.of("Hi, my order 123 ist noch nicht da, wann kommt die Lieferung?", List.of(), ""))
                .isEqualTo("de");
        assertThat(Languages.of("Hallo, where can I see my orders and the invoice?", List.of(), ""))
                .isEqualTo("en");
    }

    @Test
    void english_words_that_germans_use_do_not_make_it_english() {
        assertThat(Languages.of("Ich habe ein Login Problem mit dem Account in der App", List.of(), ""))
                .isEqualTo("de");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "ü", "Wort ", "x'", "\ud83d\ude00", "’", "1 "})
    void sixteen_thousand_characters_are_told_as_well(String piece) {
        var long_one = "Wo ist meine Bestellung? " + piece.repeat(LONGEST / piece.length());

        assertThat(Languages.of(long_one, List.of(), "")).isEqualTo("de");
    }

    @Test
    void the_same_question_has_the_same_answer() {
        assertThat(List.of(1, 2, 3))
                .allSatisfy(_ ->
                        assertThat(Languages.of("status", List.of("de"), "en")).isEqualTo("de"));
    }
}
