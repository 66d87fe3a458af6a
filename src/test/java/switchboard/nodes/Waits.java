package switchboard.nodes;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** How long customers waited for their acknowledgements. */
record Waits(List<Said> all) {

    /** Who waits longer has noticed. */
    private static final double NOTICED = 1;

    /** What is begun so long after a fault has other reasons. */
    private static final long OF_FAULT = TimeUnit.SECONDS.toNanos(30);

    /** A message of {@code customer}, from its first attempt until it was acknowledged, by the monotonic clock. */
    record Said(int customer, long from, long until) {

        double seconds() {
            return (until - from) / 1e9;
        }
    }

    /** The longest that one message waited, of those under way since {@code moment}. */
    double longest(long moment) {
        return since(moment).mapToDouble(Said::seconds).max().orElse(0);
    }

    /** After how many seconds those customers were answered again who noticed anything at {@code fault}, the shortest first. */
    List<Double> recovered(long fault) {
        return since(fault)
                .filter(it -> it.seconds() > NOTICED && it.from() < fault + OF_FAULT)
                .map(it -> (it.until() - fault) / 1e9)
                .sorted()
                .toList();
    }

    /** Who was answered something that he began to say after {@code moment}. */
    long answered(long moment) {
        return since(moment)
                .filter(it -> it.from() > moment)
                .map(Said::customer)
                .distinct()
                .count();
    }

    private Stream<Said> since(long moment) {
        return all.stream().filter(it -> it.until() > moment);
    }
}
