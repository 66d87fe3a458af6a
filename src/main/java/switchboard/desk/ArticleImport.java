package switchboard.desk;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;
import static org.apache.pekko.http.javadsl.server.Directives.withoutRequestTimeout;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.util.ByteString;
import switchboard.article.ArticleReader;
import switchboard.article.ArticleWriter;
import switchboard.http.Gate.Caller;
import switchboard.http.Problems;
import switchboard.intake.Admission;
import switchboard.intake.Line;
import switchboard.intake.Lines;
import switchboard.knowledge.Articles;
import switchboard.knowledge.Catalogue.Edit;
import switchboard.knowledge.Catalogue.Outcome;
import switchboard.knowledge.Catalogue.Put;
import switchboard.request.Bodies;
import switchboard.request.Fault;
import switchboard.request.Fields;
import switchboard.request.Negotiation;
import switchboard.request.Parameters;
import switchboard.request.Problem;
import switchboard.wire.Refusal;

/**
 * Many articles in one request, one a line: what {@code GET} gives may be given back. They are read and written some at a time,
 * each lot in one write; a line is answered by itself. Again: as it is, so what broke off is simply sent again.
 */
public final class ArticleImport {

    static final ContentType NDJSON = ContentTypes.parse("application/x-ndjson");

    /** Of JSON that goes to the actor at a time: below what a message between nodes may have. */
    private static final long LOT = 128 * 1024;

    private static final int NAMED = 1_000;
    private static final int FLAWS = 3;
    private static final JsonMapper JSON = new JsonMapper();

    /** A line that was read. */
    private sealed interface Read {

        record Sound(int index, Put edit) implements Read {}

        record Bad(int index, Problem why) implements Read {}

        default long weight() {
            return switch (this) {
                case Sound it -> it.edit().article().length();
                case Bad _ -> 1_024;
            };
        }
    }

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private record Stored(
            int index, String id, int status, @JsonInclude long version) {}

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private record Not(
            int index, String id, int status, @JsonInclude Problems.Body problem) {}

    private final ActorSystem<?> system;
    private final Bodies bodies;
    private final Articles articles;
    private final Admission admission;
    private final Duration deadline;

    /** {@code admission} bounds how many are under way; {@code deadline}: for a whole one. */
    public ArticleImport(
            ActorSystem<?> system, Bodies bodies, Articles articles, Admission admission, Duration deadline) {
        this.system = system;
        this.bodies = bodies;
        this.articles = articles;
        this.admission = admission;
        this.deadline = deadline;
    }

    Route lines(Caller caller, HttpRequest request) {
        Negotiation.choose(request, List.of("application/x-ndjson"));
        Parameters.none(request);
        if (!Bodies.mediaType(request).equals("application/x-ndjson")) {
            throw new Problem(Fault.UNSUPPORTED_MEDIA_TYPE, "only application/x-ndjson");
        }
        return withoutRequestTimeout(
                () -> onSuccess(admission.during(() -> answered(caller, request)), answer -> complete(answer)));
    }

    private CompletionStage<HttpResponse> answered(Caller caller, HttpRequest request) {
        var named = new int[1];
        return bodies.stream(request, Lines.MOST_BYTES, deadline)
                .via(new Lines())
                .map(ArticleImport::read)
                .groupedWeighted(LOT, Read::weight)
                .mapAsync(1, lot -> stored(caller, lot, named))
                .runWith(Sink.seq(), system)
                .thenApply(parts -> HttpResponse.create()
                        .withEntity(HttpEntities.create(
                                NDJSON, parts.stream().reduce(ByteString.emptyByteString(), ByteString::concat))));
    }

    private static Read read(Line line) {
        return switch (line) {
            case Line.Text it -> article(it);
            case Line.Bad it -> new Read.Bad(it.index(), it.why());
            case Line.Event it -> throw new IllegalStateException("line " + it.index() + " is read here alone");
        };
    }

    private static Read article(Line.Text line) {
        try {
            var article = ArticleReader.read(Fields.of(line.json().toArray()));
            var json = new String(ArticleWriter.bytes(article), StandardCharsets.UTF_8);
            return new Read.Sound(line.index(), new Put(article.id(), -1, json));
        } catch (Problem e) {
            return new Read.Bad(line.index(), e);
        }
    }

    private CompletionStage<ByteString> stored(Caller caller, List<Read> lot, int[] named) {
        var edits = lot.stream()
                .filter(Read.Sound.class::isInstance)
                .<Edit>map(it -> ((Read.Sound) it).edit())
                .toList();
        var who = caller.principal();
        var done = edits.isEmpty()
                ? CompletableFuture.<List<Outcome>>completedStage(List.of())
                : articles.change(who.tenant(), who.id(), edits);
        return done.exceptionally(no -> edits.stream()
                        .map(_ -> new Outcome(0, Refusal.behind(no).name()))
                        .toList())
                .thenApply(outcomes -> answers(lot, outcomes, named));
    }

    private static ByteString answers(List<Read> lot, List<Outcome> outcomes, int[] named) {
        var answers = new ArrayList<Object>();
        var next = outcomes.iterator();
        for (var line : lot) {
            answers.add(
                    switch (line) {
                        case Read.Sound it -> answer(it, next.next());
                        case Read.Bad it -> not(it, named);
                    });
        }
        return answers.stream().map(ArticleImport::json).reduce(ByteString.emptyByteString(), ByteString::concat);
    }

    private static Object answer(Read.Sound line, Outcome outcome) {
        var id = line.edit().id();
        if (outcome.refusal().isEmpty()) {
            return new Stored(line.index(), id, 200, outcome.version());
        }
        var problem = Problems.body(Refusal.valueOf(outcome.refusal()));
        return new Not(line.index(), id, problem.status(), problem);
    }

    /** Answers wait in memory until the body is read, so of the first thousand lines only some flaws are named. */
    private static Object not(Read.Bad line, int[] named) {
        var problem = Problems.body(line.why());
        var flaws =
                problem.errors().stream().limit(named[0]++ < NAMED ? FLAWS : 0).toList();
        return new Not(line.index(), "", problem.status(), problem.with(flaws));
    }

    private static ByteString json(Object line) {
        try {
            return ByteString.fromArrayUnsafe(JSON.writeValueAsBytes(line)).concat(ByteString.fromString("\n"));
        } catch (JsonProcessingException e) {
            throw new AssertionError("our records have a JSON form", e);
        }
    }
}
