package switchboard.reading;

import static java.util.concurrent.CompletableFuture.completedStage;
import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpCharsets;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import switchboard.audit.Reads;
import switchboard.audit.Reads.Seen;
import switchboard.audit.Reads.What;
import switchboard.conversation.Conversation;
import switchboard.conversation.Conversation.View;
import switchboard.history.CustomerView;
import switchboard.history.Past;
import switchboard.history.Transcript;
import switchboard.http.Conversations;
import switchboard.http.Gate;
import switchboard.http.Gate.Caller;
import switchboard.http.Problems;
import switchboard.log.Entry;
import switchboard.log.Keyring;
import switchboard.request.Fault;
import switchboard.request.Negotiation;
import switchboard.request.Parameters;
import switchboard.request.Problem;
import switchboard.security.Access;
import switchboard.security.Action;

/**
 * What has happened in a conversation, streamed in memory that does not grow with it.
 *
 * <pre>
 * GET /v1/conversations/{id}/events?after=&amp;until=&amp;at=&amp;limit=
 *     application/x-ndjson              opened, one entry a line
 *     application/vnd.switchboard.log   the exact stored bytes, one entry a line
 *     text/event-stream                 opened, and what comes: {@link StreamRoutes}
 * </pre>
 *
 * <p>{@code at} ends it as of then, in the place of {@code until}.
 */
public final class HistoryRoutes {

    /** Reads the entries that stand of the log {@code persistenceId}, with numbers in (after, until]. */
    public interface Log {
        Source<Entry, NotUsed> read(String persistenceId, long after, long until);
    }

    private static final String OPENED = "application/x-ndjson";
    static final String STORED = "application/vnd.switchboard.log";
    private static final String LIVE = "text/event-stream";
    private static final ContentType NDJSON =
            ContentTypes.create(MediaTypes.applicationWithFixedCharset("x-ndjson", HttpCharsets.UTF_8));
    static final ContentType BYTES =
            ContentTypes.create(MediaTypes.applicationWithFixedCharset("vnd.switchboard.log", HttpCharsets.UTF_8));
    private static final ByteString LINE_END = ByteString.fromString("\n");
    /** As good as no end; a sum of two is still a number. */
    static final long ENDLESS = Long.MAX_VALUE / 2;

    static final int PAGE = 1_000;
    private static final int AHEAD = 8;
    private static final int CHUNK = 32 * 1024;

    private final ClassicActorSystemProvider system;
    private final Gate gate;
    private final Conversations conversations;
    private final Log log;
    private final Keyring keyring;
    private final Reads reads;
    private final Past past;
    private final StreamRoutes streams;

    public HistoryRoutes(
            ClassicActorSystemProvider system,
            Gate gate,
            Conversations conversations,
            Log log,
            Keyring keyring,
            Reads reads,
            Past past,
            StreamRoutes streams) {
        this.system = system;
        this.gate = gate;
        this.conversations = conversations;
        this.log = log;
        this.keyring = keyring;
        this.reads = reads;
        this.past = past;
        this.streams = streams;
    }

    public Route routes() {
        return gate.onConversation(Action.READ_HISTORY, this::history);
    }

    private Route history(Caller caller, String id, HttpRequest request) {
        var form = Negotiation.choose(request, List.of(OPENED, STORED, LIVE));
        if (form.equals(LIVE)) {
            return streams.stream(caller, id, request);
        }
        var stored = form.equals(STORED);
        if (stored ? !caller.grant().shows(Access.View.BYTES) : !showsContents(caller)) {
            throw new Problem(Fault.ROLE_NOT_ALLOWED);
        }
        var parameters = Parameters.of(request, Set.of("after", "until", "at", "limit"));
        var after = parameters.number("after", 0, ENDLESS, 0);
        var until = until(parameters);
        var limit = parameters.number("limit", 1, PAGE, ENDLESS);
        return onSuccess(
                ConversationRoutes.look(conversations, caller, id)
                        .thenCompose(view -> until.number(past, caller, view)
                                .thenCompose(last -> answer(
                                        ConversationRoutes.reader(caller, view),
                                        view,
                                        after,
                                        Math.min(last, after + limit),
                                        stored))),
                answer -> complete(answer));
    }

