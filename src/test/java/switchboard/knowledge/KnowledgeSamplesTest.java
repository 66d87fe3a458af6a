package switchboard.knowledge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import switchboard.article.Article;
import switchboard.article.Article.Audience;
import switchboard.article.Article.Validity;
import switchboard.article.ArticleWriter;
import switchboard.contract.Contract;
import switchboard.log.Entry;
import switchboard.log.Head;
import switchboard.log.Json;
import switchboard.log.Pen;
import switchboard.log.StoredLog;
import switchboard.log.TenantKeys;

/**
 * What is on disk stays readable: {@code knowledge-entries.ndjson} holds a log with every type ever written, as it was stored. A
 * line there is never edited; a new type, or a new field of an old one, adds lines to another file.
 */
class KnowledgeSamplesTest {

    static final String PID = "Knowledge|local";
    static final TenantKeys KEYS = new TenantKeys(new byte[32], new byte[32]);
    static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

    static final List<Article> ARTICLES = List.of(
            new Article(
                    "track-de",
                    "Wo ist mein Paket?",
                    "Die **Nummer** steht in der Mail.\n\n---\nGrüße",
                    "de",
                    "track",
                    List.of("wo bleibt es", "„Paket“ \"weg\""),
                    new Validity(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2027-01-01T00:00:00.5Z")),
                    Audience.CUSTOMERS,
                    List.of("https://shop.example/track"),
                    false),
            new Article(
                    "fraud",
                    "Fraud",
                    "",
                    "en",
                    "fraud",
                    List.of(),
                    Validity.ALWAYS,
                    Audience.AGENTS,
                    List.of(),
                    false));

    static final Article STRIKE = new Article(
            "courier-strike",
            "Couriers are on strike",
            "Until Friday.",
            "en",
            "track",
            List.of(),
            new Validity(Validity.EARLIEST, Instant.parse("2027-01-01T00:00:00Z")),
            Audience.CUSTOMERS,
            List.of(),
            true);

    static final List<KnowledgeEvent> EVENTS = List.of(
            new KnowledgeEvent.Put(1, "adam", ArticleWriter.json(ARTICLES.getFirst())),
            new KnowledgeEvent.Put(2, "adam", ArticleWriter.json(ARTICLES.getLast())),
            new KnowledgeEvent.Removed(3, "eve", "track-de"));

    static final List<KnowledgeEvent> INCIDENTS =
            List.of(new KnowledgeEvent.Put(1, "adam", ArticleWriter.json(STRIKE)));

    static List<Entry> stored() {
        return StoredLog.read("/knowledge-entries.ndjson");
    }

    /** A log of its own: an article has one more field. */
    static List<Entry> incidents() {
        return StoredLog.read("/knowledge-entries-incident.ndjson");
    }

    @Test
    void entries_are_read_as_ever() {
        assertThat(stored().stream().map(KnowledgeEvent::of)).containsExactlyElementsOf(EVENTS);
        assertThat(stored()).allMatch(entry -> entry.genuine(KEYS));
    }

    @Test
    void an_article_that_was_ever_let_through_is_read_as_ever() {
        var shelving = new Shelving(java.util.Collections.emptySortedMap());
        stored().stream().limit(2).forEach(shelving::add);

        assertThat(shelving.articles().values())
                .extracting(kept -> kept.article())
                .containsExactlyInAnyOrderElementsOf(ARTICLES);
    }

    @Test
    void an_incident_is_read_as_ever() {
        var shelving = new Shelving(java.util.Collections.emptySortedMap());
        StoredLog.standing(PID, incidents()).forEach(shelving::add);

        assertThat(incidents().stream().map(KnowledgeEvent::of)).containsExactlyElementsOf(INCIDENTS);
        assertThat(incidents()).allMatch(entry -> entry.genuine(KEYS));
        assertThat(shelving.articles().values())
                .extracting(kept -> kept.article())
                .containsExactly(STRIKE);
    }

    @ParameterizedTest
    @MethodSource({"stored", "incidents"})
    void an_entry_is_as_the_contract_says(Entry entry) throws IOException {
        var json = Json.MAPPER.readTree(entry.bytes());

        Contract.ours().valid(entry.type(), json.path("data").toString());
        Contract.ours().valid("StoredEntry", json.toString());
    }

    @Test
    void every_type_has_a_sample() {
        assertThat(stored().stream()
                        .<Class<?>>map(e -> KnowledgeEvent.of(e).getClass())
                        .distinct())
                .containsExactlyInAnyOrder(KnowledgeEvent.class.getPermittedSubclasses());
    }

    @Test
    void the_stored_log_is_one_chain() {
        assertThat(StoredLog.standing(PID, stored())).hasSize(3);
    }

    @Test
    void an_entry_is_written_as_ever() {
        assertThat(lines(today(EVENTS))).isEqualTo(lines(stored()));
        assertThat(lines(today(INCIDENTS))).isEqualTo(lines(incidents()));
    }

    private static List<String> lines(List<Entry> entries) {
        return entries.stream().map(entry -> new String(entry.bytes(), UTF_8)).toList();
    }

    private static List<Entry> today(List<KnowledgeEvent> events) {
        var entries = new ArrayList<Entry>();
        var head = Head.of(PID);
        for (var event : events) {
            var entry = new Pen(KEYS, 1_000_000_001).write(head, KnowledgeEvent.type(event), NOON, 0, event);
            entries.add(entry);
            head = Head.after(entry);
        }
        return entries;
    }
}
