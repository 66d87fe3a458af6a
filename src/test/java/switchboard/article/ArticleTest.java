package switchboard.article;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import switchboard.article.Article.Audience;
import switchboard.article.Article.Validity;
import switchboard.request.Fault;
import switchboard.request.Fields;
import switchboard.request.Problem;

class ArticleTest {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Article TRACK = new Article(
            "track-parcel",
            "Where is my parcel?",
            "It is *on its way*.\n\n---\nStill.",
            "en",
            "track",
            List.of("where is it", "yes: no", "404", "null", "- # 'x' \"y\"", "ünïcode 🙂"),
            new Validity(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-02-01T08:30:00.250Z")),
            Audience.CUSTOMERS,
            List.of("https://shop.example/track?x=1#top"),
            false);
    private static final Article STRIKE = new Article(
            "courier-strike",
            "Couriers are on strike",
            "Until Friday.",
            "en",
            "track",
            List.of(),
            new Validity(Instant.parse("2026-01-01T00:00:00Z"), Validity.LATEST),
            Audience.AGENTS,
            List.of(),
            true);

    static Stream<Article> articles() {
        return Stream.of(TRACK, STRIKE);
    }

    @ParameterizedTest
    @MethodSource("articles")
    void what_is_written_as_json_is_read_as_an_equal_article(Article article) {
        assertThat(ArticleReader.read(Fields.of(ArticleWriter.bytes(article)))).isEqualTo(article);
    }

    @ParameterizedTest
    @MethodSource("articles")
    void what_is_written_as_markdown_is_read_as_an_equal_article(Article article) {
        assertThat(Markdown.read(Markdown.write(article).getBytes(UTF_8))).isEqualTo(article);
    }

    @ParameterizedTest
    @MethodSource("articles")
    void equal_articles_are_written_alike(Article article) {
        var read = Markdown.read(Markdown.write(article).getBytes(UTF_8));

        assertThat(ArticleWriter.bytes(read)).isEqualTo(ArticleWriter.bytes(article));
        assertThat(Markdown.write(read)).isEqualTo(Markdown.write(article));
    }

    @Test
    void only_what_is_an_incident_says_so() {
        assertThat(ArticleWriter.json(STRIKE).path("incident").isBoolean()).isTrue();
        assertThat(Markdown.write(STRIKE)).contains("\nincident: true\n");

        var none = read(node -> node.put("incident", false));
        assertThat(none).isEqualTo(read(node -> {}));
        assertThat(ArticleWriter.json(none).has("incident")).isFalse();
        assertThat(Markdown.write(none)).doesNotContain("incident");
    }

    @Test
    void what_is_not_named_has_its_usual_value() {
        var article = read(node -> {});

        assertThat(article.intent()).isEqualTo("refund");
        assertThat(article.audience()).isEqualTo(Audience.CUSTOMERS);
        assertThat(article.validity()).isEqualTo(Validity.ALWAYS);
        assertThat(article.phrasings()).isEmpty();
        assertThat(article.links()).isEmpty();
        assertThat(article.incident()).isFalse();
    }

    @Test
    void phrasings_only_is_an_article_for_agents_without_a_body() {
        var article = read(node -> node.put("audience", "agents").remove("body"));

        assertThat(article.body()).isEmpty();
        assertThat(article.audience()).isEqualTo(Audience.AGENTS);
    }

    @Test
    void a_day_is_its_first_moment_in_utc_and_the_end_is_no_longer_valid() {
        var article = read(node -> node.put("validFrom", "2026-01-01").put("validUntil", "2026-02-01"));

        assertThat(article.validity().at(Instant.parse("2025-12-31T23:59:59.999Z")))
                .isFalse();
        assertThat(article.validity().at(Instant.parse("2026-01-01T00:00:00Z"))).isTrue();
        assertThat(article.validity().at(Instant.parse("2026-01-31T23:59:59.999Z")))
                .isTrue();
        assertThat(article.validity().at(Instant.parse("2026-02-01T00:00:00Z"))).isFalse();
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                faulty("/id", Fault.MISSING_FIELD, node -> node.remove("id")),
                faulty("/id", Fault.INVALID_VALUE, node -> node.put("id", "Refund")),
                faulty("/id", Fault.INVALID_VALUE, node -> node.put("id", "a".repeat(65))),
                faulty("/id", Fault.WRONG_TYPE, node -> node.put("id", 1)),
                faulty("/title", Fault.MISSING_FIELD, node -> node.putNull("title")),
                faulty("/title", Fault.CONTROL_CHARACTER, node -> node.put("title", "two\nlines")),
                faulty("/body", Fault.MISSING_FIELD, node -> node.remove("body")),
                faulty("/body", Fault.INVALID_VALUE, node -> node.put("body", " \n ")),
                faulty("/body", Fault.TEXT_TOO_LONG, node -> node.put("body", "x".repeat(16_385))),
                faulty("/language", Fault.INVALID_VALUE, node -> node.put("language", "deutsch")),
                faulty("/intent", Fault.INVALID_VALUE, node -> node.put("intent", "a b")),
                faulty("/phrasings", Fault.WRONG_TYPE, node -> node.put("phrasings", "where")),
                faulty(
                        "/phrasings/1",
                        Fault.WRONG_TYPE,
                        node -> node.putArray("phrasings").add("a").addArray()),
                faulty(
                        "/phrasings/1",
                        Fault.INVALID_VALUE,
                        node -> node.putArray("phrasings").add("a").add("a")),
                faulty(
                        "/phrasings/0",
                        Fault.INVALID_VALUE,
                        node -> node.putArray("phrasings").add("x".repeat(501))),
                faulty(
                        "/phrasings/0",
                        Fault.INVALID_VALUE,
                        node -> node.putArray("phrasings").add("  ")),
                faulty("/phrasings", Fault.INVALID_VALUE, node -> {
                    var many = node.putArray("phrasings");
                    IntStream.range(0, 201).forEach(i -> many.add("p" + i));
                }),
                faulty("/validFrom", Fault.INVALID_VALUE, node -> node.put("validFrom", "tomorrow")),
                faulty("/validFrom", Fault.INVALID_VALUE, node -> node.put("validFrom", "1969-12-31")),
                faulty(
                        "/validUntil",
                        Fault.INVALID_VALUE,
                        node -> node.put("validFrom", "2026-01-02").put("validUntil", "2026-01-02")),
                faulty("/audience", Fault.INVALID_VALUE, node -> node.put("audience", "all")),
                faulty("/incident", Fault.WRONG_TYPE, node -> node.put("incident", "true")),
                faulty("/incident", Fault.WRONG_TYPE, node -> node.put("incident", 1)),
                faulty(
                        "/links",
                        Fault.INVALID_VALUE,
                        node -> node.putArray("links").add("http://shop.example")),
                faulty(
                        "/links",
                        Fault.INVALID_VALUE,
                        node -> node.putArray("links").add("https://a@shop.example")),
                faulty(
                        "/links",
                        Fault.INVALID_VALUE,
                        node -> node.putArray("links").add("https:shop")),
                faulty("/autor", Fault.UNKNOWN_FIELD, node -> node.put("autor", "me")));
    }

