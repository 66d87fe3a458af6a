package switchboard.knowledge;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What is counted here. */
public final class Counts {

    final AtomicLong articles = new AtomicLong();
    final LongAdder built = new LongAdder();
    final LongAdder failed = new LongAdder();
    final AtomicLong nanos = new AtomicLong();

    /** Of all tenants, in force on this node. */
    public long articles() {
        return articles.get();
    }

    /** Indexes that were built. */
    public long built() {
        return built.sum();
    }

    /** Versions that could not be read or built; what was in force stayed so. */
    public long failed() {
        return failed.sum();
    }

    /** What the last one took. */
    public double seconds() {
        return nanos.get() / 1e9;
    }
}
