package switchboard.wording;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists of our own for what else the grammar hears, in both languages: what says so, and what only sounds like it. */
class TopicsTest {

    private static final Wording WORDING = Wording.local();

    @ParameterizedTest
    @CsvSource({
        "standing, standing-asks",
        "danger, danger-said",
        "legal, legal-said",
        "vulnerable, vulnerable-said",
        "anger, anger-said",
        "despair, despair-said",
        "auto, auto-said"
    })
    void what_says_so_is_heard(String topic, String list) {
        assertThat(PersonWishTest.lines(list)).hasSizeGreaterThanOrEqualTo(30).allMatch(line -> says(topic, line));
    }

    @ParameterizedTest
    @CsvSource({
        "standing, standing-near",
        "danger, danger-near",
        "legal, legal-near",
        "vulnerable, vulnerable-near",
        "anger, anger-near",
        "despair, despair-near",
        "auto, auto-near"
    })
    void what_only_sounds_like_it_is_not(String topic, String list) {
        assertThat(PersonWishTest.lines(list)).hasSizeGreaterThanOrEqualTo(30).noneMatch(line -> says(topic, line));
    }

    private static boolean says(String topic, String line) {
        return WORDING.in(line).stream().anyMatch(found -> found.topic().equals(topic));
    }
}
