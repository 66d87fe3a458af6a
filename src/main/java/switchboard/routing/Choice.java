package switchboard.routing;

import org.jspecify.annotations.Nullable;
import switchboard.routing.Decision.Lost;

/**
 * The agent for a contact: the most proficient where that is asked, then the least flexible, then the longest idle, then
 * the first by id.
 *
 * @param runnerUp empty: nobody else could
 * @param candidates all who could
 */
record Choice(Agent winner, String runnerUp, Lost lost, int candidates) {

    static Choice only(Agent agent) {
        return new Choice(agent, "", Lost.ALONE, 1);
    }

    /** Absent: nobody can. */
    static @Nullable Choice of(Waiter waiter, Buckets.Bucket bucket, Staff staff) {
        if (waiter.pinned()) {
            var agent = staff.agent(waiter.item.pin().agent());
            return agent != null && bucket.cover.has(agent.slot) && agent.able(bucket.cost) ? only(agent) : null;
        }
        return new Search(waiter, bucket, staff).among(bucket.cover.words, staff.able(bucket.cost).words);
    }

    private static final class Search {

        private final Waiter waiter;
        private final Buckets.Bucket bucket;
        private final Staff staff;
        private final boolean excluding;
        private int best = -1;
        private int second = -1;
        private int candidates;

        Search(Waiter waiter, Buckets.Bucket bucket, Staff staff) {
            this.waiter = waiter;
            this.bucket = bucket;
            this.staff = staff;
            this.excluding = !waiter.item.excluded().isEmpty();
        }

        @Nullable Choice among(long[] covering, long[] able) {
            for (int word = Math.min(covering.length, able.length) - 1; word >= 0; word--) {
                for (var bits = covering[word] & able[word]; bits != 0; bits &= bits - 1) {
                    weigh((word << 6) + Long.numberOfTrailingZeros(bits));
                }
            }
            if (best < 0) {
                return null;
            }
            return second < 0
                    ? only(staff.agent(best))
                    : new Choice(staff.agent(best), staff.agent(second).id, lost(), candidates);
        }

        private void weigh(int slot) {
            if (excluding && waiter.excludes(staff.agent(slot).id)) {
                return;
            }
            candidates++;
            if (best < 0 || compare(slot, best) < 0) {
                second = best;
                best = slot;
            } else if (second < 0 || compare(slot, second) < 0) {
                second = slot;
            }
        }

        private int compare(int a, int b) {
            if (bucket.proficiency) {
                var more = Integer.compare(bucket.proficiency(b), bucket.proficiency(a));
                if (more != 0) {
                    return more;
                }
            }
            var less = Integer.compare(staff.flexibility(a), staff.flexibility(b));
            if (less != 0) {
                return less;
            }
            var longer = Long.compare(staff.idle(a), staff.idle(b));
            return longer != 0 ? longer : staff.agent(a).id.compareTo(staff.agent(b).id);
        }

        private Lost lost() {
            if (bucket.proficiency && bucket.proficiency(best) != bucket.proficiency(second)) {
                return Lost.PROFICIENCY;
            }
            if (staff.flexibility(best) != staff.flexibility(second)) {
                return Lost.FLEXIBILITY;
            }
            return staff.idle(best) != staff.idle(second) ? Lost.IDLE : Lost.ID;
        }
    }
}
