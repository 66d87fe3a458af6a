package switchboard.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import switchboard.article.Article;
import switchboard.article.Article.Audience;
import switchboard.article.Article.Validity;
import switchboard.encoding.Encoder;
import switchboard.retrieval.Search.Hit;
import switchboard.retrieval.Search.Kept;

class SearchTest {

    private static final Instant AT = Instant.parse("2026-11-22T10:00:00Z");

    private static Encoder encoder;

    @BeforeAll
    static void load() throws IOException {
        encoder = Encoder.load();
    }

    @AfterAll
    static void close() {
        encoder.close();
    }

    @ParameterizedTest
    @CsvSource({
        "de, Sendungsverfolgung?, parcel-de",
        "de, Bestellung noch nicht da, parcel-de",
        "de, wie lange dauern Rückzahlungen, refund-de",
        "en, has my package been shipped, parcel-en",
        "en, I want my money, refund-en",
        "en, whn do i get my refnd, refund-en"
    })
    void what_is_asked_in_other_words_is_found(String language, String asked, String id) throws InterruptedException {
        assertThat(all().find(asked, language, AT, 3))
                .first()
                .extracting(Hit::article)
                .isEqualTo(id);
    }

    @Test
    void without_a_model_words_alone_find_it() throws InterruptedException {
        var search = Search.of(kept(), Vectors.none());

        assertThat(search.find("Paketverfolgung", "de", AT, 1).getFirst().article())
                .isEqualTo("parcel-de");
        assertThat(search.find("refund", "en", AT, 1).getFirst().article()).isEqualTo("refund-en");
    }

    @Test
    void what_stands_there_is_surer_than_what_does_not() throws InterruptedException {
        var search = all();
        var known = search.find("how long does a refund take", "en", AT, 1).getFirst();
        var unknown =
                search.find("can you recommend a good pizza place", "en", AT, 1).getFirst();

        assertThat(known.score()).isGreaterThanOrEqualTo(.5).isLessThanOrEqualTo(1);
        assertThat(unknown.score()).isLessThan(.5).isGreaterThanOrEqualTo(0);
    }

    @Test
    void scores_go_down() throws InterruptedException {
        assertThat(all().find("where is my refund for the parcel", "en", AT, 10))
                .extracting(Hit::score)
                .isSortedAccordingTo(Collections.reverseOrder());
    }

    @Test
    void a_hit_says_its_text_and_cites_its_version_and_its_links() throws InterruptedException {
        var hit = all().find("track my order", "en", AT, 1).getFirst();

        assertThat(hit.text()).isEqualTo("The tracking number is in the mail.");
        assertThat(hit.sources()).containsExactly("parcel-en@7", "https://shop.example/parcel-en");
    }

    @Test
    void another_language_is_asked_only_where_there_is_nothing_of_it() throws InterruptedException {
        assertThat(all().find("refund", "de", AT, 10))
                .extracting(Hit::article)
                .doesNotContain("refund-en", "parcel-en");
        assertThat(all().find("refund", "fr", AT, 1).getFirst().article()).isEqualTo("refund-en");
        assertThat(all().find("refund", "", AT, 1).getFirst().article()).isEqualTo("refund-en");
    }

    @Test
    void what_is_not_valid_yet_or_no_longer_is_not_found() throws InterruptedException {
        var from = Instant.parse("2026-06-01T00:00:00Z");
        var until = Instant.parse("2026-07-01T00:00:00Z");
        var sale = article("sale", "en", "sale", Audience.CUSTOMERS, new Validity(from, until), List.of("summer sale"));
        var search = Search.of(List.of(new Kept(sale, 1)), Vectors.none());

        assertThat(search.find("summer sale", "en", from.minusMillis(1), 1)).isEmpty();
        assertThat(search.find("summer sale", "en", from, 1)).hasSize(1);
        assertThat(search.find("summer sale", "en", until.minusMillis(1), 1)).hasSize(1);
        assertThat(search.find("summer sale", "en", until, 1)).isEmpty();
    }

    @Test
    void what_is_for_agents_is_never_found_for_a_customer() throws InterruptedException {
        var secret = article("goodwill", "en", "goodwill", Audience.AGENTS, Validity.ALWAYS, List.of("goodwill limit"));
        var search = Search.of(List.of(new Kept(secret, 1)), Vectors.none());

        assertThat(search.find("goodwill limit", "en", AT, 5)).isEmpty();
        assertThat(search.suggest("goodwill limit", "en", AT, 5))
                .extracting(Hit::article)
                .containsExactly("goodwill");
    }

    @Test
    void an_incident_is_no_answer_and_changes_none() throws InterruptedException {
        var strike = new Kept(incident("a-strike", "en", "parcel", Validity.ALWAYS), 8);
        var only = Search.of(List.of(strike), vectors());
        var among = Search.of(Stream.concat(kept().stream(), Stream.of(strike)).toList(), vectors());

        assertThat(only.find("are parcels late", "en", AT, 5)).isEmpty();
        assertThat(only.suggest("are parcels late", "en", AT, 5)).isEmpty();
        assertThat(only.serving("parcel", "en", AT)).isEmpty();
        assertThat(only.title("parcel", "en")).isEmpty();
        assertThat(among.suggest("are parcels late", "en", AT, 10))
                .isEqualTo(all().suggest("are parcels late", "en", AT, 10));
        assertThat(among.serving("parcel", "en", AT)).isEqualTo(all().serving("parcel", "en", AT));
        assertThat(among.title("parcel", "en")).isEqualTo(all().title("parcel", "en"));
        assertThat(among.learned()).isEqualTo(all().learned());
    }

