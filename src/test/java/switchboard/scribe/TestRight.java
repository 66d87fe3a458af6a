package switchboard.scribe;

import java.util.concurrent.atomic.AtomicLong;

/** A right that lasts until a test takes it away. */
public final class TestRight implements Right {

    private final AtomicLong last;
    private final AtomicLong looks = new AtomicLong(Long.MAX_VALUE);

    public TestRight() {
        this(1_000);
    }

    /** Incarnations are numbered after {@code before}. */
    public TestRight(long before) {
        last = new AtomicLong(before);
    }

    /** It is there the next {@code times} that it is asked for, and then no more. */
    public void lasts(long times) {
        looks.set(times);
    }

    @Override
    public long next() {
        return last.incrementAndGet();
    }

    @Override
    public boolean held() {
        return looks.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }
}
