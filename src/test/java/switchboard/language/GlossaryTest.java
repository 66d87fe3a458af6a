package switchboard.language;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlossaryTest {

    @Test
    void german_is_said_in_english_word_by_word() {
        assertThat(Glossary.english("Wo ist mein Paket?")).isEqualTo("where is my parcel?");
    }

    @ParameterizedTest
    @CsvSource({
        "Ich habe die Rechnung bezahlt, i have the invoice pay",
        "Wurde es schon abgebucht?, was it already debited?",
        "Ich muss mich anmelden, i must me log in",
        "Wie bekomme ich die Schuhe?, how get i the shoes?",
        "Ich brauche günstigere Preise, i need cheap prices"
    })
    void other_forms_of_a_word_are_known_by_its_stem(String german, String english) {
        assertThat(Glossary.english(german)).isEqualTo(english);
    }

    @ParameterizedTest
    @CsvSource({
        "Wo ist die Kundennummer?, where is the customer number?",
        "Wie hoch ist die Liefergebühr?, how high is the deliver fee?",
        "Was ist eine Zahlungsfrist?, what is a payment deadline?"
    })
    void a_compound_is_known_by_its_parts(String german, String english) {
        assertThat(Glossary.english(german)).isEqualTo(english);
    }

    @Test
    void umlauts_may_be_written_out() {
        assertThat(Glossary.english("Ich möchte zurückschicken was ich nicht brauche"))
                .isEqualTo(Glossary.english("Ich moechte zurueckschicken was ich nicht brauche"))
                .isEqualTo("i want send back what i not need");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "My card was declined and I also want a refund",
                "What will I be charged in the shop?",
                "I am still waiting on my bad gift card",
                "top up",
                "12345",
                "🙂"
            })
    void what_is_english_or_nothing_stays_as_it_is(String text) {
        assertThat(Glossary.english(text)).isEqualTo(text);
    }

    @Test
    void names_and_unknown_words_stay() {
        assertThat(Glossary.english("Ist mein Xylobert in München?")).isEqualTo("is my Xylobert in München?");
    }

    @Test
    void no_word_is_too_long_and_no_text() {
        var endless = "ist das der " + "derderdereiner".repeat(400) + "x und nicht".repeat(300);

        assertThat(Glossary.english(endless)).startsWith("is ").hasSizeGreaterThan(1_000);
    }
}
