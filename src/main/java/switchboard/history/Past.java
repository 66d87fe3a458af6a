package switchboard.history;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.stream.javadsl.Source;
import switchboard.conversation.Conversation;
import switchboard.conversation.Conversation.View;
import switchboard.conversation.Replay;
import switchboard.log.Entry;

/** Where conversations stood: their logs folded up to a moment. Memory does not grow with a log, time does. */
public final class Past {

    /** Reads the entries that stand of the log {@code persistenceId}, with numbers in (after, until]. */
    public interface Log {
        Source<Entry, NotUsed> read(String persistenceId, long after, long until);
    }

    private final ClassicActorSystemProvider system;
    private final Log log;
    private final InstantSource clock;
    private final Duration reopenWindow;

    public Past(ClassicActorSystemProvider system, Log log, InstantSource clock, Duration reopenWindow) {
        this.system = system;
        this.log = log;
        this.clock = clock;
        this.reopenWindow = reopenWindow;
    }

    /** Whether that time has not come yet; the log's last entry is never in the future, whatever the clock says. */
    public boolean isFuture(Instant at, View now) {
        return at.isAfter(now.updatedAt()) && at.isAfter(clock.instant());
    }

    /** After the entry with that number, at its time; empty before the first. */
    public CompletionStage<Optional<View>> view(String tenant, String id, long seq) {
        var entries = log.read(Conversation.persistenceId(tenant, id), 0, seq);
        return folded(tenant, id, entries, Replay::at);
    }

    /** At that time, after the last entry that is not later; empty before the first. {@code now}: where it stands. */
    public CompletionStage<Optional<View>> view(String tenant, View now, Instant at) {
        var entries = log.read(Conversation.persistenceId(tenant, now.id()), 0, now.seq())
                .takeWhile(entry -> !entry.at().isAfter(at));
        return folded(tenant, now.id(), entries, _ -> at);
    }

    /** The number of the last entry that is not later than that; 0 before the first. {@code now}: where it stands. */
    public CompletionStage<Long> number(String tenant, View now, Instant at) {
        return log.read(Conversation.persistenceId(tenant, now.id()), 0, now.seq())
                .takeWhile(entry -> !entry.at().isAfter(at))
                .runFold(0L, (last, entry) -> entry.seq() > 0 ? entry.seq() : last + 1, system);
    }

    private CompletionStage<Optional<View>> folded(
            String tenant, String id, Source<Entry, NotUsed> entries, Function<Replay, Instant> at) {
        return entries.runFold(new Replay(tenant, id), Replay::add, system)
                .thenApply(replay ->
                        Optional.of(replay).filter(r -> r.seq() > 0).map(r -> r.view(at.apply(r), reopenWindow)));
    }
}
