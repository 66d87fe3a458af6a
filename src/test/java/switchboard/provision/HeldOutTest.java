package switchboard.provision;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import switchboard.article.BuiltIn;
import switchboard.deciding.PolicyReader;
import switchboard.encoding.Sentences;
import switchboard.learning.Watch;
import switchboard.understanding.Example;
import switchboard.understanding.Trainer;
import switchboard.understanding.Training;
import switchboard.understanding.Understanding;

/** How often the program's own bot is sure, and right, of questions that it was never shown. Floors with room for what is learned better elsewhere. */
class HeldOutTest {

    private static final double CONFIDENCE = PolicyReader.local().confidence();

    /** Of a language's questions in scope, and of those out of scope. */
    private static final class Tally {

        private int asked;
        private int right;
        private int wrong;
        private int strangers;
        private int strangersAnswered;

        private double right() {
            return (double) right / asked;
        }

        private double wrong() {
            return (double) wrong / asked;
        }

        private double strangers() {
            return (double) strangersAnswered / strangers;
        }
    }

    @Test
    void it_answers_what_it_was_never_shown_more_often_rightly_than_not_and_seldom_wrongly()
            throws IOException, InterruptedException {
        Map<String, Tally> tallies;
        try (var sentences = Sentences.load()) {
            tallies = tallies(understanding(sentences));
        }
        tallies.forEach((language, it) -> System.out.printf(
                Locale.ROOT,
                "held out, %s: right %.3f, wrong %.3f, out of scope answered %.3f%n",
                language,
                it.right(),
                it.wrong(),
                it.strangers()));

        assertThat(tallies).containsOnlyKeys("de", "en");
        assertThat(tallies.values())
                .allMatch(it -> it.right() > .52, "right of what is in scope")
                .allMatch(it -> it.wrong() < .08, "wrong of what is in scope")
                .allMatch(it -> it.strangers() < .28, "answered of what is out of scope");
    }

    private static Understanding understanding(Sentences sentences) throws InterruptedException {
        var examples = BuiltIn.articles().stream()
                .flatMap(it -> it.phrasings().stream().map(text -> new Example(text, it.intent())))
                .toList();
        var trained = (Training.Trained) Trainer.train(examples, sentences, Watch.NOBODY);
        return new Understanding(trained.model(), sentences);
    }

    private static Map<String, Tally> tallies(Understanding understanding) throws IOException {
        var tallies = new TreeMap<String, Tally>();
        for (var line : lines().subList(1, lines().size())) {
            var language = line.substring(line.lastIndexOf(',') + 1);
            var rest = line.substring(0, line.lastIndexOf(','));
            var intent = rest.substring(rest.lastIndexOf(',') + 1);
            var question = rest.substring(0, rest.lastIndexOf(','));
            var text = question.startsWith("\"") ? question.substring(1, question.length() - 1) : question;
            var tally = tallies.computeIfAbsent(language, _ -> new Tally());
            var understood = understanding.understand(text);
            var answered = understood.known() && understood.guesses().getFirst().confidence() >= CONFIDENCE;
            if (intent.equals("none")) {
                tally.strangers++;
                tally.strangersAnswered += answered ? 1 : 0;
            } else {
                tally.asked++;
                tally.right += answered && understood.intent().equals(intent) ? 1 : 0;
                tally.wrong += answered && !understood.intent().equals(intent) ? 1 : 0;
            }
        }
        return tallies;
    }

    private static List<String> lines() throws IOException {
        try (var in = HeldOutTest.class.getResourceAsStream("/knowledge/held-out.csv")) {
            if (in == null) {
                throw new IOException("not on the class path");
            }
            return new String(in.readAllBytes(), UTF_8).lines().toList();
        }
    }
}
