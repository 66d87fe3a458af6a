package switchboard.reading;

import static java.util.concurrent.CompletableFuture.completedStage;
import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.audit.Reads.Seen;
import switchboard.audit.Reads.What;
import switchboard.conversation.Conversation.Look;
import switchboard.conversation.Conversation.View;
import switchboard.history.Live;
import switchboard.history.Past;
import switchboard.history.Tenure;
import switchboard.http.Gate.Caller;
import switchboard.journal.Journal.Row;
import switchboard.log.Entry;
import switchboard.request.Fault;
import switchboard.request.Headers;
import switchboard.request.Parameters;
import switchboard.request.Problem;
import switchboard.security.Access;
import switchboard.security.Access.Relation;
import switchboard.sse.Frames;

/**
 * What has happened in a conversation and what happens, for as long as the reader stays; a transport of {@link
 * HistoryRoutes}.
 *
 * <pre>
 * GET /v1/conversations/{id}/events?after=&amp;until=&amp;at=   Accept: text/event-stream   Last-Event-ID: n
 *     200 id: the number, event: the type, data: the line of the history   204 nothing is left up to {@code until} or {@code at}
 * </pre>
 */
public final class StreamRoutes {

    /** Reads the rows that stand of the log {@code persistenceId}, with numbers in (after, until]. */
    public interface Rows {
        Source<Row, NotUsed> read(String persistenceId, long after, long until);
    }

    /** What is shown of one row, and whether anything may follow. */
    private record Shown(ByteString frames, boolean last) {}

    private static final Logger LOG = LoggerFactory.getLogger(StreamRoutes.class);
    private static final String RECOVERED = "entry.recovered";
    private static final int CHUNK = 32 * 1024;

    private final LiveLogs live;
    private final Past past;

    public StreamRoutes(LiveLogs live, Past past) {
        this.live = live;
        this.past = past;
    }

    /** The answer to one who wants the conversation {@code id} as a stream. */
    Route stream(Caller caller, String id, HttpRequest request) {
        if (!HistoryRoutes.showsContents(caller)) {
            throw new Problem(Fault.ROLE_NOT_ALLOWED);
        }
        var parameters = Parameters.of(request, Set.of("after", "until", "at"));
        var from = parameters.number("after", 0, HistoryRoutes.ENDLESS, 0);
        var until = HistoryRoutes.until(parameters);
        var after = Headers.lastEventId(request).orElse(from);
        return onSuccess(
                ConversationRoutes.look(live.conversations(), caller, id)
                        .thenCompose(view -> until.number(past, caller, view)
                                .thenCompose(last -> after >= last
                                        ? completedStage(nothingLeft())
                                        : answer(ConversationRoutes.reader(caller, view), view, after, last))),
                answer -> complete(answer));
    }

    /** What an EventSource takes as an end: on any other it would come again. */
    private static HttpResponse nothingLeft() {
        return HttpResponse.create().withStatus(StatusCodes.NO_CONTENT);
    }

    /** On record first. */
    private CompletionStage<HttpResponse> answer(Caller caller, View view, long after, long until) {
        if (after > view.seq()) {
            throw new Problem(Fault.BEYOND_HEAD);
        }
        var seen = new Seen(What.STREAM, after, until == HistoryRoutes.ENDLESS ? 0 : until);
        return ConversationRoutes.seen(live.reads(), caller, view.id(), seen)
                .thenApply(_ -> opened(caller, view, after, until));
    }

    private HttpResponse opened(Caller caller, View view, long after, long until) {
        var stream = live.streams().open(caller.principal(), () -> live.still().apply(caller));
        if (after > 0) {
            live.counts().resumed().increment();
        }
        var waiting = new Live.Waiting();
        return stream.carrying(frames(caller, view, after, until, waiting), waiting::at);
    }

    private Source<ByteString, NotUsed> frames(Caller caller, View view, long after, long until, Live.Waiting waiting) {
        var log = Followable.conversation(caller.principal(), view.id(), live, after);
        var rows = new Live(log, after, until, live.pace(), live.counts(), waiting);
        var tenure = tenure(caller, view);
        return Source.fromGraph(rows)
                .mapAsync(1, row -> shown(caller, log, tenure, row))
                .takeWhile(shown -> !shown.last, true)
                .map(Shown::frames)
                .filter(frames -> !frames.isEmpty())
                .onErrorComplete(failure -> brokenOff(view.id(), failure))
                .batchWeighted(CHUNK, frames -> (long) frames.size(), frames -> frames, ByteString::concat);
    }

    private Function<Row, CompletionStage<Boolean>> tenure(Caller caller, View view) {
        if (caller.grant().relation() != Relation.OWNER && caller.grant().relation() != Relation.OFFERED) {
            return _ -> completedStage(true);
        }
        return new Tenure(
                caller.principal().id(),
                view.seq(),
                () -> live.conversations().ask(caller.principal(), view.id(), Look::new))::goesOnAfter;
    }

    private static CompletionStage<Shown> shown(
            Caller caller, Followable log, Function<Row, CompletionStage<Boolean>> tenure, Row row) {
        return HistoryRoutes.lines(caller, log.opening(row))
                .apply(row.entry())
                .thenApply(line -> line.map(json -> Frames.event(row.number(), type(caller, row.entry()), json))
                        .orElse(ByteString.emptyByteString()))
                .thenCombine(
                        tenure.apply(row),
                        (frame, goesOn) -> goesOn
                                ? new Shown(frame, false)
                                : new Shown(frame.concat(Frames.end(Fault.NOT_OWNER.code())), true));
    }

    /** To a customer what was appended again is what it is. */
    private static String type(Caller caller, Entry entry) {
        return caller.grant().shows(Access.View.CUSTOMER) && entry.type().equals(RECOVERED)
                ? entry.data(JsonNode.class).path("type").asText()
                : entry.type();
    }

    /** The reader comes again, after the last number that he has. */
    private static boolean brokenOff(String id, Throwable failure) {
        LOG.warn("stream of {} breaks off: {}", id, failure.toString());
        return true;
    }
}
