package switchboard.insight;

import static java.util.Objects.requireNonNull;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import switchboard.storage.Pages;

/**
 * The rows that lists are read from. Writes carry the number that they are as of as their time, so that an older one
 * loses, whenever it comes.
 */
final class SearchTable {

    private static final int PAGE = 16;

    /**
     * Which rows there may be of a conversation.
     *
     * @param seq the number that they are as of; 0: there are none
     */
    record Head(long seq, Instant openedAt, int episode, Set<String> terms) {
        static final Head NONE = new Head(0, Instant.EPOCH, 0, Set.of());

        Head {
            terms = Set.copyOf(terms);
        }
    }

    private final CqlSession session;
    private final PreparedStatement head;
    private final PreparedStatement putHead;
    private final PreparedStatement put;
    private final PreparedStatement delete;
    private final PreparedStatement putTerm;
    private final PreparedStatement deleteTerm;
    private final PreparedStatement find;
    private final PreparedStatement bucket;
    private final PreparedStatement term;
    private final PreparedStatement days;

    /** Over the tables of {@code keyspace}, which must exist. */
    SearchTable(CqlSession session, String keyspace) {
        this.session = session;
        var k = keyspace + ".search";
        head = session.prepare(
                "SELECT seq, opened_at, episode, terms FROM " + k + "_head WHERE tenant = ? AND conversation = ?");
        putHead = session.prepare("INSERT INTO " + k
                + "_head (tenant, conversation, seq, opened_at, episode, terms) VALUES (?, ?, ?, ?, ?, ?)"
                + " USING TIMESTAMP ?");
        put = session.prepare("INSERT INTO " + k
                + " (tenant, day, bucket, opened_at, conversation, seq, at, channel, status, agent, epoch, language,"
                + " episode, resolved_at, opening, opening_seq, terms)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP ?");
        delete = session.prepare("DELETE FROM " + k + " USING TIMESTAMP ?"
                + " WHERE tenant = ? AND day = ? AND bucket = ? AND opened_at = ? AND conversation = ?");
        putTerm = session.prepare("INSERT INTO " + k
                + "_term (tenant, term, opened_at, conversation) VALUES (?, ?, ?, ?) USING TIMESTAMP ?");
        deleteTerm = session.prepare("DELETE FROM " + k + "_term USING TIMESTAMP ?"
                + " WHERE tenant = ? AND term = ? AND opened_at = ? AND conversation = ?");
        find = session.prepare("SELECT * FROM " + k
                + " WHERE tenant = ? AND day = ? AND bucket = ? AND opened_at = ? AND conversation = ?");
        bucket = session.prepare("SELECT * FROM " + k
                + " WHERE tenant = ? AND day = ? AND bucket = ? AND opened_at <= ? AND opened_at >= ?");
        term = session.prepare("SELECT opened_at, conversation FROM " + k
                + "_term WHERE tenant = ? AND term = ? AND opened_at <= ? AND opened_at >= ?");
        days = session.prepare("SELECT day FROM " + keyspace + ".day WHERE tenant = ? AND day <= ? AND day >= ?");
    }

    CompletionStage<Head> head(String tenant, String conversation) {
        return session.executeAsync(safe(head.bind(tenant, conversation)))
                .thenApply(rows -> Optional.ofNullable(rows.one())
                        .map(row -> new Head(
                                row.getLong("seq"), instant(row, "opened_at"), row.getInt("episode"), terms(row)))
                        .orElse(Head.NONE));
    }

    CompletionStage<Done> putHead(String tenant, String conversation, Head it) {
        return done(putHead.bind(tenant, conversation, it.seq(), it.openedAt(), it.episode(), it.terms(), it.seq()));
    }

    CompletionStage<Done> put(String tenant, Listed it) {
        var place = it.place();
        return done(put.bind(
                tenant,
                place.day(),
                place.bucket(),
                place.openedAt(),
                place.conversation(),
                it.seq(),
                it.at(),
                it.channel(),
                it.status(),
                it.agent(),
                it.epoch(),
                it.language(),
                it.episode(),
                it.resolvedAt(),
                it.opening(),
                it.openingSeq(),
                it.terms(),
                it.seq()));
    }

    CompletionStage<Done> delete(String tenant, Place it, long asOf) {
        return done(delete.bind(asOf, tenant, it.day(), it.bucket(), it.openedAt(), it.conversation()));
    }

    CompletionStage<Done> putTerm(String tenant, String value, Place it, long asOf) {
        return done(putTerm.bind(tenant, value, it.openedAt(), it.conversation(), asOf));
    }

    CompletionStage<Done> deleteTerm(String tenant, String value, Place it, long asOf) {
        return done(deleteTerm.bind(asOf, tenant, value, it.openedAt(), it.conversation()));
    }

    CompletionStage<Optional<Listed>> find(String tenant, Place it) {
        return session.executeAsync(safe(find.bind(tenant, it.day(), it.bucket(), it.openedAt(), it.conversation())))
                .thenApply(rows -> Optional.ofNullable(rows.one()).map(SearchTable::listed));
    }

    /** Those of one bucket of a day, opened from {@code from} to {@code to}, as lists have them. */
    Source<Listed, NotUsed> bucket(String tenant, LocalDate day, int number, Instant from, Instant to) {
        return Pages.of(
                        session,
                        safe(bucket.bind(tenant, day, number, to, from)).setPageSize(PAGE))
                .map(SearchTable::listed);
    }

    /** Where that are which once were found by {@code value}; whether they still are, the row says. */
    Source<Place, NotUsed> term(String tenant, String value, Instant from, Instant to) {
        return Pages.of(session, safe(term.bind(tenant, value, to, from)).setPageSize(PAGE * 4))
                .map(row -> new Place(instant(row, "opened_at"), text(row, "conversation")));
    }

    /** Days on which anything was opened, the latest first. */
    Source<LocalDate, NotUsed> days(String tenant, LocalDate from, LocalDate to) {
        return Pages.of(session, safe(days.bind(tenant, to, from)).setPageSize(PAGE))
                .map(row -> requireNonNull(row.getLocalDate("day")));
    }

    private static Listed listed(Row row) {
        return new Listed(
                new Place(instant(row, "opened_at"), text(row, "conversation")),
                row.getLong("seq"),
                instant(row, "at"),
                text(row, "channel"),
                text(row, "status"),
                text(row, "agent"),
                row.getInt("epoch"),
                text(row, "language"),
                row.getInt("episode"),
                instant(row, "resolved_at"),
                text(row, "opening"),
                row.getLong("opening_seq"),
                terms(row));
    }

    private static Instant instant(Row row, String name) {
        return requireNonNull(row.getInstant(name));
    }

    private static String text(Row row, String name) {
        return requireNonNull(row.getString(name));
    }

    private static Set<String> terms(Row row) {
        return requireNonNull(row.getSet("terms", String.class));
    }

    private CompletionStage<Done> done(BoundStatement statement) {
        return session.executeAsync(safe(statement)).thenApply(_ -> Done.getInstance());
    }

    private static BoundStatement safe(BoundStatement statement) {
        return statement.setIdempotent(true);
    }
}
