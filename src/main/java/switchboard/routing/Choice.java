package switchboard.routing;

import org.jspecify.annotations.Nullable;
import switchboard.contact.Decision;
import switchboard.contact.Decision.Lost;

/**
 * The agent for a contact: the most proficient where that is asked, then the least flexible, then who is missed least in
 * what else he can do, then the longest idle, then the first by id.
 *
 * @param runnerUp empty: nobody else could
 * @param candidates all who could
 */
record Choice(Agent winner, String runnerUp, Lost lost, int candidates) {

    static Choice only(Agent agent) {
        return agent.alone;
    }

    /** Absent: nobody can. */
    static @Nullable Choice of(Waiter waiter, Bucket bucket, Staff staff) {
        if (waiter.pinned()) {
            var agent = staff.agent(waiter.item.pin().agent());
            return agent != null && bucket.cover.has(agent.slot) && agent.able(bucket.cost) ? only(agent) : null;
        }
        var able = staff.able(bucket.cost);
        return able.isNobody() ? null : new Search(waiter, bucket, staff, able).made();
    }

    /** As it is put on record. */
    Decision decision(long version, Waiter waiter, Bucket bucket) {
        return new Decision(
                version,
                waiter.line.queue.name(),
                waiter.step,
                bucket.asked,
                waiter.parts,
                waiter.pin(),
                candidates,
                winner.id,
                runnerUp,
                lost,
                waiter.excluded());
    }

    private static final class Search {

        private final Waiter waiter;
        private final Bucket bucket;
        private final Staff staff;
        private final Staff.Able able;
        private final boolean excluding;
        private Candidate best = new Candidate();
        private Candidate second = new Candidate();
        private Candidate next = new Candidate();
        private int candidates;

        Search(Waiter waiter, Bucket bucket, Staff staff, Staff.Able able) {
            this.waiter = waiter;
            this.bucket = bucket;
            this.staff = staff;
            this.able = able;
            this.excluding = !waiter.excluded().isEmpty();
        }

        @Nullable Choice made() {
            able.hide(bucket.abilities);
            weighAll();
            var choice = choice();
            able.show(bucket.abilities);
            return choice;
        }

        private void weighAll() {
            var covering = bucket.cover.words;
            var free = able.agents.words;
            for (int word = Math.min(covering.length, free.length) - 1; word >= 0; word--) {
                for (var bits = covering[word] & free[word]; bits != 0; bits &= bits - 1) {
                    weigh((word << 6) + Long.numberOfTrailingZeros(bits));
                }
            }
        }

        private @Nullable Choice choice() {
            if (candidates == 0) {
                return null;
            }
            var winner = staff.agent(best.slot);
            return candidates == 1
                    ? only(winner)
                    : new Choice(winner, staff.agent(second.slot).id, second.lost(best), candidates);
        }

        private void weigh(int slot) {
            if (excluding && waiter.excludes(staff.agent(slot).id)) {
                return;
            }
            candidates++;
            next.is(slot);
            if (candidates == 1 || next.compareTo(best) < 0) {
                var worst = second;
                second = best;
                best = next;
                next = worst;
            } else if (candidates == 2 || next.compareTo(second) < 0) {
                var worst = second;
                second = next;
                next = worst;
            }
        }

        /** One who could; used again for another. */
        private final class Candidate {

            private static final int NOT_COUNTED = -1;

            private int slot;
            private int proficiency;
            private int flexibility;
            private int peers;

            void is(int agent) {
                slot = agent;
                proficiency = bucket.proficiency ? bucket.proficiency(agent) : 0;
                flexibility = staff.flexibility(agent);
                peers = NOT_COUNTED;
            }

            int compareTo(Candidate other) {
                if (proficiency != other.proficiency) {
                    return Integer.compare(other.proficiency, proficiency);
                }
                if (flexibility != other.flexibility) {
                    return Integer.compare(flexibility, other.flexibility);
                }
                if (peers() != other.peers()) {
                    return Integer.compare(other.peers(), peers());
                }
                var longer = Long.compare(staff.idle(slot), staff.idle(other.slot));
                return longer != 0 ? longer : staff.agent(slot).id.compareTo(staff.agent(other.slot).id);
            }

            Lost lost(Candidate winner) {
                if (proficiency != winner.proficiency) {
                    return Lost.PROFICIENCY;
                }
                if (flexibility != winner.flexibility) {
                    return Lost.FLEXIBILITY;
                }
                if (peers() != winner.peers()) {
                    return Lost.SCARCITY;
                }
                return staff.idle(slot) != staff.idle(winner.slot) ? Lost.IDLE : Lost.ID;
            }

            /** How many are free, he too, who have the rarest of what else he has as well as he. */
            private int peers() {
                if (peers == NOT_COUNTED) {
                    peers = Staff.Able.HIDDEN;
                    for (var ability : staff.abilities(slot)) {
                        peers = Math.min(peers, able.peers(ability));
                    }
                }
                return peers;
            }
        }
    }
}
