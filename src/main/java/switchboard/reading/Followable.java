package switchboard.reading;

import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import switchboard.conversation.Conversation;
import switchboard.conversation.Conversation.Follow;
import switchboard.conversation.Conversation.Following;
import switchboard.history.Live.At;
import switchboard.history.Transcript;
import switchboard.journal.Journal.Row;
import switchboard.scribe.Told;
import switchboard.security.Principal;
import switchboard.workspace.Line;
import switchboard.workspace.Logs;

/** One log for one who follows and opens it. A key that he has is not relied on for longer than until he follows again. */
final class Followable implements Logs.Log {

    /** Has somebody told of what comes. */
    interface Asked {
        CompletionStage<At> follow(ActorRef<Told> reader);
    }

    private static final String ERASED = "content.erased";

    private final String persistenceId;
    private final LiveLogs live;
    private final Asked asked;
    private final Transcript transcript;

    /** Shown after the number {@code after}. */
    Followable(String tenant, String persistenceId, LiveLogs live, Asked asked, long after) {
        this.persistenceId = persistenceId;
        this.live = live;
        this.asked = asked;
        this.transcript = new Transcript(live.keyring(), tenant, persistenceId, after);
    }

    /** A conversation of that caller's tenant. */
    static Followable conversation(Principal caller, String id, LiveLogs live, long after) {
        return new Followable(
                caller.tenant(),
                Conversation.persistenceId(caller.tenant(), id),
                live,
                reader -> live.conversations()
                        .<Following>ask(caller, id, replyTo -> new Follow(reader, replyTo))
                        .thenApply(it -> new At(it.view().seq(), it.by())),
                after);
    }

    @Override
    public CompletionStage<At> follow(ActorRef<Told> reader) {
        transcript.forget();
        return asked.follow(reader);
    }

    @Override
    public Source<Row, NotUsed> read(long after, long until) {
        return live.rows().read(persistenceId, after, until);
    }

    @Override
    public CompletionStage<Line> line(Row row) {
        return opening(row)
                .line(row.number(), row.entry())
                .thenApply(json -> new Line(row, ByteString.fromArrayUnsafe(json)));
    }

    /** What opens that row: with it keys may have been erased. */
    Transcript opening(Row row) {
        if (row.entry().type().equals(ERASED)) {
            transcript.forget();
        }
        return transcript;
    }
}
