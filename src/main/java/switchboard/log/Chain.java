package switchboard.log;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Follows a log's rows and says which entries stand. Rows come in the journal's order: by number, then by time of
 * writing. A number may have several rows, since a write of unknown outcome can surface beside a later one.
 *
 * <p>The rule: the branch that goes on stands, so of two entries of one number the one that the next {@code prev} names.
 * Where both end, the one of the later incarnation: it was written by an actor that had looked and not seen the other,
 * so the other had not been acknowledged. Of one incarnation, the earlier row. What does not stand is a stray. A number
 * whose rows all name a predecessor that is not there still gets a standing entry (the first row) and is a break: the
 * conversation must go on, and naming the damage is the audit's work.
 *
 * <p>An entry stands for sure only when a later number, or {@link #finish}, has come; memory is one fork.
 */
public final class Chain {

    /** What becomes of the rows; each is told once, {@code stands} in order of numbers. */
    public interface Sink {
        void stands(Entry entry);

        default void stray(Entry entry) {}

        /** A row that names none of this log, beside one that does: no late write of ours, but put there by somebody. */
        default void alien(Entry entry) {
            stray(entry);
        }

        default void broken(Entry entry) {}
    }

    private final Sink sink;
    private Head settled;
    private long number;
    private List<Branch> open = new ArrayList<>();
    private final List<Entry> orphans = new ArrayList<>();

    /** Follows what comes after {@code base}. */
    public Chain(Head base, Sink sink) {
        this.settled = base;
        this.number = base.seq();
        this.sink = sink;
    }

    /** A chain of which only what stands matters. */
    public static Chain standing(Head base, Consumer<Entry> stands) {
        return new Chain(base, stands::accept);
    }

    /** The next row: {@code number} is the row's, which damage may have made different from the entry's own. */
    public void add(long number, Entry entry) {
        if (number > this.number) {
            complete();
            this.number = number;
        }
        if (open.stream().anyMatch(b -> b.has(entry)) || orphans.contains(entry)) {
            return;
        }
        if (entry.prev().equals(settled.hash())) {
            open.add(Branch.of(entry, number));
            return;
        }
        open.stream()
                .filter(b -> b.names(entry))
                .findFirst()
                .ifPresentOrElse(b -> open.add(b.followedBy(entry, number)), () -> orphans.add(entry));
    }

    /** No row comes any more: what stands is decided, up to the head. */
    public Head finish() {
        complete();
        if (!open.isEmpty()) {
            settle(open.stream().max(BY_RIGHT).orElseThrow());
        }
        return settled;
    }

    /** All rows of the present number have come: branches that end below it are strays, what all share stands. */
    private void complete() {
        if (!orphans.isEmpty()) {
            adoptOrphans();
        }
        var last = open.stream().mapToLong(Branch::last).max().orElse(0);
        var kept = open.stream().filter(b -> b.last == last).toList();
        if (kept.size() == 1) {
            settle(kept.getFirst());
        } else {
            strays(kept);
            open = new ArrayList<>(kept);
        }
    }

    private void adoptOrphans() {
        if (open.stream().noneMatch(b -> b.last == number)) {
            if (!open.isEmpty()) {
                settle(open.stream().max(BY_RIGHT).orElseThrow());
            }
            var first = orphans.removeFirst();
            sink.broken(first);
            open.add(Branch.of(first, number));
        }
        orphans.forEach(sink::alien);
        orphans.clear();
    }

    private void settle(Branch standing) {
        strays(List.of(standing));
        for (var entry : standing.entries) {
            sink.stands(entry);
        }
        settled = new Head(standing.last, standing.entries.getLast().hash());
        open = new ArrayList<>();
    }

    /** Tells of every open entry that is in none of {@code kept}. */
    private void strays(List<Branch> kept) {
        if (open.size() == kept.size()) {
            return;
        }
        var told = new ArrayList<Entry>();
        for (var branch : open) {
            for (var entry : branch.entries) {
                if (kept.stream().noneMatch(b -> b.has(entry)) && !told.contains(entry)) {
                    told.add(entry);
                    sink.stray(entry);
                }
            }
        }
    }

    private static final Comparator<Branch> BY_RIGHT = Comparator.comparingLong(Branch::last)
            .thenComparingLong(b -> b.entries.getLast().writer());

    /** A run of entries, each naming the one before, from the settled head to the number {@code last}. */
    private record Branch(List<Entry> entries, long last) {

        static Branch of(Entry entry, long number) {
            return new Branch(List.of(entry), number);
        }

        boolean has(Entry entry) {
            return entries.contains(entry);
        }

        boolean names(Entry entry) {
            return entries.getLast().hash().equals(entry.prev());
        }

        Branch followedBy(Entry entry, long number) {
            var longer = new ArrayList<>(entries);
            longer.add(entry);
            return new Branch(longer, number);
        }
    }
}