    private static Arguments faulty(String pointer, Fault fault, Consumer<ObjectNode> change) {
        return Arguments.of(pointer, fault, change);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void each_fault_is_named_with_its_place(String pointer, Fault fault, Consumer<ObjectNode> change) {
        var problem = catchThrowableOfType(Problem.class, () -> read(change));

        assertThat(problem.fault()).isEqualTo(fault);
        assertThat(problem.flaws()).extracting(Problem.Flaw::pointer).containsExactly(pointer);
    }

    @Test
    void all_faults_are_named_at_once() {
        var problem = catchThrowableOfType(
                Problem.class,
                () -> read(node -> node.put("id", "?").put("language", "?").put("x", 1)));

        assertThat(problem.flaws()).extracting(Problem.Flaw::pointer).containsExactly("/id", "/language", "/x");
    }

    @Test
    void an_article_that_no_entry_holds_is_refused() {
        var problem = catchThrowableOfType(
                Problem.class,
                () -> read(node -> {
                    var many = node.putArray("phrasings");
                    IntStream.range(100, 300).forEach(i -> many.add(i + "x".repeat(400)));
                }));

        assertThat(problem.fault()).isEqualTo(Fault.BODY_TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no front matter",
                "---\nid: a\n",
                "---\n- a\n---\nbody",
                "---\nid: [\n---\nbody",
                "---\nid: &x a\ntitle: *x\n---\nbody",
                "---\nid: !!java.net.URL [\"http://x\"]\n---\nbody",
                "---\nbody: here\n---\nbody"
            })
    void what_is_no_front_matter_is_refused_as_such(String file) {
        var problem = catchThrowableOfType(Problem.class, () -> Markdown.read(file.getBytes(UTF_8)));

        assertThat(problem.fault()).isEqualTo(Fault.BROKEN_FRONT_MATTER);
    }

    @Test
    void front_matter_is_bounded_in_depth_and_size() {
        var deep = "---\nlinks: " + "[".repeat(10_000) + "\n---\n";
        var large = "---\nid: a\n---\n" + "x".repeat(Markdown.BYTES);

        assertThatThrownBy(() -> Markdown.read(deep.getBytes(UTF_8))).isInstanceOf(Problem.class);
        assertThat(catchThrowableOfType(Problem.class, () -> Markdown.read(large.getBytes(UTF_8)))
                        .fault())
                .isEqualTo(Fault.BODY_TOO_LARGE);
        assertThat(catchThrowableOfType(Problem.class, () -> Markdown.read(new byte[] {(byte) 0xff}))
                        .fault())
                .isEqualTo(Fault.INVALID_UTF8);
    }

    @Test
    void a_field_that_stands_twice_in_front_matter_is_refused() {
        assertThatThrownBy(() -> Markdown.read("---\nid: a\nid: b\n---\nx".getBytes(UTF_8)))
                .isInstanceOf(Problem.class);
    }

    @Test
    void a_file_from_windows_is_read_as_any_other() {
        var file = "\ufeff---\r\nid: a\r\nlanguage: en\r\ntitle: A\r\n---\r\nOne\r\nTwo\r\n";

        assertThat(Markdown.read(file.getBytes(UTF_8)).body()).isEqualTo("One\nTwo");
    }

    @Test
    void places_in_markdown_are_named_as_they_stand_there() {
        var file = "---\nid: a\nlanguage: en\ntitle: A\nvalid-from: x\nincident: yes\nphrasings:\n  - a: b\n---\nBody";

        var problem = catchThrowableOfType(Problem.class, () -> Markdown.read(file.getBytes(UTF_8)));

        assertThat(problem.flaws())
                .extracting(Problem.Flaw::pointer)
                .containsExactly("/phrasings/0", "/valid-from", "/incident");
    }

    private static Article read(Consumer<ObjectNode> change) {
        var node = MAPPER.createObjectNode()
                .put("id", "refund")
                .put("title", "Refunds")
                .put("body", "Five days.")
                .put("language", "en");
        change.accept(node);
        return ArticleReader.read(Fields.of(node));
    }
}
