package switchboard.article;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;
import switchboard.article.Article.Audience;
import switchboard.article.Article.Validity;
import switchboard.request.Fault;
import switchboard.request.Fields;
import switchboard.request.Problem;

/**
 * Reads an article field by field, or names all that is wrong with it. What was ever let through is in logs: bounds may be
 * widened, never narrowed.
 */
public final class ArticleReader {

    public static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    public static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}");

    /** Of its JSON: one entry of a log holds it. */
    public static final int BYTES = 64 * 1024;

    private static final Pattern AUDIENCE = Pattern.compile("customers|agents");
    private static final Pattern FLAG = Pattern.compile("true|false");
    private static final int TITLE = 800;
    private static final int PHRASINGS = 200;
    private static final int PHRASING = 500;
    private static final int LINKS = 20;
    private static final int LINK = 2_048;

    /** How two of the fields are called. */
    enum Names {
        JSON("validFrom", "validUntil"),
        FRONT_MATTER("valid-from", "valid-until");

        private final String from;
        private final String until;

        Names(String from, String until) {
            this.from = from;
            this.until = until;
        }

        String from() {
            return from;
        }

        String until() {
            return until;
        }
    }

    /** Of JSON. Refused: a {@link Problem}, with the places. */
    public static Article read(Fields fields) {
        return read(fields, Names.JSON);
    }

    /** The same, but its id is {@code id}, whether the body names it or not. */
    public static Article read(Fields fields, String id) {
        return named(read(fields, Names.JSON, id), id);
    }

    static Article read(Fields fields, Names names) {
        fields.required("id");
        return read(fields, names, "");
    }

    /** Refused: INVALID_VALUE where the article calls itself otherwise. */
    static Article named(Article it, String id) {
        if (!it.id().equals(id)) {
            throw new Problem(
                    Fault.INVALID_VALUE,
                    Fault.INVALID_VALUE.title(),
                    List.of(new Problem.Flaw("/id", "is not the one of the address", "")));
        }
        return it;
    }

    private static Article read(Fields fields, Names names, String otherwise) {
        var given = fields.matching("id", ID);
        var id = fields.has("id") ? given : otherwise;
        var intent = fields.matching("intent", ID);
        var language = fields.requiredMatching("language", LANGUAGE);
        var title = fields.requiredLine("title", TITLE);
        var audience = fields.matching("audience", AUDIENCE).equals("agents") ? Audience.AGENTS : Audience.CUSTOMERS;
        var article = new Article(
                id,
                title,
                body(fields, audience),
                language,
                fields.has("intent") ? intent : id,
                fields.lines("phrasings", PHRASINGS, PHRASING),
                validity(fields, names),
                audience,
                links(fields),
                incident(fields, names));
        fields.whole();
        if (ArticleWriter.bytes(article).length > BYTES) {
            throw new Problem(Fault.BODY_TOO_LARGE, "the article has over " + BYTES + " bytes as JSON");
        }
        return article;
    }

    private static String body(Fields fields, Audience audience) {
        var body = fields.text("body").strip();
        if (body.isEmpty() && audience == Audience.CUSTOMERS && !fields.flawed()) {
            fields.flaw(
                    fields.has("body") ? Fault.INVALID_VALUE : Fault.MISSING_FIELD,
                    "body",
                    "is empty, and customers would be told nothing");
        }
        return body;
    }

    private static Validity validity(Fields fields, Names names) {
        var from = moment(fields, names.from(), Validity.EARLIEST);
        var until = moment(fields, names.until(), Validity.LATEST);
        if (!fields.flawed() && !from.isBefore(until)) {
            fields.flaw(Fault.INVALID_VALUE, names.until(), "is not after " + names.from());
        }
        return new Validity(from, until);
    }

    /** A day is its first moment, in UTC. */
    private static Instant moment(Fields fields, String name, Instant otherwise) {
        var text = fields.line(name, 40);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            var moment = (text.length() > 10
                            ? Instant.parse(text)
                            : LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC))
                    .truncatedTo(ChronoUnit.MILLIS);
            if (!moment.isBefore(Validity.EARLIEST) && !moment.isAfter(Validity.LATEST)) {
                return moment;
            }
            fields.flaw(Fault.INVALID_VALUE, name, "is not from 1970 to 9999");
        } catch (DateTimeException e) {
            fields.flaw(
                    Fault.INVALID_VALUE,
                    name,
                    "is neither a day like 2026-01-31 nor a moment like 2026-01-31T08:00:00Z");
        }
        return otherwise;
    }

    private static List<String> links(Fields fields) {
        var links = fields.lines("links", LINKS, LINK);
        for (int i = 0; i < links.size() && !fields.flawed(); i++) {
            if (!secure(links.get(i))) {
                fields.flaw(
                        Fault.INVALID_VALUE, "links", "number " + (i + 1) + " is no address that begins with https://");
            }
        }
        return links;
    }

    /** In front matter every value is text. */
    private static boolean incident(Fields fields, Names names) {
        return switch (names) {
            case JSON -> fields.flag("incident");
            case FRONT_MATTER -> fields.matching("incident", FLAG).equals("true");
        };
    }

    private static boolean secure(String link) {
        try {
            var uri = new URI(link);
            return "https".equals(uri.getScheme()) && uri.getHost() != null && uri.getRawUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private ArticleReader() {}
}
