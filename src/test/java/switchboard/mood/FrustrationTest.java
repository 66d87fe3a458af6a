package switchboard.mood;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrustrationTest {

    private static final int LONGEST = 16_000;
    private static final double ALONE = .6;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Where is my order 4711?",
                "Wo ist meine Bestellung?",
                "OK",
                "IBAN und PIN",
                "Thanks, that helped!",
                "Ich möchte die Schuhe zurückgeben.",
                "\ud83d\ude00",
                "12345"
            })
    void who_writes_calmly_is_calm(String said) {
        assertThat(Frustration.of(List.of(said))).isLessThan(.1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WHERE IS MY ORDER",
                "Where is my order???? Hello???",
                "this is ridiculous",
                "Das ist unverschämt",
                "ich bin so enttäuscht von euch, schon wieder",
                "still not here, I am fed up"
            })
    void each_sign_is_seen_and_none_is_enough_alone(String said) {
        assertThat(Frustration.of(List.of(said))).isBetween(.2, ALONE);
    }

    @Test
    void several_signs_together_say_more_than_any_of_them() {
        assertThat(Frustration.of(List.of("THIS IS RIDICULOUS!!!! WORST SERVICE EVER!!!")))
                .isGreaterThan(.8);
    }

    @Test
    void who_says_the_same_again_is_more_frustrated_each_time() {
        var once = Frustration.of(List.of("where is my order"));
        var twice = Frustration.of(List.of("where is my order", "Where is my order?"));
        var thrice = Frustration.of(List.of("where is my order", "Where is my order?", "where IS my order"));

        assertThat(once).isLessThan(twice);
        assertThat(twice).isLessThan(thrice);
    }

    @Test
    void it_passes_when_he_writes_calmly_again() {
        var angry = List.of("This is RIDICULOUS!!!");
        var calmer = List.of("This is RIDICULOUS!!!", "My number is 4711", "Oh, I see, it has come today");

        assertThat(Frustration.of(calmer)).isLessThan(Frustration.of(angry) / 2);
    }

    @Test
    void who_becomes_curt_or_writes_a_novel_is_noticed_a_little() {
        var polite = "Hello, I would like to know where my parcel is";
        var curt = List.of(polite, "It was sent on Monday and has the number 4711", "so?");
        var novel = List.of("My parcel", "number 4711", "well so it was that on monday ".repeat(8));

        assertThat(Frustration.of(curt)).isBetween(.1, .3);
        assertThat(Frustration.of(novel)).isBetween(.1, .3);
    }

    @Test
    void nothing_said_is_no_frustration() {
        assertThat(Frustration.of(List.of())).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"!", "?!", "A", "fuck ", "\ud83d\ude21", "schon wieder ", "."})
    void sixteen_thousand_characters_a_hundred_times_stay_between_0_and_1(String piece) {
        var said = Collections.nCopies(100, piece.repeat(LONGEST / piece.length()));

        assertThat(Frustration.of(said)).isBetween(0.0, 1.0);
    }
}
