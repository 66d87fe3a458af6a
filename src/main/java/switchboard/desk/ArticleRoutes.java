package switchboard.desk;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import switchboard.article.Article;
import switchboard.article.ArticleReader;
import switchboard.article.ArticleWriter;
import switchboard.article.Markdown;
import switchboard.http.Answers;
import switchboard.http.Gate;
import switchboard.http.Gate.Caller;
import switchboard.http.Problems;
import switchboard.knowledge.Articles;
import switchboard.knowledge.Catalogue.Edit;
import switchboard.knowledge.Catalogue.Outcome;
import switchboard.knowledge.Catalogue.Put;
import switchboard.knowledge.Catalogue.Remove;
import switchboard.request.Bodies;
import switchboard.request.Fault;
import switchboard.request.Fields;
import switchboard.request.Headers;
import switchboard.request.Negotiation;
import switchboard.request.Parameters;
import switchboard.request.Problem;
import switchboard.retrieval.Search.Hit;
import switchboard.retrieval.Search.Kept;
import switchboard.security.Action;
import switchboard.wire.Refusal;

/**
 * What is known. {@code If-Match} names an article's version; 0 is as it is built in.
 *
 * <pre>
 * GET    /v1/knowledge/articles?after=&amp;limit=       200 {"articles":[{"version","article"}]}, Link: rel="next"; as NDJSON all articles, one a line
 * POST   /v1/knowledge/articles                     NDJSON, an article a line: {@link ArticleImport}
 * GET    /v1/knowledge/articles/{id}?version=       200 {"version","article":{…}}, ETag; as Markdown the article
 * PUT    /v1/knowledge/articles/{id}                an article, as JSON or Markdown   200 {"version","article"}
 * DELETE /v1/knowledge/articles/{id}                200 {"version"}
 * GET    /v1/knowledge/search?q=&amp;language=&amp;limit=   200 {"hits":[{"article","score","text","sources"}]}
 * </pre>
 */
public final class ArticleRoutes {

    private record Shown(long version, JsonNode article) {}

    private record Page(List<Shown> articles) {}

    private record Gone(long version) {}

    private record Hits(List<Hit> hits) {}

    private static final String JSON = "application/json";
    private static final String MARKDOWN = "text/markdown";
    private static final String NDJSON = "application/x-ndjson";
    private static final ContentType.NonBinary MARKDOWN_UTF8 =
            (ContentType.NonBinary) ContentTypes.parse("text/markdown; charset=UTF-8");
    private static final long MOST = 1_000_000_000;
    private static final int PAGE = 100;
    private static final int USUAL = 20;
    private static final int QUESTION = 2_000;
    private static final int HITS = 20;
    private static final int FEW = 5;

    private final Gate gate;
    private final Bodies bodies;
    private final Articles articles;
    private final ArticleImport imports;
    private final InstantSource clock;

    public ArticleRoutes(Gate gate, Bodies bodies, Articles articles, ArticleImport imports, InstantSource clock) {
        this.gate = gate;
        this.bodies = bodies;
        this.articles = articles;
        this.imports = imports;
        this.clock = clock;
    }

    public Route routes() {
        return concat(
                gate.on(Action.LIST_ARTICLES, (caller, request) -> complete(list(caller, request))),
                gate.on(Action.IMPORT_ARTICLES, imports::lines),
                gate.onNamed(Action.READ_ARTICLE, (caller, id, request) -> answered(read(caller, id, request))),
                gate.onNamed(Action.PUT_ARTICLE, (caller, id, request) -> answered(put(caller, id, request))),
                gate.onNamed(Action.REMOVE_ARTICLE, (caller, id, request) -> answered(remove(caller, id, request))),
                gate.on(Action.SEARCH_ARTICLES, (caller, request) -> complete(search(caller, request))));
    }

    private static Route answered(CompletionStage<HttpResponse> answer) {
        return onSuccess(answer, it -> complete(it));
    }

    private HttpResponse list(Caller caller, HttpRequest request) {
        var all = articles.all(tenant(caller));
        if (Negotiation.choose(request, List.of(JSON, NDJSON)).equals(NDJSON)) {
            Parameters.none(request);
            var lines = Source.from(List.copyOf(all.values()))
                    .map(kept -> ByteString.fromArray(ArticleWriter.bytes(kept.article()))
                            .concat(ByteString.fromString("\n")));
            return uncached(HttpResponse.create().withEntity(HttpEntities.create(ArticleImport.NDJSON, lines)));
        }
        var parameters = Parameters.of(request, Set.of("after", "limit"));
        var after = parameters.matching("after", ArticleReader.ID).orElse("");
        var limit = (int) parameters.number("limit", 1, PAGE, USUAL);
        var page = all.tailMap(after + '\0').values().stream().limit(limit).toList();
        var answer = uncached(Answers.json(
                StatusCodes.OK, new Page(page.stream().map(ArticleRoutes::shown).toList())));
        return page.size() < limit
                ? answer
                : answer.addHeader(RawHeader.create(
                        "Link",
                        "<"
                                + Parameters.with(
                                        request,
                                        "after",
                                        page.getLast().article().id()) + ">; rel=\"next\""));
    }

