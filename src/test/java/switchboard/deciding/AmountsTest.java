package switchboard.deciding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1.200,50 €      | 1200
            €1,200.50       | 1200
            500EUR          | 500
            $ 99.9          | 99
            1.000 Euro      | 1000
            99999999999999999999 usd | 9223372036854775807
            """)
    void a_number_with_a_currency_is_money_however_it_is_written(String text, long amount) {
        assertThat(Amounts.in(text)).containsExactly(amount);
    }

    @ParameterizedTest
    @CsvSource({"order 12345", "in 3 days", "''", "€", "room 500"})
    void other_numbers_are_not(String text) {
        assertThat(Amounts.in(text)).isEmpty();
    }
}
