package switchboard.masking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedTest {

    private static final int LONGEST = 16_000;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Write to max.muster+shop@example.co.uk, please | Write to <email>, please",
                "Mails: a@b.de;c@d.org. | Mails: <email>;<email>.",
                "mailto:jürgen@müller.de | mailto:<email>",
                "+49 170 1234567 | <phone>",
                "Ruf +49 (0)30 / 123 456-78 an | Ruf <phone> an",
                "0049 30 12345678 | <phone>",
                "meine Nummer ist 0171 2345678 | meine Nummer ist <phone>",
                "01712345678 | <phone>",
                "030/1234567 oder (030) 123 45 67 | <phone> oder <phone>",
                "Tel. 1234567 | Tel. <phone>",
                "call me on 07700 900123 or 020 7946 0958 | call me on <phone> or <phone>",
                "(212) 555-0123 or 1-212-555-0123 | <phone> or <phone>",
                "212.555.0123! | <phone>!",
                "phone: 2125550123 | phone: <phone>",
                "DE89 3704 0044 0532 0130 00 | <iban>",
                "iban:de89370400440532013000. | iban:<iban>.",
                "GB82WEST12345698765432 bitte | <iban> bitte",
                "Karte 4111 1111 1111 1111 | Karte <card>",
                "5500-0000-0000-0004, 340000000000009 | <card>, <card>",
                "Steuer-ID 86 095 742 719 | Steuer-ID <taxid>",
                "id 47036892816. | id <taxid>.",
                "from 192.168.1.17:8080 | from <ip>:8080",
                "IP:10.0.0.1 and 2001:db8::ff00:42:8329 | IP:<ip> and <ip>",
                "::ffff:192.0.2.128 | <ip>",
                "https://max:geheim@example.org/a?b=c#d! | <link>!",
                "see https://shop.example/login?token=abc123 now | see <link> now",
            })
    void what_tells_who_somebody_is_is_replaced_by_its_kind(String said, String masked) {
        assertThat(Masked.of(said).text()).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Order 4417123456789012 and order no. 0171 2345678",
                "Bestellnummer 0301234567, Kundennummer 030 1234567",
                "my order is 123-4567890-1234567",
                "ticket #212-555-0123",
                "DE89 3704 0044 0532 0130 01",
                "DE8937040044053201300 is one short, XX89370400440532013000 no country",
                "4111 1111 1111 1112",
                "9111111111111111",
                "86095742718 has a wrong check digit",
                "12345678901 11111111111",
                "256.1.1.1 and 1.2.3.4.5 and 1.2.3",
                "at 12:30:45 or 2024-05-17T12:30:45",
                "am 01.02.2024, 1.234.567,89 EUR, 0,50, 2024-05-17",
                "https://shop.example/orders/4711?page=2",
                "a@b, @home, max@, 5 @ 3",
                "std::vector is no address, :: neither",
                "the 3 of 20 in 1999 for 250 or 1000000",
                "",
            })
    void what_only_looks_like_it_stays(String said) {
        assertThat(Masked.of(said).text()).isEqualTo(said);
    }

    @Test
    void a_find_says_where_it_was_and_where_its_token_is() {
        var said = "Hi, max@example.org, IBAN DE89370400440532013000 ok";

        var masked = Masked.of(said);

        assertThat(masked.finds())
                .extracting(find -> said.substring(find.from(), find.to()))
                .containsExactly("max@example.org", "DE89370400440532013000");
        assertThat(masked.finds())
                .allSatisfy(find -> assertThat(masked.text().substring(find.at()))
                        .startsWith(find.kind().token()));
    }

    @Test
    void the_longest_find_counts() {
        assertThat(Masked.of("ftp://u:p@10.0.0.1/max@example.org").text()).isEqualTo("<link>");
        assertThat(Masked.of("DE89 3704 0044 0532 0130 00 +49 170 1234567").text())
                .isEqualTo("<iban> <phone>");
    }

    @Test
    void masked_again_it_stays_the_same() {
        var once =
                Masked.of("max@example.org, +49 170 1234567, 4111111111111111").text();

        assertThat(Masked.of(once).text()).isEqualTo(once);
        assertThat(Masked.of(once).finds()).isEmpty();
    }

    static Stream<String> long_ones() {
        return Stream.of(
                        "1",
                        "0",
                        "1 ",
                        "a",
                        "a.",
                        "@",
                        "a@",
                        "a@a.",
                        "+",
                        "+1",
                        "+49 ",
                        ":",
                        "::",
                        "f:",
                        "1.",
                        "255.",
                        "://",
                        "a://",
                        "(a://x@",
                        "DE",
                        "DE89 ",
                        "DE89370400440532013000",
                        "(",
                        ")",
                        "-",
                        "#",
                        "tel ",
                        "tel 1",
                        "4111111111111111 ",
                        "0171 ",
                        "\ud83d",
                        "https://a?token=")
                .map(piece -> piece.repeat(LONGEST / piece.length()));
    }

    /** Far more than it takes; what grows with the square of the length would take minutes. */
    @ParameterizedTest
    @MethodSource("long_ones")
    void sixteen_thousand_characters_of_any_pattern_end(String said) {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> Masked.of(said));
    }
}
