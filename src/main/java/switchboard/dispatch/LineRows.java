package switchboard.dispatch;

import static java.util.Objects.requireNonNull;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Sink;
import switchboard.conversation.Conversation.Facts;
import switchboard.handling.Line;
import switchboard.handling.Line.Turned;
import switchboard.log.Json;
import switchboard.plan.Key;
import switchboard.plan.Need;
import switchboard.storage.Pages;
import switchboard.storage.Stamp;

/** Which conversations wait for an agent, a row each: the table {@code waiting((tenant, part), conversation)}. */
final class LineRows implements Dispatch.Rows {

    private static final int PAGE = 1_000;

    /** A {@link Line}, as a row has it. */
    private record Stored(
            String queue,
            List<Need> skills,
            String priority,
            long entered,
            long boost,
            long target,
            long since,
            String last,
            List<Missed> turned) {

        record Missed(String agent, long at, boolean timedOut) {}

        static Stored of(Line line) {
            var key = line.key();
            return new Stored(
                    line.queue(),
                    line.skills(),
                    line.priority(),
                    key.enteredAt().toEpochMilli(),
                    key.boost().toMillis(),
                    key.target().toMillis(),
                    line.since().toEpochMilli(),
                    line.last(),
                    line.turned().stream()
                            .map(it -> new Missed(it.agent(), it.at().toEpochMilli(), it.timedOut()))
                            .toList());
        }

        Line line() {
            return new Line(
                    queue,
                    skills,
                    priority,
                    new Key(Instant.ofEpochMilli(entered), Duration.ofMillis(boost), Duration.ofMillis(target)),
                    Instant.ofEpochMilli(since),
                    last,
                    turned.stream()
                            .map(it -> new Turned(it.agent(), Instant.ofEpochMilli(it.at()), it.timedOut()))
                            .toList());
        }
    }

    private final CqlSession session;
    private final Materializer materializer;
    private final PreparedStatement put;
    private final PreparedStatement delete;
    private final PreparedStatement some;

    /** Over the table {@code keyspace.waiting}, which must exist. */
    LineRows(CqlSession session, String keyspace, Materializer materializer) {
        this.session = session;
        this.materializer = materializer;
        var table = keyspace + ".waiting";
        this.put = session.prepare("INSERT INTO " + table
                + " (tenant, part, conversation, epoch, channel, language, offered, line) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
                + " USING TIMESTAMP ?");
        this.delete = session.prepare(
                "DELETE FROM " + table + " USING TIMESTAMP ? WHERE tenant = ? AND part = ? AND conversation = ?");
        this.some = session.prepare("SELECT * FROM " + table + " WHERE tenant = ? AND part = ?");
    }

    /** Writes what follows from a conversation's log; done once durable. Again, and older ones after newer: nothing changes. */
    CompletionStage<Done> follow(Facts facts) {
        var stamp = Stamp.of(facts.at(), facts.seq());
        var id = facts.conversation();
        var statement = Waiting.of(facts)
                .map(it -> put.bind(
                        facts.tenant(),
                        part(id),
                        id,
                        it.epoch(),
                        it.channel(),
                        it.language(),
                        it.offered(),
                        json(Stored.of(it.line())),
                        stamp))
                .orElseGet(() -> delete.bind(stamp, facts.tenant(), part(id), id));
        return session.executeAsync(safe(statement)).thenApply(_ -> Done.getInstance());
    }

    @Override
    public CompletionStage<List<Waiting>> read(String tenant, int part) {
        return Pages.of(session, safe(some.bind(tenant, part)).setPageSize(PAGE))
                .map(LineRows::waiting)
                .runWith(Sink.seq(), materializer);
    }

    private static Waiting waiting(Row row) {
        return new Waiting(
                requireNonNull(row.getString("conversation")),
                row.getInt("epoch"),
                requireNonNull(row.getString("channel")),
                requireNonNull(row.getString("language")),
                stored(requireNonNull(row.getString("line"))).line(),
                requireNonNull(row.getString("offered")));
    }

    /** A string's hash is the same for ever. */
    private static int part(String conversation) {
        return Math.floorMod(conversation.hashCode(), PARTS);
    }

    private static Stored stored(String json) {
        try {
            return Json.MAPPER.readValue(json, Stored.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a row of what waits cannot be read", e);
        }
    }

    private static String json(Stored line) {
        try {
            return Json.MAPPER.writeValueAsString(line);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a line always has a JSON form", e);
        }
    }

    private static BoundStatement safe(BoundStatement statement) {
        return statement.setIdempotent(true);
    }
}
