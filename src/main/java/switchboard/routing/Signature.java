package switchboard.routing;

import java.util.List;
import org.jspecify.annotations.Nullable;
import switchboard.plan.Cost;
import switchboard.plan.Need;

/**
 * What is asked for, as its bucket is found again. One is made and looked up for every contact, so both ways of comparing go
 * without iterators.
 *
 * @param own what the contact needs besides its queue's needs
 * @param language empty where none is asked
 */
record Signature(String queue, int step, List<Need> own, String language, Cost cost) {

    @Override
    public int hashCode() {
        var hash = 31 * (31 * queue.hashCode() + language.hashCode()) + 31 * step + cost.units();
        for (int i = 0; i < own.size(); i++) {
            hash = 31 * hash + own.get(i).skill().hashCode() + own.get(i).level();
        }
        return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Signature it
                && step == it.step
                && own.size() == it.own.size()
                && queue.equals(it.queue)
                && language.equals(it.language)
                && cost.equals(it.cost)
                && hasNeeds(it.own);
    }

    /** Of as many. */
    private boolean hasNeeds(List<Need> others) {
        for (int i = 0; i < others.size(); i++) {
            if (!own.get(i).equals(others.get(i))) {
                return false;
            }
        }
        return true;
    }
}
