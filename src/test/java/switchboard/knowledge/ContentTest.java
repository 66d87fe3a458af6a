package switchboard.knowledge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import switchboard.deciding.PolicyReader;

/** The articles of the fictional shop, as files: every need in both languages, told apart by what customers say of it. */
class ContentTest {

    private static final List<String> INDEX = lines("/knowledge/index.txt");
    private static final List<Article> ARTICLES =
            INDEX.stream().map(ContentTest::article).toList();

    /** One that is unlike the others in this: people serve it first, and it tells the agent what to do. */
    private static final Set<String> FOR_AGENTS =
            Set.of("close-account", "double-charge", "order-fraud", "product-injury");

    private record Article(
            String path,
            String id,
            String intent,
            String language,
            String title,
            String audience,
            List<String> phrasings,
            List<String> links,
            String body) {}

    private record Asked(String question, String intent, String language) {}

    @Test
    void the_index_names_each_article_once_and_in_order() {
        assertThat(INDEX).isSorted().doesNotHaveDuplicates().hasSize(108);
        assertThat(ARTICLES)
                .allSatisfy(
                        article -> assertThat(article.path()).isEqualTo(article.language + "/" + article.id + ".md"))
                .allSatisfy(article -> assertThat(article.id).isEqualTo(article.intent + "-" + article.language));
    }

    @Test
    void every_need_is_there_in_both_languages() {
        var languages = ARTICLES.stream().collect(groupingBy(Article::intent, mapping(Article::language, toSet())));

        assertThat(languages.values()).hasSize(54).containsOnly(Set.of("de", "en"));
    }

    @Test
    void each_is_asked_for_in_at_least_fourteen_ways_of_which_the_title_is_one() {
        assertThat(ARTICLES)
                .allSatisfy(article -> assertThat(article.phrasings)
                        .hasSizeBetween(14, 40)
                        .contains(article.title)
                        .allMatch(phrasing -> phrasing.length() <= 120));
    }

    @Test
    void nothing_is_said_of_two_needs_or_twice_of_one() {
        var of = new HashMap<String, String>();

        ARTICLES.forEach(article -> article.phrasings.forEach(
                phrasing -> assertThat(of.putIfAbsent(article.language + folded(phrasing), article.id))
                        .as(phrasing)
                        .isNull()));
    }

    @Test
    void an_answer_is_read_in_a_minute() {
        assertThat(ARTICLES)
                .allSatisfy(
                        article -> assertThat(article.body.split("\\s+", -1)).hasSizeBetween(40, 125));
        assertThat(ARTICLES)
                .allSatisfy(article -> assertThat(article.links)
                        .isNotEmpty()
                        .allMatch(link -> link.startsWith("https://nordlicht.example/")));
    }

    @Test
    void what_people_serve_first_tells_the_agent_what_to_do() {
        var forAgents = ARTICLES.stream()
                .filter(article -> article.audience.equals("agents"))
                .map(Article::intent)
                .collect(toSet());

        assertThat(forAgents).isEqualTo(FOR_AGENTS);
        assertThat(PolicyReader.local().topics().keySet()).isEqualTo(FOR_AGENTS);
        assertThat(PolicyReader.local().topics().values()).allMatch(topic -> topic.personFirst());
    }

    @Test
    void the_questions_to_measure_with_are_never_those_it_has_learned() {
        var asked = lines("/knowledge/held-out.csv").stream()
                .skip(1)
                .map(ContentTest::asked)
                .toList();
        var learned = ARTICLES.stream()
                .flatMap(article -> article.phrasings.stream())
                .map(ContentTest::folded)
                .collect(toSet());

        assertThat(asked).hasSize(552).doesNotHaveDuplicates();
        assertThat(asked).noneMatch(one -> learned.contains(folded(one.question)));
        assertThat(asked.stream().collect(groupingBy(one -> one.intent + "-" + one.language)))
                .containsOnlyKeys(Stream.concat(ARTICLES.stream().map(Article::id), Stream.of("none-de", "none-en"))
                        .toArray(String[]::new))
                .allSatisfy((key, of) -> assertThat(of).hasSize(key.startsWith("none-") ? 60 : 4));
    }

    private static Article article(String path) {
        var text = String.join("\n", lines("/knowledge/" + path));
        var end = text.indexOf("\n---\n");
        assertThat(text).startsWith("---\n");
        var front = text.substring(4, end).lines().toList();
        return new Article(
                path,
                field(front, "id"),
                field(front, "intent"),
                field(front, "language"),
                field(front, "title"),
                field(front, "audience"),
                list(front, "phrasings"),
                list(front, "links"),
                text.substring(end + 5).strip());
    }

    private static String field(List<String> front, String name) {
        return bare(front.get(place(front, name)).substring(name.length() + 1));
    }

    private static List<String> list(List<String> front, String name) {
        return front.stream()
                .skip(place(front, name) + 1L)
                .takeWhile(line -> line.startsWith("  - "))
                .map(line -> bare(line.substring(4)))
                .toList();
    }

    private static int place(List<String> front, String name) {
        var places = front.stream()
                .filter(line -> line.startsWith(name + ":"))
                .map(front::indexOf)
                .toList();
        assertThat(places).as(name).hasSize(1);
        return places.getFirst();
    }

    private static String bare(String value) {
        var bare = value.strip();
        return bare.startsWith("\"") ? bare.substring(1, bare.length() - 1).replace("\\\"", "\"") : bare;
    }

    /** The question may have commas, and then it stands in quotation marks. */
    private static Asked asked(String line) {
        var language = line.lastIndexOf(',');
        var intent = line.lastIndexOf(',', language - 1);
        var question = line.substring(0, intent);
        return new Asked(
                question.startsWith("\"") ? question.substring(1, question.length() - 1) : question,
                line.substring(intent + 1, language),
                line.substring(language + 1));
    }

    private static String folded(String text) {
        return String.join(
                " ",
                Arrays.asList(text.toLowerCase(Locale.ROOT)
                        .replace("ä", "ae")
                        .replace("ö", "oe")
                        .replace("ü", "ue")
                        .replace("ß", "ss")
                        .split("[^\\p{L}\\p{N}]+", -1)));
    }

    private static List<String> lines(String resource) {
        try (var in = ContentTest.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
