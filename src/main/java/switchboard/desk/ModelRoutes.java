package switchboard.desk;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.javadsl.server.Route;
import org.jspecify.annotations.Nullable;
import switchboard.http.Answers;
import switchboard.http.Gate;
import switchboard.http.Gate.Caller;
import switchboard.request.Bodies;
import switchboard.request.Fault;
import switchboard.request.Fields;
import switchboard.request.Headers;
import switchboard.request.Negotiation;
import switchboard.request.Parameters;
import switchboard.security.Action;
import switchboard.serving.Choice.Chosen;
import switchboard.serving.Models;
import switchboard.serving.Models.Shelved;
import switchboard.versions.Lesson;
import switchboard.versions.Minds.Progress;
import switchboard.versions.Version;

/**
 * What the bot understands by. {@code If-Match} names a choice; to roll back is to choose an earlier version.
 *
 * <pre>
 * GET /v1/bot/models           200 {"choice","chosenAt","chosenBy","pinned","serving","learning":{…},"models":[…]}, ETag
 * PUT /v1/bot/models/serving   {"version"}: of 16 characters, or "latest"   200 the same
 * </pre>
 */
public final class ModelRoutes {

    /** Of no choice there is neither time nor person. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private record Shown(
            @JsonInclude long choice,
            String chosenAt,
            String chosenBy,
            String pinned,
            String serving,
            @Nullable Learning learning,
            @JsonInclude List<Model> models) {}

    private record Learning(String stage, int done, int all) {}

    /** Of a model of which nothing but itself is left there is no lesson. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Model(
            String version,
            String hash,
            String learnedAt,
            @Nullable Taught lesson) {}

    private record Taught(
            String knowledge,
            int examples,
            int intents,
            List<String> languages,
            double understood,
            Lesson.Notes notes) {}

    private static final Pattern VERSION = Pattern.compile("[0-9a-f]{16}|" + Models.LATEST);

    private final Gate gate;
    private final Bodies bodies;
    private final Models models;

    public ModelRoutes(Gate gate, Bodies bodies, Models models) {
        this.gate = gate;
        this.bodies = bodies;
        this.models = models;
    }

    public Route routes() {
        return concat(
                gate.on(Action.LIST_MODELS, (caller, request) -> answered(list(caller, request))),
                gate.on(Action.SERVE_MODEL, (caller, request) -> answered(choose(caller, request))));
    }

    private static Route answered(CompletionStage<Shelved> shelved) {
        return onSuccess(shelved, it -> complete(answer(it)));
    }

    private CompletionStage<Shelved> list(Caller caller, HttpRequest request) {
        Negotiation.json(request);
        Parameters.none(request);
        return models.list(caller.principal().tenant());
    }

    private CompletionStage<Shelved> choose(Caller caller, HttpRequest request) {
        Negotiation.json(request);
        Parameters.none(request);
        var expected = Headers.expected(request);
        var who = caller.principal();
        return bodies.read(request, Fault.BODY_TOO_LARGE).thenCompose(body -> {
            var fields = Fields.read(request, body);
            var version = fields.requiredMatching("version", VERSION);
            fields.whole();
            return models.choose(who.tenant(), who.id(), expected, version);
        });
    }

    private static HttpResponse answer(Shelved it) {
        return Answers.json(StatusCodes.OK, shown(it, it.chosen()))
                .addHeader(RawHeader.create("ETag", "\"" + it.chosen().number() + "\""))
                .addHeader(RawHeader.create("Cache-Control", "private, no-cache"));
    }

    private static Shown shown(Shelved it, Chosen chosen) {
        return new Shown(
                chosen.number(),
                chosen.number() == 0 ? "" : Answers.at(chosen.at()),
                chosen.by(),
                chosen.pins() ? Version.name(chosen.model()) : "",
                it.serving().map(Version::name).orElse(""),
                it.learning().map(ModelRoutes::learning).orElse(null),
                it.versions().reversed().stream().map(ModelRoutes::model).toList());
    }

    private static Learning learning(Progress it) {
        return new Learning(it.stage().isEmpty() ? "waiting" : it.stage(), it.done(), it.all());
    }

    private static Model model(Version it) {
        var lesson = it.lesson().examples() == 0 ? null : taught(it.lesson());
        return new Model(Version.name(it.hash()), it.hash(), Answers.at(it.at()), lesson);
    }

    private static Taught taught(Lesson it) {
        return new Taught(it.knowledge(), it.examples(), it.intents(), it.languages(), it.right(), it.notes());
    }
}