    /** The last number that is asked for, as soon as it is known where the conversation stands. */
    interface Until {
        CompletionStage<Long> number(Past past, Caller caller, View now);
    }

    /** Of {@code until} and {@code at} at most one. */
    static Until until(Parameters parameters) {
        var until = parameters.notBoth("until", "at").number("until", 1, ENDLESS, ENDLESS);
        return parameters
                .moment("at")
                .<Until>map(at -> (past, caller, now) -> ConversationRoutes.number(past, caller, now, at))
                .orElse((_, _, _) -> completedStage(until));
    }

    /** Up to the number that the conversation is at now: what it is just writing is not shown. On record first. */
    private CompletionStage<HttpResponse> answer(Caller caller, View view, long after, long until, boolean stored) {
        var last = Math.min(until, view.seq());
        var seen = new Seen(stored ? What.BYTES : What.HISTORY, after, last);
        return ConversationRoutes.seen(reads, caller, view.id(), seen)
                .thenCompose(_ -> answer(
                        system,
                        "history of " + view.id(),
                        stored ? BYTES : NDJSON,
                        lines(caller, view.id(), after, last, stored)));
    }

    /** Lines as they come, once there is a first one; {@code what} they are of. */
    static CompletionStage<HttpResponse> answer(
            ClassicActorSystemProvider system, String what, ContentType type, Source<ByteString, NotUsed> lines) {
        return begun(system, what, lines)
                .thenApply(begun -> HttpResponse.create()
                        .withEntity(HttpEntities.create(type, chunks(begun)))
                        .addHeader(RawHeader.create("Cache-Control", "private, no-cache")));
    }

    private Source<ByteString, NotUsed> lines(Caller caller, String id, long after, long until, boolean stored) {
        var persistenceId = Conversation.persistenceId(caller.principal().tenant(), id);
        var entries = log.read(persistenceId, after, until);
        return stored
                ? stored(entries)
                : entries.mapAsync(
                                AHEAD,
                                lines(
                                        caller,
                                        new Transcript(
                                                keyring, caller.principal().tenant(), persistenceId, after))::apply)
                        .mapConcat(line ->
                                line.map(ByteString::fromArrayUnsafe).stream().toList());
    }

    /** The exact bytes, an entry a line. */
    static Source<ByteString, NotUsed> stored(Source<Entry, NotUsed> entries) {
        return entries.map(entry -> ByteString.fromArrayUnsafe(entry.bytes()));
    }

    /** Whether contents are opened for the caller, whole or as a customer sees them. */
    static boolean showsContents(Caller caller) {
        return caller.grant().shows(Access.View.OPENED) || caller.grant().shows(Access.View.CUSTOMER);
    }

    /** An entry's line of JSON in the form that the caller may see; empty for what is not for him. In order. */
    static Function<Entry, CompletionStage<Optional<byte[]>>> lines(Caller caller, Transcript transcript) {
        return caller.grant().shows(Access.View.CUSTOMER)
                ? new CustomerView(transcript)::line
                : entry -> transcript.line(entry).thenApply(Optional::of);
    }

    /** Waits for the first line, so that a journal that is away is a 503 and not an answer that breaks off. */
    private static CompletionStage<Source<ByteString, NotUsed>> begun(
            ClassicActorSystemProvider system, String what, Source<ByteString, NotUsed> lines) {
        return Problems.stored(lines.prefixAndTail(1).runWith(Sink.head(), system), what)
                .thenApply(HistoryRoutes::whole);
    }

    /** Lines that wait for the reader share a chunk. */
    private static Source<ByteString, NotUsed> chunks(Source<ByteString, NotUsed> lines) {
        return lines.map(line -> line.concat(LINE_END))
                .batchWeighted(CHUNK, line -> (long) line.size(), line -> line, ByteString::concat);
    }

    private static Source<ByteString, NotUsed> whole(Pair<List<ByteString>, Source<ByteString, NotUsed>> begun) {
        return Source.from(begun.first()).concat(begun.second());
    }
}
