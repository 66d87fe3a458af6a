package switchboard.channel;

import static java.util.Objects.requireNonNull;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Sink;
import switchboard.channel.Partition.Waits;
import switchboard.conversation.Conversation.Facts;
import switchboard.storage.Pages;
import switchboard.storage.Stamp;

/**
 * Which message of ours each conversation waits with: the table {@code outbound((tenant, channel, part), conversation) →
 * waiting, opening}. A row lives for two days at most, since after one day its message has failed.
 */
final class WaitingRows implements Partition.Rows {

    /** A conversation's row; {@code opening} is what is sealed of its latest opening, as stored at {@code openingSeq}. */
    record Row(long waiting, String opening, long openingSeq) {}

    private static final int PAGE = 500;

    private final CqlSession session;
    private final Materializer materializer;
    private final PreparedStatement put;
    private final PreparedStatement delete;
    private final PreparedStatement some;
    private final PreparedStatement one;

    /** Over the table {@code keyspace.outbound}, which must exist. */
    WaitingRows(CqlSession session, String keyspace, Materializer materializer) {
        this.session = session;
        this.materializer = materializer;
        var table = keyspace + ".outbound";
        var key = " WHERE tenant = ? AND channel = ? AND part = ? AND conversation ";
        this.put = session.prepare("INSERT INTO " + table
                + " (tenant, channel, part, conversation, waiting, opening, opening_seq) VALUES (?, ?, ?, ?, ?, ?, ?)"
                + " USING TIMESTAMP ? AND TTL 172800");
        this.delete = session.prepare("DELETE FROM " + table + " USING TIMESTAMP ?" + key + "= ?");
        this.some = session.prepare(
                "SELECT conversation, waiting, WRITETIME(waiting) AS stamp FROM " + table + key + "> ? LIMIT ?");
        this.one = session.prepare("SELECT waiting, opening, opening_seq FROM " + table + key + "= ?");
    }

    /** Writes what follows from a conversation's log; done once durable. Again, and older ones after newer: nothing changes. */
    CompletionStage<Done> follow(Facts facts) {
        var part = Partition.of(facts.conversation());
        var stamp = Stamp.of(facts.at(), facts.seq());
        var statement = facts.waiting() == 0
                ? delete.bind(stamp, facts.tenant(), facts.channel(), part, facts.conversation())
                : put.bind(
                        facts.tenant(),
                        facts.channel(),
                        part,
                        facts.conversation(),
                        facts.waiting(),
                        facts.opening(),
                        facts.openingSeq(),
                        stamp);
        return session.executeAsync(safe(statement)).thenApply(_ -> Done.getInstance());
    }

    @Override
    public CompletionStage<List<Waits>> read(Partition.Id id, String after, int limit) {
        var statement = some.bind(id.tenant(), id.channel(), id.index(), after, limit);
        return Pages.of(session, safe(statement).setPageSize(PAGE))
                .map(row -> new Waits(
                        requireNonNull(row.getString("conversation")), row.getLong("waiting"), row.getLong("stamp")))
                .runWith(Sink.seq(), materializer);
    }

    /** What one conversation waits with. */
    CompletionStage<Optional<Row>> find(String tenant, String channel, String conversation) {
        var statement = one.bind(tenant, channel, Partition.of(conversation), conversation);
        return session.executeAsync(safe(statement))
                .thenApply(rows -> Optional.ofNullable(rows.one())
                        .map(row -> new Row(
                                row.getLong("waiting"),
                                requireNonNull(row.getString("opening")),
                                row.getLong("opening_seq"))));
    }

    private static BoundStatement safe(BoundStatement statement) {
        return statement.setIdempotent(true);
    }
}
