package switchboard.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import switchboard.audit.Verdict.Fault;
import switchboard.audit.Verdict.Reason;
import switchboard.journal.Journal.Row;
import switchboard.log.Chain;
import switchboard.log.Entry;
import switchboard.log.Hash;
import switchboard.log.Head;
import switchboard.log.TenantKeys;

/**
 * Walks over a log's rows from genesis and checks each: genuine, in its place, linked to one before, not earlier than
 * that. Which of several good rows of one number stands is left to the {@link Chain}. Memory is two numbers' rows.
 */
final class Walk implements Chain.Sink {

    /** A good row: what a later one may name. */
    private record Link(Hash hash, Instant at) {}

    private final TenantKeys keys;
    private final Collection<Head> recorded;
    private final Chain chain;
    private long number;
    private List<Link> before = List.of();
    private List<Link> here;
    private Optional<Reason> bad = Optional.empty();
    private Optional<Link> loose = Optional.empty();
    private Optional<Link> unlinked = Optional.empty();
    private Optional<Fault> found = Optional.empty();
    private Optional<Fault> inside = Optional.empty();
    private long entries;
    private long late;

    /** Over the log {@code persistenceId}, which must contain the {@code recorded} heads. */
    Walk(String persistenceId, TenantKeys keys, Collection<Head> recorded) {
        var genesis = Head.of(persistenceId);
        this.keys = keys;
        this.recorded = List.copyOf(recorded);
        this.chain = new Chain(genesis, this);
        this.here = List.of(new Link(genesis.hash(), Instant.MIN));
    }

    /** The next row; whether the inside of its entry is to be looked at: it is a good one, new, and none before had a fault. */
    boolean take(Row row) {
        if (row.number() < Math.max(number, 1)) {
            found(row.number(), Reason.MOVED);
        } else if (row.number() > number) {
            next(row.number());
        }
        return found.isEmpty() && good(row.entry()) && inside.isEmpty();
    }

    /** Whether something is wrong; no further row is needed then. */
    boolean ended() {
        return found.isPresent();
    }

    /** What is wrong inside the good entry {@code at}. The walk goes on: an earlier number's fault may show later. */
    void inside(long at, Reason reason) {
        inside = inside.or(() -> Optional.of(new Fault(at, reason)));
    }

    private void found(long at, Reason reason) {
        if (found.isEmpty() || found.get().number() > at) {
            found = Optional.of(new Fault(at, reason));
        }
    }

    /** No row comes any more. */
    Verdict finish() {
        if (found.isEmpty()) {
            close();
        }
        if (found.isEmpty() && unlinked.isPresent()) {
            var known = new Head(number, unlinked.get().hash);
            strayed(number, recorded.contains(known));
        }
        var head = chain.finish();
        if (found.isEmpty() && recorded.stream().anyMatch(h -> h.seq() > head.seq())) {
            found(head.seq() + 1, Reason.TRUNCATED);
        }
        inside.ifPresent(i -> found(i.number(), i.reason()));
        return found.<Verdict>map(fault -> new Verdict.Tampered(fault, entries, head))
                .orElseGet(() -> new Verdict.Valid(entries, head, late));
    }

    @Override
    public void stands(Entry entry) {
        entries++;
        if (recorded.stream().anyMatch(h -> h.seq() == entry.seq() && !h.hash().equals(entry.hash()))) {
            found(entry.seq(), Reason.REPLACED);
        }
    }

    @Override
    public void stray(Entry entry) {
        late++;
    }

    private void next(long to) {
        close();
        if (found.isEmpty() && to > number + 1) {
            unlinked.ifPresentOrElse(_ -> strayed(number, false), () -> found(number + 1, Reason.MISSING));
        }
        before = here;
        here = new ArrayList<>();
        number = to;
    }

    private boolean good(Entry entry) {
        var wrong = wrong(entry);
        if (wrong.isPresent()) {
            bad = bad.or(() -> wrong);
            return false;
        }
        var link = new Link(entry.hash(), entry.at());
        if (here.contains(link)) {
            late++;
            return false;
        }
        var named = before.stream().filter(l -> l.hash.equals(entry.prev())).findFirst();
        if (named.isEmpty()) {
            loose = Optional.of(link);
            return false;
        }
        if (entry.at().isBefore(named.get().at)) {
            bad = Optional.of(Reason.STEPPED_BACK);
        }
        here.add(link);
        chain.add(number, entry);
        return true;
    }

    private Optional<Reason> wrong(Entry entry) {
        if (entry.type().equals(Entry.UNREADABLE)) {
            return Optional.of(Reason.UNREADABLE);
        }
        if (!entry.genuine(keys)) {
            return Optional.of(Reason.CHANGED);
        }
        return entry.seq() == number ? Optional.empty() : Optional.of(Reason.MOVED);
    }

    /** All rows of the present number have come. */
    private void close() {
        if (unlinked.isPresent()) {
            strayed(number - 1, !here.isEmpty());
        } else if (bad.isPresent()) {
            var foreign = bad.get() == Reason.CHANGED || bad.get() == Reason.UNREADABLE;
            found(number, foreign && !here.isEmpty() ? Reason.FORGED : bad.get());
        } else if (loose.isPresent() && !here.isEmpty()) {
            found(number, Reason.UNLINKED);
        } else if (loose.isPresent()) {
            unlinked = loose;
            here = List.of(loose.get());
        }
        loose = Optional.empty();
    }

    /**
     * The one row of {@code at} names none before it. Where it is {@code known} (the next names it, or it was recorded)
     * it belongs here, and what it names is gone; otherwise it came from elsewhere.
     */
    private void strayed(long at, boolean known) {
        if (known && at > 1) {
            found(at - 1, Reason.MISSING);
        } else {
            found(at, Reason.UNLINKED);
        }
    }
}