    @Test
    void an_incident_is_open_for_its_intent_and_as_long_as_it_is_valid() throws InterruptedException {
        var from = Instant.parse("2026-06-01T00:00:00Z");
        var until = Instant.parse("2026-07-01T00:00:00Z");
        var strike = incident("strike", "fr", "parcel", new Validity(from, until));
        var search = Search.of(List.of(new Kept(strike, 1)), Vectors.none());

        assertThat(search.incident("parcel", from.minusMillis(1))).isEmpty();
        assertThat(search.incident("parcel", from)).contains("strike");
        assertThat(search.incident("parcel", until.minusMillis(1))).contains("strike");
        assertThat(search.incident("parcel", until)).isEmpty();
        assertThat(search.incident("refund", from)).isEmpty();
        assertThat(all().incident("parcel", AT)).isEmpty();
    }

    @Test
    void of_several_open_incidents_it_is_the_first_by_id_that_is_named() throws InterruptedException {
        var over = new Validity(Validity.EARLIEST, AT);
        var several = Stream.of(
                        incident("c-storm", "de", "parcel", Validity.ALWAYS),
                        incident("b-strike", "en", "parcel", Validity.ALWAYS),
                        incident("a-flood", "en", "parcel", over))
                .map(it -> new Kept(it, 1))
                .toList();

        assertThat(Search.of(several, Vectors.none()).incident("parcel", AT)).contains("b-strike");
    }

    @Test
    void the_same_articles_give_the_same_answers_in_whatever_order_they_come() throws InterruptedException {
        var backwards = new java.util.ArrayList<>(kept());
        Collections.reverse(backwards);
        var one = all();
        var other = Search.of(backwards, vectors());

        for (var asked : List.of("refund", "parcel money", "xyz", "wo ist das geld", "🙂 late")) {
            assertThat(other.find(asked, "", AT, 10)).isEqualTo(one.find(asked, "", AT, 10));
        }
        assertThat(other.learned()).isEqualTo(one.learned());
    }

    @ParameterizedTest
    @CsvSource({"''", "🙂🙂", "'?!'", "'  '"})
    void what_has_no_words_finds_nothing(String asked) throws InterruptedException {
        assertThat(all().find(asked, "en", AT, 5)).isEmpty();
    }

    @Test
    void a_question_of_any_length_is_answered() throws InterruptedException {
        var long16k = "where is my parcel ".repeat(900);
        var surrogates = "x" + "🙂".repeat(8_000);
        var oneWord = "a".repeat(16_000);

        for (var asked : List.of(long16k, surrogates, oneWord, "\ud83d where is my parcel")) {
            assertThat(all().find(asked, "en", AT, 2)).isNotEmpty();
        }
    }

    @Test
    void nothing_known_finds_nothing() throws InterruptedException {
        assertThat(Search.of(List.of(), Vectors.none()).find("refund", "en", AT, 5))
                .isEmpty();
    }

    @Test
    void a_text_that_was_there_before_is_not_encoded_again() throws InterruptedException {
        var encoded = new AtomicInteger();
        var vectors = new Vectors(text -> {
            encoded.incrementAndGet();
            return encoder.encode(text);
        });
        Search.of(kept(), vectors);
        var first = encoded.get();

        Search.of(kept(), vectors);

        assertThat(encoded.get()).isEqualTo(first);
    }

    @Test
    void building_ends_where_its_thread_is_interrupted() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> Search.of(kept(), vectors())).isInstanceOf(InterruptedException.class);
    }

    @Test
    void who_is_not_sure_enough_by_his_words_is_told_apart_by_what_was_learned() throws InterruptedException {
        var known = IntStream.range(0, 12)
                .mapToObj(i -> article(
                        "topic-" + i,
                        "en",
                        "topic-" + i,
                        Audience.CUSTOMERS,
                        Validity.ALWAYS,
                        List.of("how does topic" + i + " work", "topic" + i + " is broken", "explain topic" + i)))
                .map(it -> new Kept(it, 1))
                .toList();
        var search = Search.of(known, Vectors.none());

        assertThat(search.find("is topic3 working", "en", AT, 1).getFirst().score())
                .isGreaterThan(.5);
        assertThat(search.find("how does that work", "en", AT, 1).getFirst().score())
                .isLessThan(.5);
        assertThat(search.rehearse("en")).hasSize(36);
    }

    private static Vectors vectors() {
        return new Vectors(encoder::encode);
    }

    private static Search all() throws InterruptedException {
        return Search.of(kept(), vectors());
    }

    private static List<Kept> kept() {
        return Stream.of(
                        article("parcel-de", "de", "Wo bleibt meine Bestellung?", "Paketverfolgung", "Sendung finden"),
                        article("refund-de", "de", "Erstattung", "Wann wird die Rückzahlung überwiesen?"),
                        article("parcel-en", "en", "track my order", "my package has not arrived yet"),
                        article("refund-en", "en", "how long does a refund take", "when do I get my money back"))
                .map(it -> new Kept(it, 7))
                .toList();
    }

    private static Article article(String id, String language, String... phrasings) {
        return article(id, language, id.substring(0, 6), Audience.CUSTOMERS, Validity.ALWAYS, Arrays.asList(phrasings));
    }

    private static Article article(
            String id, String language, String intent, Audience audience, Validity validity, List<String> phrasings) {
        return new Article(
                id,
                phrasings.getFirst(),
                id.equals("parcel-en") ? "The tracking number is in the mail." : "So it is.",
                language,
                intent,
                phrasings,
                validity,
                audience,
                List.of("https://shop.example/" + id),
                false);
    }

    private static Article incident(String id, String language, String intent, Validity validity) {
        return new Article(
                id,
                "parcels are late",
                "So it is.",
                language,
                intent,
                List.of("are parcels late"),
                validity,
                Audience.CUSTOMERS,
                List.of(),
                true);
    }
}
