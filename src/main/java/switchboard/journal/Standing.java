package switchboard.journal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import switchboard.log.Chain;
import switchboard.log.Entry;
import switchboard.log.Head;

/** Turns rows into those that stand, each when it is known to; a {@link Chain} that is taken up at any number. */
final class Standing {

    private final String persistenceId;
    private final long first;
    private final Deque<Journal.Row> undecided = new ArrayDeque<>();
    private final List<Journal.Row> decided = new ArrayList<>();
    private Optional<Chain> chain = Optional.empty();
    private long last = Long.MIN_VALUE;

    /** Of the rows from the number {@code first} on. */
    Standing(String persistenceId, long first) {
        this.persistenceId = persistenceId;
        this.first = first;
    }

    /** What stands now that {@code row} has come; a row out of order (somebody moved it) never does. */
    List<Journal.Row> after(Journal.Row row) {
        if (row.number() < last) {
            return List.of();
        }
        last = row.number();
        var following = chain.orElseGet(() -> Chain.standing(base(row), this::stands));
        chain = Optional.of(following);
        undecided.add(row);
        following.add(row.number(), row.entry());
        return taken();
    }

    /** What stands now that no row comes any more. */
    List<Journal.Row> end() {
        chain.ifPresent(Chain::finish);
        return taken();
    }

    /** Before number 1 is genesis; elsewhere what the first row names has to be believed. */
    private Head base(Journal.Row row) {
        return first == 1
                ? Head.of(persistenceId)
                : new Head(row.number() - 1, row.entry().prev());
    }

    /** Rows before the one that stands are strays: they come in the order of numbers, and so does what stands. */
    private void stands(Entry entry) {
        var row = undecided.remove();
        while (!row.entry().equals(entry)) {
            row = undecided.remove();
        }
        decided.add(row);
    }

    private List<Journal.Row> taken() {
        var rows = List.copyOf(decided);
        decided.clear();
        return rows;
    }
}
