package switchboard.insight;

import com.datastax.oss.driver.api.core.CqlSession;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/**
 * Finds conversations, those opened last first. The work for one page is bounded: after 2,000 rows or 8 days it ends, with
 * what was found and the place to go on from.
 */
public final class Search {

    private static final int MOST_ROWS = 2_000;
    private static final int MOST_DAYS = 8;
    private static final int AHEAD = 16;

    /** {@code next}: where to go on; empty at the end. A page may be short, or empty, and not be the last. */
    public record Page(List<Listed> rows, Optional<Place> next) {
        public Page {
            rows = List.copyOf(rows);
        }
    }

    /** What was looked at; without a row: nothing stands there any more, or ({@code day}) a day is over. */
    private record Seen(Place place, Optional<Listed> row, boolean day) {}

    private final ClassicActorSystemProvider system;
    private final SearchTable table;

    public Search(ClassicActorSystemProvider system, CqlSession session, String keyspace) {
        this.system = system;
        this.table = new SearchTable(session, keyspace);
    }

    /** Those after that place. Fails while the database is away. */
    public CompletionStage<Page> page(Query query, Place after) {
        var found = new Found(query);
        var rows = query.terms().isEmpty() ? byDay(query, after) : byTerm(query, after);
        return rows.filter(seen -> seen.place.isAfter(after))
                .takeWhile(found::goesOn)
                .runWith(Sink.ignore(), system)
                .thenApply(_ -> found.page());
    }

    private Source<Seen, NotUsed> byDay(Query query, Place after) {
        var to = earlier(after.openedAt(), query.to());
        return table.days(query.tenant(), Place.dayOf(query.from()), Place.dayOf(to))
                .flatMapConcat(day -> IntStream.range(0, Place.BUCKETS)
                        .mapToObj(bucket -> table.bucket(query.tenant(), day, bucket, query.from(), to)
                                .map(row -> new Seen(row.place(), Optional.of(row), false)))
                        .toList()
                        .stream()
                        .reduce(Search::merged)
                        .orElseThrow()
                        .concat(Source.single(new Seen(Place.endOf(day), Optional.empty(), true))));
    }

    private Source<Seen, NotUsed> byTerm(Query query, Place after) {
        var to = earlier(after.openedAt(), query.to());
        return query.terms().getFirst().stream()
                .map(term -> table.term(query.tenant(), term, query.from(), to)
                        .map(place -> new Seen(place, Optional.empty(), false)))
                .reduce(Search::merged)
                .orElseThrow()
                .mapAsync(
                        AHEAD,
                        seen -> table.find(query.tenant(), seen.place)
                                .thenApply(row -> new Seen(seen.place, row, false)));
    }

    private static Source<Seen, NotUsed> merged(Source<Seen, NotUsed> a, Source<Seen, NotUsed> b) {
        return a.mergeSorted(b, (x, y) -> Place.ORDER.compare(x.place, y.place));
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    /** What one page has come to so far. */
    private static final class Found {

        private final Query query;
        private final List<Listed> rows = new ArrayList<>();
        private @Nullable Place last;
        private int looked;
        private int days;
        private boolean stopped;

        Found(Query query) {
            this.query = query;
        }

        /** Takes the next one, and says whether there is room for more. */
        boolean goesOn(Seen seen) {
            if (seen.place.equals(last)) {
                return true;
            }
            last = seen.place;
            looked++;
            days += seen.day ? 1 : 0;
            seen.row.filter(query::fits).ifPresent(rows::add);
            stopped = rows.size() == query.limit() || looked == MOST_ROWS || days == MOST_DAYS;
            return !stopped;
        }

        Page page() {
            return new Page(rows, stopped ? Optional.ofNullable(last) : Optional.empty());
        }
    }
}
