package switchboard.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import switchboard.journal.Heads;
import switchboard.journal.Journal;
import switchboard.journal.Journal.Row;
import switchboard.log.Head;
import switchboard.log.Keyring;

/** Checks a log from genesis, row by row as stored, in constant memory. */
public final class Verification {

    private static final CompletionStage<Done> DONE = CompletableFuture.completedStage(Done.getInstance());

    private final ActorSystem<?> system;
    private final Journal journal;
    private final Heads heads;
    private final Keyring keyring;

    public Verification(ActorSystem<?> system, Journal journal, Heads heads, Keyring keyring) {
        this.system = system;
        this.journal = journal;
        this.heads = heads;
        this.keyring = keyring;
    }

    /** As below, with no other word on where it ends than the recorded head: on one node that is the live one. */
    public CompletionStage<Verdict> verify(String tenant, String persistenceId) {
        return verify(tenant, persistenceId, Head.of(persistenceId));
    }

    /**
     * What there is to say of the log {@code persistenceId} of {@code tenant}, whose keys are prepared. Fails only when
     * the database does not answer.
     *
     * @param live where its actor says that it ends, asked before
     */
    public CompletionStage<Verdict> verify(String tenant, String persistenceId, Head live) {
        return heads.find(persistenceId).thenCompose(stored -> {
            var recorded = new ArrayList<>(List.of(live));
            stored.ifPresent(recorded::add);
            return check(
                    journal.rows(persistenceId),
                    new Walk(persistenceId, keyring.tenant(tenant), recorded),
                    new Contents(persistenceId, id -> keyring.look(tenant, id)),
                    system);
        });
    }

    /** A fault inside an entry does not end the walk: an earlier number's may show only later. */
    static CompletionStage<Verdict> check(
            Source<Row, NotUsed> rows, Walk walk, Contents contents, ActorSystem<?> system) {
        return rows.mapAsync(1, row -> walk.take(row) ? inside(row, walk, contents) : DONE)
                .takeWhile(_ -> !walk.ended())
                .runWith(Sink.ignore(), system)
                .thenApply(_ -> walk.finish());
    }

    private static CompletionStage<Done> inside(Row row, Walk walk, Contents contents) {
        return contents.check(row.entry()).thenApply(wrong -> {
            wrong.ifPresent(reason -> walk.inside(row.number(), reason));
            return Done.getInstance();
        });
    }
}
