package switchboard.wording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordingTest {

    private static final String SMALL = """
            version 7
            class PERSON human+s mensch+en mitarbeiter
            exact BOT bot
            exact BLOCK bot
            head mitarbeiter
            first support kunden
            mask t.rights: human rights
            ask t.talk: talk|sprich ~2 PERSON
            ask t.bare: ^ please* PERSON $
            unless t.not: dont|never ~3 PERSON
            always t.now: now PERSON
            """;

    private static final Wording WORDING = Wording.of(SMALL);

    @Test
    void evidence_is_the_rule_and_the_words_of_the_grammar_never_those_of_the_customer() {
        assertThat(WORDING.in("I, Jane Doe, talk to that humn!"))
                .containsExactly(new Found("t", "talk", List.of("talk", "human")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HUMAN",
                "humann",
                "hmuan",
                "huuuuman",
                "h u m a n",
                "Support-Mitarbeiter",
                "Kundenmitarbeiter",
                "\u201ehuman\u201c",
                "ｈｕｍａｎ",
                "please, Menschen?"
            })
    void a_word_is_known_in_capitals_misspelt_stretched_spaced_wide_and_as_the_head_of_a_compound(String text) {
        assertThat(WORDING.in(text)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\ud83d\ude21",
                "\ud83d",
                "humanity",
                "human's",
                "Mitarbeiterrabatt",
                "Mitarbeiter-Rabatt",
                "human rights",
                "he wrote \"talk to human\" here",
                "talk. human rights",
                "12345",
                "http://human.example/talk"
            })
    void a_part_of_a_word_a_quotation_and_what_is_masked_say_nothing(String text) {
        assertThat(WORDING.in(text).stream().filter(found -> found.phrase().equals("talk")))
                .isEmpty();
        assertThat(WORDING.in("x " + text + " x")).isEmpty();
    }

    @Test
    void what_takes_a_wish_back_does_so_only_where_it_shares_words_with_it() {
        assertThat(WORDING.in("dont talk to a human")).isEmpty();
        assertThat(WORDING.in("dont. talk to a human")).hasSize(1);
        assertThat(WORDING.in("dont now human")).extracting(Found::phrase).containsExactly("now");
    }

    @Test
    void a_gap_reaches_over_no_break_and_no_word_that_blocks() {
        assertThat(WORDING.in("talk to my human")).hasSize(1);
        assertThat(WORDING.in("talk to my own human")).isEmpty();
        assertThat(WORDING.in("talk, my human x")).isEmpty();
        assertThat(WORDING.in("talk bot human x")).isEmpty();
    }

    @Test
    void each_word_is_held_at_most_once_against_each_step_however_long_the_text() {
        var words = new String[] {
            "dont", "talk", "to", "a", "human", "now", "please", "bot", "i", "want", "mit", ",", ".", "nicht"
        };
        var random = new Random(7);
        var wording = Wording.local();
        for (int length : new int[] {100, 1_000, 4_000}) {
            var text = new StringBuilder();
            for (int i = 0; i < length; i++) {
                text.append(words[random.nextInt(words.length)]).append(' ');
            }

            var reading = wording.reading(text.toString());

            assertThat(reading.looks()).isLessThan(reading.words() * 300);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "human ",
                "dont ",
                "talk ",
                "please ",
                "a",
                "\"",
                "'",
                "-",
                "i want a ",
                "not ",
                ",",
                "mit ",
                "xxxxxx "
            })
    void sixteen_thousand_characters_of_the_same_cost_no_more_looks_a_word(String piece) {
        var wording = Wording.local();
        var reading = wording.reading(piece.repeat(16_384 / piece.length()));

        assertThat(reading.looks()).isLessThan(reading.words() * 300);
        assertThat(reading.found()).hasSizeLessThanOrEqualTo(reading.words() * 4);
    }

    @Test
    void a_grammar_with_an_unknown_class_or_an_open_end_is_none() {
        assertThatThrownBy(() -> Wording.of("ask t.x: NOBODY")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Wording.of("ask t.x: a b*")).isInstanceOf(IllegalArgumentException.class);
        assertThat(WORDING.version()).isEqualTo(7);
    }
}
