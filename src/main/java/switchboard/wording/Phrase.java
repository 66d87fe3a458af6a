package switchboard.wording;

import java.util.BitSet;
import java.util.List;

/**
 * A sequence of words, one of a set at each step. All its readings advance together, so that each word costs at most one look a step,
 * whatever was read before.
 *
 * @param name of the rule
 */
record Phrase(String topic, String name, Kind kind, List<Step> steps) {

    /** What a match means. */
    enum Kind {
        /** The words of it are no longer looked at. */
        MASK,
        /** It says so. */
        ASK,
        /** What it shares words with does not say so. */
        UNLESS,
        /** It says so, whatever else. */
        ALWAYS
    }

    static final int MOST = 60;

    /**
     * @param accepts numbers of words
     * @param optional may be left out
     * @param loop may come again
     */
    record Step(BitSet accepts, boolean optional, boolean loop) {}

    boolean beginsWith(int word) {
        for (var step : steps) {
            if (step.accepts().get(word)) {
                return true;
            }
            if (!step.optional()) {
                return false;
            }
        }
        return false;
    }

    /** One that is being looked for in one message. */
    static final class Search {

        private final List<Step> steps;
        private long active;
        private int[] from;
        private int[] spare;
        private int looks;

        Search(Phrase phrase) {
            steps = phrase.steps();
            from = new int[steps.size() + 1];
            spare = new int[steps.size() + 1];
        }

        /** Where the shortest match begins that ends with this word; -1 if none does. */
        int next(int word, int at) {
            enter(0, at);
            var before = active;
            var begun = from;
            from = spare;
            spare = begun;
            active = 0;
            for (int i = 0; i < steps.size(); i++) {
                if ((before >>> i & 1) != 0) {
                    look(i, begun[i], word);
                }
            }
            return (active >>> steps.size() & 1) == 0 ? -1 : from[steps.size()];
        }

        boolean idle() {
            return active == 0;
        }

        int looks() {
            return looks;
        }

        private void look(int i, int start, int word) {
            looks++;
            if (steps.get(i).accepts().get(word)) {
                if (steps.get(i).loop()) {
                    enter(i, start);
                }
                enter(i + 1, start);
            }
        }

        /** With all that follows what may be left out. Of two readings the later begun is kept. */
        private void enter(int first, int start) {
            int state = first;
            while (true) {
                if ((active >>> state & 1) == 0 || from[state] < start) {
                    from[state] = start;
                }
                active |= 1L << state;
                if (state == steps.size() || !steps.get(state).optional()) {
                    return;
                }
                state++;
            }
        }
    }
}
