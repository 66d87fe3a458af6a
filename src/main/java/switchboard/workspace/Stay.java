package switchboard.workspace;

import java.util.List;
import java.util.Optional;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import switchboard.conversation.Conversation.View;
import switchboard.history.Live;
import switchboard.history.Live.Counts;
import switchboard.history.Live.Pace;
import switchboard.history.Live.Waiting;
import switchboard.history.Tenure;
import switchboard.journal.Journal.Row;
import switchboard.workspace.Cursor.Place;
import switchboard.workspace.Logs.Log;

/**
 * Conversations, each for as long as one agent has it or is offered it: first the entry by which she does (an offer must
 * not wait for a long history), then all others from number 1 on, up to the one that takes it from her. Her log says when
 * to look; the conversation says whether it is hers.
 */
final class Stay {

    /** The entry that gave it to her is looked for among so many of the latest, and else comes in its turn. */
    private static final int NEAR = 64;

    private final String agent;
    private final Logs logs;
    private final Pace pace;
    private final Counts counts;

    Stay(String agent, Logs logs, Pace pace, Counts counts) {
        this.agent = agent;
        this.logs = logs;
        this.pace = pace;
        this.counts = counts;
    }

    /** From {@code place} on; waits until it is hers where it never was. Ends once it is hers no more. */
    Source<Line, NotUsed> lines(String conversation, Place place) {
        return Source.completionStage(logs.look(conversation))
                .flatMapConcat(view -> lines(conversation, logs.conversation(conversation), place, view));
    }

    private Source<Line, NotUsed> lines(String conversation, Log log, Place place, View view) {
        var head = view.seq();
        if (his(view)) {
            return place.begun()
                    ? seen(conversation, place, view.agent().isEmpty(), goesOn(conversation, log, place, head))
                    : latest(log, head)
                            .flatMapConcat(given -> begins(
                                    conversation,
                                    log,
                                    place,
                                    given,
                                    head,
                                    view.agent().isEmpty()));
        }
        if (place.begun()) {
            return head > place.shown() ? goesOn(conversation, log, place, place.proven()) : Source.empty();
        }
        return next(log, head)
                .flatMapConcat(row ->
                        begins(conversation, log, place, Optional.of(row), row.number(), Tenure.offers(row.entry())));
    }

    private boolean his(View view) {
        return Tenure.isOf(agent, view);
    }

    private boolean gives(Row row) {
        return Tenure.gives(row.entry(), agent);
    }

    /** The latest entry that gave it to her; empty where that is long ago. */
    private Source<Optional<Row>, NotUsed> latest(Log log, long head) {
        return log.read(Math.max(0, head - NEAR), head)
                .filter(this::gives)
                .fold(Optional.<Row>empty(), (_, row) -> Optional.of(row));
    }

    /** The entry that gives it to her, once there is one. */
    private Source<Row, NotUsed> next(Log log, long head) {
        return live(log, head).filter(this::gives).take(1);
    }

    private Source<Line, NotUsed> begins(
            String conversation, Log log, Place place, Optional<Row> given, long proven, boolean offered) {
        var first = given.map(List::of).orElse(List.of());
        var from = new Place(place.epoch(), 0, given.map(Row::number).orElse(0L), proven);
        return Source.from(first)
                .mapAsync(
                        1,
                        row -> log.line(row)
                                .thenApply(line -> line.proven(proven).early()))
                .concatLazy(Source.lazySource(
                        () -> seen(conversation, from, offered, goesOn(conversation, log, from, proven))));
    }

    /** What is only offered to her is on record before she reads what was said; that it is offered she learns at once. */
    private Source<Line, NotUsed> seen(String conversation, Place place, boolean offered, Source<Line, NotUsed> lines) {
        return offered
                ? Source.completionStage(logs.seen(conversation, place.shown())).flatMapConcat(_ -> lines)
                : lines;
    }

    private Source<Line, NotUsed> goesOn(String conversation, Log log, Place place, long proven) {
        var tenure = new Tenure(agent, proven, () -> logs.look(conversation));
        return live(log, place.shown())
                .filter(row -> row.number() != place.ahead())
                .mapAsync(
                        1,
                        row -> log.line(row)
                                .thenCombine(
                                        tenure.goesOnAfter(row),
                                        (line, goesOn) -> goesOn ? line.proven(tenure.proven()) : line.end()))
                .takeWhile(line -> !line.last(), true);
    }

    private Source<Row, NotUsed> live(Log log, long after) {
        return Source.fromGraph(new Live(log, after, Long.MAX_VALUE, pace, counts, new Waiting()));
    }
}