    private CompletionStage<HttpResponse> read(Caller caller, String id, HttpRequest request) {
        var type = Negotiation.choose(request, List.of(JSON, MARKDOWN));
        var version = Parameters.of(request, Set.of("version")).number("version", 0, MOST, -1);
        var named = id(id);
        return found(caller, named, version).thenApply(kept -> type.equals(JSON) ? json(kept) : markdown(kept));
    }

    private CompletionStage<Kept> found(Caller caller, String id, long version) {
        var tenant = tenant(caller);
        var found = version < 0
                ? articles.find(tenant, id)
                : Problems.stored(articles.find(tenant, id, version), "article");
        return found.thenApply(it -> it.orElseThrow(() -> new StatusReply.ErrorMessage(Refusal.NOT_FOUND.name())));
    }

    private CompletionStage<HttpResponse> put(Caller caller, String id, HttpRequest request) {
        Negotiation.json(request);
        Parameters.none(request);
        var expected = Headers.expected(request);
        var named = id(id);
        return bodies.read(request, Markdown.BYTES, Fault.BODY_TOO_LARGE).thenCompose(body -> {
            var article = article(request, body, named);
            var json = new String(ArticleWriter.bytes(article), StandardCharsets.UTF_8);
            return change(caller, new Put(named, expected, json))
                    .thenApply(outcome -> json(new Kept(article, outcome.version())));
        });
    }

    private static Article article(HttpRequest request, byte[] body, String id) {
        return Bodies.mediaType(request).equals(MARKDOWN)
                ? Markdown.read(body, id)
                : ArticleReader.read(Fields.read(request, body), id);
    }

    private CompletionStage<HttpResponse> remove(Caller caller, String id, HttpRequest request) {
        Negotiation.json(request);
        Parameters.none(request);
        return change(caller, new Remove(id(id), Headers.expected(request)))
                .thenApply(outcome -> uncached(Answers.json(StatusCodes.OK, new Gone(outcome.version()))));
    }

    private CompletionStage<Outcome> change(Caller caller, Edit edit) {
        var who = caller.principal();
        return articles.change(who.tenant(), who.id(), List.of(edit)).thenApply(outcomes -> {
            var outcome = outcomes.getFirst();
            if (!outcome.refusal().isEmpty()) {
                throw new StatusReply.ErrorMessage(outcome.refusal());
            }
            return outcome;
        });
    }

    private HttpResponse search(Caller caller, HttpRequest request) {
        Negotiation.json(request);
        var parameters = Parameters.of(request, Set.of("q", "language", "limit"));
        var question = parameters.line("q", QUESTION);
        if (question.isEmpty()) {
            throw new Problem(Fault.INVALID_PARAMETER, "q is missing");
        }
        var language = parameters.matching("language", ArticleReader.LANGUAGE).orElse("");
        var limit = (int) parameters.number("limit", 1, HITS, FEW);
        var hits = articles.search(tenant(caller)).suggest(question, language, clock.instant(), limit);
        return uncached(Answers.json(StatusCodes.OK, new Hits(hits)));
    }

    /** An id that can be none's is as unknown as any. */
    private static String id(String id) {
        return Optional.of(id)
                .filter(it -> ArticleReader.ID.matcher(it).matches())
                .orElseThrow(() -> new StatusReply.ErrorMessage(Refusal.NOT_FOUND.name()));
    }

    private static String tenant(Caller caller) {
        return caller.principal().tenant();
    }

    private static Shown shown(Kept kept) {
        return new Shown(kept.version(), ArticleWriter.json(kept.article()));
    }

    private static HttpResponse json(Kept kept) {
        return tagged(Answers.json(StatusCodes.OK, shown(kept)), kept);
    }

    private static HttpResponse markdown(Kept kept) {
        return tagged(
                HttpResponse.create().withEntity(HttpEntities.create(MARKDOWN_UTF8, Markdown.write(kept.article()))),
                kept);
    }

    private static HttpResponse tagged(HttpResponse answer, Kept kept) {
        return uncached(answer.addHeader(RawHeader.create("ETag", "\"" + kept.version() + "\"")));
    }

    private static HttpResponse uncached(HttpResponse answer) {
        return answer.addHeader(RawHeader.create("Cache-Control", "private, no-cache"));
    }
}
