package switchboard.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class WordPieceTest {

    private final WordPiece words = new WordPiece(Map.of(
            "where", 1, "is", 2, "##n", 3, "'", 4, "t", 5, "un", 6, "##aff", 7, "##able", 8, "cafe", 9, "\u4e2d", 10));

    @Test
    void a_sentence_has_a_begin_and_an_end() {
        assertThat(words.of("Where is", 10)).containsExactly(101, 1, 2, 102);
        assertThat(words.of("", 10)).containsExactly(101, 102);
    }

    @Test
    void the_longest_known_piece_comes_first() {
        assertThat(words.of("unaffable", 10)).containsExactly(101, 6, 7, 8, 102);
    }

    @Test
    void punctuation_stands_apart() {
        assertThat(words.of("isn't", 10)).containsExactly(101, 2, 3, 4, 5, 102);
    }

    @Test
    void a_word_that_cannot_be_pieced_together_is_unknown_as_a_whole() {
        assertThat(words.of("unx is", 10)).containsExactly(101, 100, 2, 102);
        assertThat(words.of("un" + "n".repeat(99) + " is", 10)).containsExactly(101, 100, 2, 102);
    }

    @Test
    void accents_and_capitals_make_no_difference() {
        assertThat(words.of("CAFÉ cafe\u0301", 10)).containsExactly(101, 9, 9, 102);
    }

    @Test
    void signs_of_scripts_without_blanks_stand_apart() {
        assertThat(words.of("is\u4e2dis", 10)).containsExactly(101, 2, 10, 2, 102);
    }

    @Test
    void control_characters_are_not_there() {
        assertThat(words.of("wh\u0000er\u200be\tis\ufffd", 10)).containsExactly(101, 1, 2, 102);
    }

    @Test
    void what_looks_like_a_special_word_is_text() {
        assertThat(words.of("[CLS]", 10)).containsExactly(101, 100, 100, 100, 102);
    }

    @Test
    void what_is_too_long_is_cut() {
        assertThat(words.of("is is is is is", 5)).containsExactly(101, 2, 2, 2, 102);
        assertThat(words.of("is is unaffable", 5)).containsExactly(101, 2, 2, 6, 102);
    }
}
