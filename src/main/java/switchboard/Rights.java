package switchboard;

import java.util.concurrent.atomic.AtomicLong;
import switchboard.cluster.Lease;
import switchboard.scribe.Right;

/** What follows from the lease for those who write. */
final class Rights implements Right {

    /** Incarnations are numbered through a term, and after every earlier one's. */
    private static final long INCARNATIONS = 1_000_000_000L;

    private final Lease lease;
    private final AtomicLong last = new AtomicLong();

    Rights(Lease lease) {
        this.lease = lease;
    }

    /** An actor begins after its shard, and the shard after a term was taken for it. */
    @Override
    public long next() {
        var least = lease.term() * INCARNATIONS;
        return last.updateAndGet(it -> Math.max(it, least) + 1);
    }

    @Override
    public boolean held() {
        return lease.held();
    }
}
