package switchboard.understanding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTest {

    @Test
    void blanks_and_what_cannot_be_seen_become_one_blank() {
        assertThat(Text.of(" where\u200b \t is\n\nit\u0000 ").plain()).isEqualTo("where is it");
    }

    @Test
    void wide_and_composed_letters_are_the_usual_ones() {
        assertThat(Text.of("\uff37\uff48\uff45\uff52\uff45").plain()).isEqualTo("Where");
        assertThat(Text.of("u\u0308ber").plain()).isEqualTo("\u00fcber");
    }

    @Test
    void umlauts_may_be_written_out_and_accents_left_out() {
        assertThat(Text.of("Rückgabe größer Café").folded()).isEqualTo("rueckgabe groesser cafe");
        assertThat(Text.of("RUECKGABE GROESSER CAFE").folded()).isEqualTo("rueckgabe groesser cafe");
    }

    @Test
    void links_and_addresses_are_one_word() {
        assertThat(Text.of("see https://shop.example/a?b=c or write to anna.b@mail.example")
                        .plain())
                .isEqualTo("see link or write to email");
    }

    @Test
    void of_16_000_characters_the_first_2_000_are_read() {
        assertThat(Text.of("ab ".repeat(6_000)).plain()).hasSize(Text.LONGEST).startsWith("ab ab");
    }

    @Test
    void no_letter_is_cut_in_half() {
        var text = Text.of("a".repeat(Text.LONGEST - 1) + "\uD83D\uDE00").plain();

        assertThat(text).hasSize(Text.LONGEST - 1);
    }

    @Test
    void emoji_alone_and_lone_surrogates_are_no_words() {
        assertThat(Text.of("\uD83D\uDE00\uD83D\uDE00 !?").hasWords()).isFalse();
        assertThat(Text.of("\uD83D").hasWords()).isFalse();
        assertThat(Text.of("").hasWords()).isFalse();
        assertThat(Text.of("42").hasWords()).isTrue();
    }

    @Test
    void personal_data_is_not_read_but_what_kind_it_is() {
        assertThat(Text.of("My IBAN DE89 3704 0044 0532 0130 00, call +49 170 1234567")
                        .plain())
                .isEqualTo("My IBAN iban, call phone");
    }
}
