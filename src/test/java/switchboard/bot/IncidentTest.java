package switchboard.bot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import switchboard.article.Article;
import switchboard.article.Article.Audience;
import switchboard.article.Article.Validity;
import switchboard.conversation.Bot;
import switchboard.deciding.Decider;
import switchboard.retrieval.Search;
import switchboard.retrieval.Search.Kept;
import switchboard.retrieval.Vectors;
import switchboard.understanding.Model;
import switchboard.understanding.Shop;
import switchboard.understanding.Understanding;

/** Who asks for what an incident is open for gets a person, and nobody else does. What is asked is asked at noon in 2030. */
class IncidentTest {

    private static final String ASKED = "Where is my parcel?";
    private static final Instant NOON = Talks.NOON;
    private static final Validity TODAY =
            new Validity(NOON.minus(Duration.ofHours(12)), NOON.plus(Duration.ofHours(12)));

    private static final Mind LIKE = new Talks().mind(wits());

    private final Talks talks = new Talks();

    @Test
    void an_open_incident_is_a_persons_and_is_on_record() {
        var word = (Bot.HandOver) asked(ASKED, incident("strike", "en", "status", TODAY));

        assertThat(word.reason()).isEqualTo("incident");
        assertThat(word.decided().action()).isEqualTo("hand_over");
        assertThat(word.decided().intent()).isEqualTo("status");
        assertThat(word.decided().evidence()).singleElement().satisfies(it -> {
            assertThat(it.rule()).isEqualTo("incident");
            assertThat(it.found()).containsExactly("strike");
        });
        assertThat(word.decided().sources()).isEmpty();
        assertThat(word.text().text()).endsWith(Phrases.local().say("en", "hand-over.incident"));
    }

    @Test
    void an_incident_counts_in_every_language() {
        var german = (Bot.HandOver) asked(ASKED, incident("streik", "de", "status", TODAY));
        var asGerman = (Bot.HandOver) asked(ASKED + " ü", incident("strike", "en", "status", TODAY));

        assertThat(german.reason()).isEqualTo("incident");
        assertThat(asGerman.reason()).isEqualTo("incident");
        assertThat(asGerman.text().text()).endsWith(Phrases.local().say("de", "hand-over.incident"));
    }

    @ParameterizedTest
    @CsvSource({
        "2030-01-01T12:00:00.001Z, 2031-01-01T00:00:00Z",
        "2029-01-01T00:00:00Z, 2030-01-01T12:00:00Z",
        "1970-01-01T00:00:00Z, 2029-12-31T00:00:00Z"
    })
    void what_is_not_open_yet_or_no_longer_is_answered_as_ever(Instant from, Instant until) {
        var word = asked(ASKED, incident("strike", "en", "status", new Validity(from, until)));

        assertThat(word).isEqualTo(asked(ASKED));
        assertThat(((Bot.Reply) word).decided().sources()).contains("status-en@1");
    }

    @Test
    void another_need_is_answered_as_ever() {
        var word = asked("How do I get a refund?", incident("strike", "en", "status", TODAY));

        assertThat(((Bot.Reply) word).decided().sources()).contains("refund-en@1");
    }

    @Test
    void what_is_not_understood_is_not_about_it() {
        var incidents = Stream.of("status", "refund", "password")
                .map(intent -> incident("of-" + intent, "en", intent, TODAY))
                .toArray(Article[]::new);

        var word = (Bot.Reply) asked("Purple submarines dance", incidents);

        assertThat(word.decided().guesses()).isNotEmpty();
        assertThat(word.decided().action()).isEqualTo("ask_back");
    }

    @Test
    void where_the_bot_would_ask_whether_it_is_about_it_a_person_does() {
        var unsure = new Talks().unsure().decider();
        var dialogue = talks.says(ASKED).dialogue();

        assertThat(((Bot.Reply) mind(unsure).word(dialogue)).decided().action()).isEqualTo("ask_back");
        assertThat(((Bot.HandOver) mind(unsure, incident("strike", "en", "status", TODAY))
                                .word(dialogue))
                        .reason())
                .isEqualTo("incident");
    }

    @Test
    void of_several_it_is_always_the_first_by_id() {
        var storm = incident("storm", "de", "status", TODAY);
        var strike = incident("strike", "en", "status", TODAY);

        assertThat(asked(ASKED, strike, storm)).isEqualTo(asked(ASKED, storm, strike));
        assertThat(((Bot.HandOver) asked(ASKED, strike, storm))
                        .decided()
                        .evidence()
                        .getFirst()
                        .found())
                .containsExactly("storm");
    }

    @Test
    void the_same_question_is_decided_the_same_whenever_it_is_decided() {
        var moment = incident("strike", "en", "status", new Validity(NOON, NOON.plusMillis(1)));
        var dialogue = talks.says(ASKED).dialogue();

        assertThat(((Bot.HandOver) mind(moment).word(dialogue)).reason()).isEqualTo("incident");
        assertThat(mind(moment).word(dialogue)).isEqualTo(mind(moment).word(dialogue));
        var later = talks.says(ASKED).dialogue();
        assertThat(mind(moment).word(later)).isInstanceOf(Bot.Reply.class);
    }

    @Test
    void who_asks_for_a_person_gets_one_for_that_reason() {
        var word = asked("I want to talk to a person", incident("strike", "en", "status", TODAY));

        assertThat(((Bot.HandOver) word).reason()).isEqualTo("requested");
    }

    private static Bot.Word asked(String text, Article... incidents) {
        return mind(incidents).word(new Talks().says(text).dialogue());
    }

    private static Mind mind(Article... incidents) {
        return mind(LIKE.decider(), incidents);
    }

    private static Mind mind(Decider decider, Article... incidents) {
        var articles = Stream.concat(
                        Stream.of(answer("status", "It left us on Monday."), answer("refund", "Within 14 days.")),
                        Arrays.stream(incidents))
                .map(it -> new Kept(it, 1))
                .toList();
        try {
            var books = new Books("k1", Search.of(articles, Vectors.none()));
            return new Mind(decider, LIKE.wits(), LIKE.wishes(), books, LIKE.tongue(), Phrases.local());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The shop's, but for that it knows what is beyond it. */
    private static Mind.Wits wits() {
        try {
            var m = Shop.trained(Shop.EXAMPLES).model();
            var strict = new Model(m.intents(), m.grams(), m.linear(), m.kernel(), m.mix(), m.scope(), .5);
            return new Mind.Wits.Trained("m1", new Understanding(strict, Shop::vector));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Article answer(String intent, String body) {
        return article(intent + "-en", body, "en", intent, Validity.ALWAYS, false);
    }

    private static Article incident(String id, String language, String intent, Validity validity) {
        return article(id, "Nobody is told this.", language, intent, validity, true);
    }

    private static Article article(
            String id, String body, String language, String intent, Validity validity, boolean incident) {
        return new Article(
                id, id, body, language, intent, List.of(), validity, Audience.CUSTOMERS, List.of(), incident);
    }
}
