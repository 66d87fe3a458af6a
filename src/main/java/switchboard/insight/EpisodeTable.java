package switchboard.insight;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.time.LocalDate;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.Done;
import switchboard.conversation.Replay.Contact;

/** The rows that figures are sums of: one for each episode, and the days on which any was opened. */
final class EpisodeTable {

    private static final int DAYS_REMEMBERED = 10_000;

    private final CqlSession session;
    private final PreparedStatement put;
    private final PreparedStatement putDay;
    private final Set<String> days = ConcurrentHashMap.newKeySet();

    /** Over the tables of {@code keyspace}, which must exist. */
    EpisodeTable(CqlSession session, String keyspace) {
        this.session = session;
        put = session.prepare("INSERT INTO " + keyspace
                + ".episode (tenant, day, bucket, opened_at, conversation, number, seq, channel, language, status,"
                + " agents, assigned_at, first_reply_at, resolved_at, code, received, sent, handovers, reopened, held,"
                + " score) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP ?");
        putDay = session.prepare("INSERT INTO " + keyspace + ".day (tenant, day) VALUES (?, ?) USING TIMESTAMP 1");
    }

    /** Writes the row; the day's first. */
    CompletionStage<Done> put(String tenant, String conversation, Contact it) {
        var place = new Place(it.openedAt(), conversation);
        return day(tenant, place.day())
                .thenCompose(_ -> done(put.bind(
                        tenant,
                        place.day(),
                        place.bucket(),
                        it.openedAt(),
                        conversation,
                        it.number(),
                        it.seq(),
                        it.channel(),
                        it.language(),
                        it.status(),
                        it.agents(),
                        it.times().assigned(),
                        it.times().firstReply(),
                        it.times().resolved(),
                        it.code(),
                        it.counts().received(),
                        it.counts().sent(),
                        it.counts().handovers(),
                        it.counts().reopened(),
                        it.times().held().toMillis(),
                        it.score(),
                        it.seq())));
    }

    /** Somebody may have emptied the table: days are written again. */
    void forget() {
        days.clear();
    }

    private CompletionStage<Done> day(String tenant, LocalDate day) {
        var name = tenant + ' ' + day;
        if (days.contains(name)) {
            return CompletableFuture.completedStage(Done.getInstance());
        }
        return done(putDay.bind(tenant, day)).thenApply(done -> {
            if (days.size() < DAYS_REMEMBERED) {
                days.add(name);
            }
            return done;
        });
    }

    private CompletionStage<Done> done(BoundStatement statement) {
        return session.executeAsync(statement.setIdempotent(true)).thenApply(_ -> Done.getInstance());
    }
}
