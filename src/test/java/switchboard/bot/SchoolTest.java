package switchboard.bot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import switchboard.SwitchboardProcess;
import switchboard.article.Article;
import switchboard.article.Article.Audience;
import switchboard.article.Article.Validity;
import switchboard.bot.Mind.Wits;
import switchboard.conversation.Bot;
import switchboard.retrieval.Search;
import switchboard.retrieval.Search.Kept;
import switchboard.retrieval.Vectors;
import switchboard.understanding.Example;
import switchboard.understanding.Shop;
import switchboard.versions.Minds;

/** A bot knows what it was taught, after a restart at once, and never nothing while it learns more. */
class SchoolTest {

    @TempDir
    private Path folder;

    private final Talks talks = new Talks();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (var it : open) {
            it.close();
        }
    }

    @Test
    void what_is_taught_is_known_soon_and_until_then_the_bot_learns() {
        var school = school();
        assertThat(school.mind("local").orElseThrow().wits()).isInstanceOf(Wits.Learning.class);
        assertThat(school.mind("other")).isEmpty();

        teach(school, "1", articles("first"));
        awaits(school, Wits.Trained.class::isInstance);

        assertThat(answer(school)).contains("first status");
    }

    @Test
    void a_later_version_takes_the_place_of_the_earlier_one_which_serves_until_then() {
        var school = school();
        teach(school, "1", articles("first"));
        awaits(school, Wits.Trained.class::isInstance);

        teach(school, "2", articles("second"));
        assertThat(school.mind("local").orElseThrow().wits()).isInstanceOf(Wits.Trained.class);

        SwitchboardProcess.await("the second", () -> answer(school).contains("second status"));
        assertThat(school.mind("local").orElseThrow().library().version()).isEqualTo("2");
    }

    @Test
    void after_a_restart_what_was_learned_before_serves_as_soon_as_the_books_are_there() {
        var before = school();
        teach(before, "1", articles("first"));
        awaits(before, Wits.Trained.class::isInstance);
        var version = version(before.mind("local").orElseThrow().wits());

        var after = school();
        teach(after, "1", articles("first"));
        awaits(after, Wits.Trained.class::isInstance);

        assertThat(version(after.mind("local").orElseThrow().wits())).isEqualTo(version);
    }

    @Test
    void an_incident_is_known_of_at_once_and_teaches_nothing() {
        var school = school();
        teach(school, "1", articles("first"));
        awaits(school, Wits.Trained.class::isInstance);
        var learned = school.mind("local").orElseThrow().wits();
        var strike = new Article(
                "courier-strike",
                "Couriers are on strike",
                "Until Friday.",
                "fr",
                "status",
                List.of("Are the couriers on strike?"),
                Validity.ALWAYS,
                Audience.CUSTOMERS,
                List.of(),
                true);

        teach(
                school,
                "2",
                Stream.concat(articles("first").stream(), Stream.of(new Kept(strike, 2)))
                        .toList());
        assertThat(word(school)).isInstanceOf(Bot.HandOver.class);
        SwitchboardProcess.await("the lesson", () -> school.waiting() == 0);

        assertThat(version(school.mind("local").orElseThrow().wits())).isEqualTo(version(learned));
        assertThat(((Bot.HandOver) word(school)).reason()).isEqualTo("incident");
    }

    @Test
    void a_bot_that_has_nothing_to_learn_hands_over() {
        var school = school();

        teach(school, "1", List.of());

        awaits(school, Wits.Nothing.class::isInstance);
    }

    @Test
    void a_bot_whose_first_lesson_cannot_be_kept_hands_over() throws IOException {
        Files.writeString(folder.resolve("models"), "no folder");
        var school = school();

        teach(school, "1", articles("first"));

        awaits(school, Wits.Nothing.class::isInstance);
    }

    private void awaits(School school, Predicate<Wits> so) {
        SwitchboardProcess.await(
                "the lesson", () -> so.test(school.mind("local").orElseThrow().wits()));
    }

    private static String version(Wits wits) {
        return ((Wits.Trained) wits).version();
    }

    private static String answer(School school) {
        return word(school) instanceof Bot.Reply reply ? reply.text().text() : "";
    }

    private static Bot.Word word(School school) {
        var mind = school.mind("local").orElseThrow();
        return mind.word(new Talks().says("Where is my parcel?").dialogue());
    }

    private static void teach(School school, String version, List<Kept> articles) {
        try {
            school.teach("local", version, Search.of(articles, Vectors.none()));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private School school() {
        var minds = new Minds(folder.resolve("models"), Shop::vector, 3, InstantSource.fixed(Instant.EPOCH));
        var like = talks.mind(new Wits.Nothing());
        var school = new School(minds, List.of("local"), like.decider(), like.tongue(), like.phrases(), false);
        open.add(minds);
        return school;
    }

    private static List<Kept> articles(String edition) {
        return Shop.EXAMPLES.stream()
                .collect(Collectors.groupingBy(Example::intent, Collectors.mapping(Example::text, Collectors.toList())))
                .entrySet()
                .stream()
                .map(it -> new Article(
                        it.getKey() + "-en",
                        it.getKey(),
                        edition + " " + it.getKey(),
                        "en",
                        it.getKey(),
                        it.getValue(),
                        Validity.ALWAYS,
                        Audience.CUSTOMERS,
                        List.of(),
                        false))
                .map(it -> new Kept(it, 1))
                .toList();
    }
}
