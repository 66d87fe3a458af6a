package switchboard.sse;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.SharedKillSwitch;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import switchboard.request.Fault;

/** One answer that goes on: its place among {@link Streams}, which end it. */
public final class OpenStream {

    /** Ends a connection whose reader takes nothing, at once: in order would mean to wait for him. */
    private static final class Cut extends RuntimeException {
        private static final long serialVersionUID = 1;

        Cut() {
            super("its reader was too slow", null, false, false);
        }
    }

    private static final Duration START = Duration.ofSeconds(30);

    private final Streams streams;
    private final String caller;
    private final Supplier<Optional<Fault>> fault;
    private final SharedKillSwitch curtain = KillSwitches.shared("end");
    private final SharedKillSwitch line = KillSwitches.shared("cut");
    private final long opened;
    private final AtomicBoolean revoked = new AtomicBoolean();
    private volatile LongFunction<Optional<Duration>> waiting = OpenStream::never;
    private volatile boolean flows;
    private volatile long ended;
    private volatile ByteString lastWords = ByteString.emptyByteString();

    OpenStream(Streams streams, String caller, Supplier<Optional<Fault>> fault, long now) {
        this.streams = streams;
        this.caller = caller;
        this.fault = fault;
        this.opened = now;
    }

    /**
     * The answer that carries {@code frames}, with heartbeats where nothing else comes. Whatever becomes of it, its place is
     * free afterwards.
     *
     * @param waiting for how long there has been something that the reader did not take, at a time of {@link
     *     System#nanoTime}
     */
    public HttpResponse carrying(Source<ByteString, NotUsed> frames, LongFunction<Optional<Duration>> waiting) {
        this.waiting = waiting;
        var bounds = streams.bounds();
        var body = Source.single(Frames.retry(bounds.retry()))
                .concat(frames.takeWhile(_ -> stands(System.nanoTime())))
                .via(curtain.<ByteString>flow())
                .concatLazy(Source.lazySource(() -> Source.single(lastWords).filter(words -> !words.isEmpty())))
                .keepAlive(bounds.heartbeat(), () -> Frames.HEARTBEAT)
                .via(line.<ByteString>flow())
                .watchTermination(Keep.right())
                .mapMaterializedValue(over -> {
                    flows = true;
                    return over.whenComplete((_, _) -> streams.over(this));
                });
        return HttpResponse.create()
                .withEntity(HttpEntities.createChunked(MediaTypes.TEXT_EVENT_STREAM.toContentType(), body))
                .addHeader(RawHeader.create("Cache-Control", "no-store"))
                .addHeader(RawHeader.create("X-Accel-Buffering", "no"));
    }

    private static Optional<Duration> never(long now) {
        return Optional.empty();
    }

    String caller() {
        return caller;
    }

    /** What has to be done about it at {@code now}. */
    Streams.Verdict look(long now) {
        var bounds = streams.bounds();
        if (ended != 0) {
            return now - ended > bounds.grace().toNanos() ? Streams.Verdict.CUT : Streams.Verdict.FINE;
        }
        if (!flows) {
            return now - opened > START.toNanos() ? Streams.Verdict.GONE : Streams.Verdict.FINE;
        }
        if (!stands(now)) {
            return Streams.Verdict.FINE;
        }
        return waiting.apply(now).filter(w -> w.compareTo(bounds.slow()) > 0).isPresent()
                ? Streams.Verdict.SLOW
                : Streams.Verdict.FINE;
    }

    /** Whether its caller may see what comes next. If not, that is the end: asked for each frame, and where none comes too. */
    private boolean stands(long now) {
        var why = fault.get();
        if (why.isPresent() && revoked.compareAndSet(false, true)) {
            streams.revokedOne();
            end(Frames.end(why.get().code()), now);
        }
        return why.isEmpty();
    }

    /** Nothing of what was to come is shown any more; these are the last words. */
    void end(ByteString words, long now) {
        lastWords = words;
        ended = now | 1;
        curtain.shutdown();
    }

    void cut(long now) {
        ended = now | 1;
        line.abort(new Cut());
    }
}
