package switchboard.http;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import switchboard.security.Principal;

/**
 * So many requests a second and caller, with one second's worth at once. A request of many events is let in like any other
 * and pays for them as they are read: then its caller is in debt, and turned away until it is paid. Only callers of the last
 * moment are remembered, and of those at most 10,000: more are let through.
 */
public final class Rates {

    /** A caller is over its rate and may come again after {@code retryAfter}. Has no stack trace. */
    public static final class Exceeded extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final int rate;
        private final Duration retryAfter;

        Exceeded(int rate, Duration retryAfter) {
            super("over the rate", null, false, false);
            this.rate = rate;
            this.retryAfter = retryAfter;
        }

        /** A second. */
        public int rate() {
            return rate;
        }

        /** Over zero. */
        public Duration retryAfter() {
            return retryAfter;
        }
    }

    private static final int REMEMBERED = 10_000;
    private static final long SECOND = 1_000_000_000L;

    private record Name(String tenant, String id) {}

    /** When each would have paid for all that it has had. */
    private final ConcurrentHashMap<Name, Long> paidBy = new ConcurrentHashMap<>();

    private final LongAdder refused = new LongAdder();
    private final int rate;
    private final LongSupplier nanos;

    /** {@code nanos} is a monotonic clock. */
    public Rates(int rate, LongSupplier nanos) {
        if (rate < 1) {
            throw new IllegalArgumentException("a rate is at least 1 a second");
        }
        this.rate = rate;
        this.nanos = nanos;
    }

    /** Lets one request through, or throws {@link Exceeded}. */
    public void admit(Principal caller) {
        var now = nanos.getAsLong();
        var over = charge(caller, now, 1, true) - now - SECOND;
        if (over > 0) {
            refused.increment();
            throw new Exceeded(rate, Duration.ofNanos(over));
        }
    }

    /** Charges for so many events. */
    public void pay(Principal caller, int events) {
        charge(caller, nanos.getAsLong(), events, false);
    }

    /** How many were turned away so far. */
    public long refused() {
        return refused.sum();
    }

    /** Of whom something is known. */
    int remembered() {
        return paidBy.size();
    }

    /** By when all is paid, this included; {@code orNot}: who is over its rate already is not charged. */
    private long charge(Principal caller, long now, int events, boolean orNot) {
        var cost = events * SECOND / rate;
        if (paidBy.size() >= REMEMBERED) {
            paidBy.values().removeIf(by -> by - now <= 0);
        }
        var name = new Name(caller.tenant(), caller.id());
        if (paidBy.size() >= REMEMBERED && !paidBy.containsKey(name)) {
            return now;
        }
        var until = new long[1];
        paidBy.compute(name, (_, before) -> {
            var from = before == null || before - now < 0 ? now : before;
            until[0] = from + cost;
            return orNot && until[0] - now > SECOND ? from : until[0];
        });
        return until[0];
    }
}
