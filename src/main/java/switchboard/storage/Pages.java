package switchboard.storage;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongFunction;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Source;

/** Rows as a stream: a page is fetched when the one before was taken, so memory is one page however long it gets. */
public final class Pages {

    private Pages() {}

    /** The rows of one statement. Each run of the stream asks anew. */
    public static Source<Row, NotUsed> of(CqlSession session, Statement<?> statement) {
        return Source.unfoldAsync(
                        Step.first(0),
                        step -> step.number == 0
                                ? step.fetch(session, statement)
                                : CompletableFuture.completedStage(Optional.empty()))
                .mapConcat(page -> page);
    }

    /**
     * The rows of the statements {@code first}, {@code first + 1} and so on, until one has none. The first may have
     * none and does not end it: what was looked for there can lie in the next.
     */
    public static Source<Row, NotUsed> walk(CqlSession session, long first, LongFunction<Statement<?>> statements) {
        return Source.unfoldAsync(
                        Step.first(first),
                        step -> step.fetch(session, statements.apply(step.number))
                                .thenApply(next -> next.filter(n -> n.first().goesOn(first))))
                .mapConcat(page -> page);
    }

    /** What to fetch next: the statement's first page, or the one after {@code page}. */
    private record Step(long number, Optional<AsyncResultSet> page, boolean seen, boolean ended) {

        static Step first(long number) {
            return new Step(number, Optional.empty(), false, false);
        }

        CompletionStage<Optional<Pair<Step, Iterable<Row>>>> fetch(CqlSession session, Statement<?> statement) {
            return page.map(AsyncResultSet::fetchNextPage)
                    .orElseGet(() -> session.executeAsync(statement))
                    .thenApply(fetched -> Optional.of(Pair.create(after(fetched), fetched.currentPage())));
        }

        private Step after(AsyncResultSet fetched) {
            var some = seen || fetched.remaining() > 0;
            return fetched.hasMorePages()
                    ? new Step(number, Optional.of(fetched), some, false)
                    : new Step(number + 1, Optional.empty(), false, !some);
        }

        /** Not when the statement before had no row at all, unless that was the first. */
        boolean goesOn(long first) {
            return !ended || number == first + 1;
        }
    }
}
