package switchboard.bot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import switchboard.deciding.PolicyReader;
import switchboard.encoding.Sentences;
import switchboard.learning.Watch;
import switchboard.understanding.Example;
import switchboard.understanding.Trainer;
import switchboard.understanding.Training;
import switchboard.understanding.Understanding;
import switchboard.wording.Wording;

/** Grammar and learning together, with the real encoder, on lists that nothing was learned from. */
class WishesTest {

    private static final double ENOUGH = PolicyReader.local().wish();
    private static final Wording WORDING = Wording.local();
    private static Sentences sentences;
    private static Wishes wishes;

    @BeforeAll
    static void learns() throws IOException, InterruptedException {
        sentences = Sentences.load();
        var trained = (Training.Trained) Trainer.train(unmeasured(), sentences, Watch.NOBODY);
        wishes = new Wishes.Learned("w1", new Understanding(trained.model(), sentences));
    }

    /** What stands in both is not learned here. */
    private static List<Example> unmeasured() throws IOException {
        var measured = new HashSet<String>();
        for (var list :
                List.of("asks-sixth", "asks-seventh", "near-sixth", "near-seventh", "near-eighth", "asks-eighth")) {
            lines("/wishes/" + list + ".txt").forEach(line -> measured.add(folded(line)));
        }
        return Wishes.examples().stream()
                .filter(example -> !measured.contains(folded(example.text())))
                .toList();
    }

    @AfterAll
    static void close() {
        sentences.close();
    }

    /** The seventh and the eighth were written before anything of this was measured. */
    @ParameterizedTest
    @CsvSource({"asks-sixth, 12", "asks-seventh, 50", "asks-eighth, 50"})
    void of_new_ways_to_ask_for_a_person_few_are_missed(String list, int oneIn) throws IOException {
        var lines = lines("/wishes/" + list + ".txt");

        assertThat(lines).hasSizeGreaterThanOrEqualTo(60);
        assertThat(lines.stream().filter(line -> !asks(line))).hasSizeLessThanOrEqualTo(lines.size() / oneIn);
    }

    @ParameterizedTest
    @CsvSource({"near-sixth", "near-seventh", "near-eighth"})
    void of_what_only_sounds_like_it_at_most_one_in_fifty_is_taken_for_it(String list) throws IOException {
        var lines = lines("/wishes/" + list + ".txt");

        assertThat(lines).hasSizeGreaterThanOrEqualTo(60);
        assertThat(lines.stream().filter(WishesTest::asks)).hasSizeLessThanOrEqualTo(lines.size() / 50);
    }

    @Test
    void of_what_customers_ask_a_shop_at_most_one_in_a_hundred_is_taken_for_it() throws IOException {
        var lines = lines("/knowledge/held-out.csv");

        var mistaken = lines.stream()
                .skip(1)
                .map(line -> line.substring(0, line.lastIndexOf(',', line.lastIndexOf(',') - 1)))
                .filter(WishesTest::asks);

        assertThat(mistaken).hasSizeLessThanOrEqualTo(lines.size() / 100);
    }

    @Test
    void as_long_as_nothing_is_learned_nothing_is_heard() {
        assertThat(Wishes.NONE.sure("give me somebody who may decide")).isZero();
    }

    private static boolean asks(String text) {
        return WORDING.in(text).stream().anyMatch(found -> found.topic().equals("person"))
                || wishes.sure(text) >= ENOUGH;
    }

    private static String folded(String text) {
        return String.join(" ", Arrays.asList(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1)));
    }

    private static List<String> lines(String resource) throws IOException {
        try (var in = WishesTest.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), UTF_8).lines().toList();
        }
    }
}
