package switchboard.learning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class GramsTest {

    private final Grams grams = Grams.of(List.of("where is my order", "where is my money", "refund"));

    @Test
    void words_have_length_1_and_pieces_of_words_have_length_1() {
        var vector = grams.vector("where is my order");

        var squares = 0.0;
        for (var value : vector.values()) {
            squares += value * value;
        }
        assertThat(squares).isCloseTo(2, Offset.offset(1e-5));
    }

    @Test
    void what_is_rarer_weighs_more() {
        var vector = grams.vector("order where");

        assertThat(grams.rarity()).hasSize(grams.size());
        assertThat(vector.values()).hasSizeGreaterThan(2);
        assertThat(rarity("order")).isGreaterThan(rarity("where"));
    }

    @Test
    void a_misspelt_word_still_has_pieces_in_common() {
        assertThat(grams.vector("ordr").places()).isNotEmpty();
    }

    @Test
    void text_of_which_nothing_is_known_is_empty() {
        assertThat(grams.vector("\uD83D\uDE00 !?").places()).isEmpty();
        assertThat(grams.vector("").places()).isEmpty();
    }

    @Test
    void places_ascend_and_none_comes_twice() {
        assertThat(grams.vector("where where is is my order order").places())
                .isSorted()
                .doesNotHaveDuplicates();
    }

    private float rarity(String word) {
        var vector = grams.vector(word);
        var most = 0f;
        for (var place : vector.places()) {
            most = Math.max(most, grams.rarity()[place]);
        }
        return most;
    }
}
