package switchboard.bench;

import java.util.List;

/**
 * One row: a figure, taken once or in several rounds.
 *
 * @param part the part that measured it
 * @param unit of the figure, as in {@code ms/event}
 * @param rounds each round's, in their order; never empty
 */
public record Finding(String part, String what, String unit, List<Double> rounds, Goal goal) {

    public Finding {
        rounds = List.copyOf(rounds);
        if (rounds.isEmpty()) {
            throw new IllegalArgumentException("measured nothing: " + what);
        }
    }

    /** The middle round; of two in the middle the worse cannot be told, so the upper. */
    public double median() {
        return rounds.stream().sorted().toList().get(rounds.size() / 2);
    }

    public double least() {
        return rounds.stream().min(Double::compare).orElseThrow();
    }

    public double most() {
        return rounds.stream().max(Double::compare).orElseThrow();
    }

    /** By the median. */
    public boolean reached() {
        return goal.reached(median());
    }
}
