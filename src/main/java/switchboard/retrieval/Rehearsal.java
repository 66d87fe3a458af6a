package switchboard.retrieval;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import switchboard.retrieval.Shelf.Phrasing;
import switchboard.retrieval.Shelf.Signs;
import switchboard.retrieval.Weights.Evidence;

/**
 * Phrasings asked as if they were not there: what finds their article best, and when an answer is right. Also as if all of their
 * intent were not there, since then no answer is.
 */
final class Rehearsal {

    /** Fewer tell nothing. */
    private static final int FEWEST = 20;

    /** More cost time and tell no more. */
    private static final int MOST = 400;

    /** Of texts looked into, all questions together. */
    private static final int LOOKS = 4_000_000;

    private static final int FIRST = 10;
    private static final int STEPS = 2_000;
    private static final double PACE = .5;

    /** What a share that is farther from the usual one has to be better by. */
    private static final double HOLD = .002;

    /** Of what is asked, so much is not known. */
    private static final double UNKNOWN = .3;

    /** How strongly factors are drawn back to the usual ones, a step. */
    private static final double BACK = .0002;

    private record Trial(Phrasing phrasing, Signs signs) {}

    private record Sample(Evidence evidence, boolean right, double counts) {}

    private final Shelf shelf;
    private final List<Trial> trials;

    private Rehearsal(Shelf shelf, List<Trial> trials) {
        this.shelf = shelf;
        this.trials = trials;
    }

    /** The weights that suit these articles best. */
    static Weights learn(Shelf shelf, Weights usual) throws InterruptedException {
        var texts = Math.max(1, shelf.phrasings().size());
        var rehearsal = of(shelf, Math.clamp(LOOKS / texts, FEWEST, MOST));
        return rehearsal.trials.size() < FEWEST ? usual : rehearsal.certain(rehearsal.ordered(usual));
    }

    /** Where each phrasing finds its article, with these weights: 1 is first, 0 nowhere. */
    static List<Integer> places(Shelf shelf, Weights weights) throws InterruptedException {
        var rehearsal = of(shelf, Integer.MAX_VALUE);
        return rehearsal.trials.stream()
                .map(trial -> rehearsal.place(trial, weights))
                .toList();
    }

    private static Rehearsal of(Shelf shelf, int most) throws InterruptedException {
        var all = shelf.phrasings();
        var count = Math.min(most, all.size());
        var trials = new ArrayList<Trial>(count);
        for (int i = 0; i < count; i++) {
            if (Thread.interrupted()) {
                throw new InterruptedException("no rehearsal");
            }
            var phrasing = all.get((int) ((long) i * all.size() / count));
            trials.add(new Trial(phrasing, shelf.signs(shelf.text(phrasing), shelf.vector(phrasing), phrasing.text())));
        }
        return new Rehearsal(shelf, trials);
    }

    /** Of equal shares the one that is nearest to the usual. */
    private Weights ordered(Weights usual) {
        var best = usual;
        var most = score(usual);
        for (int tenth = 0; tenth <= 10; tenth++) {
            var some = usual.with(tenth / 10.0);
            var score = score(some) - HOLD * Math.abs(some.likeness() - usual.likeness());
            if (score > most) {
                most = score;
                best = some;
            }
        }
        return best;
    }

    /** Mean reciprocal rank. */
    private double score(Weights weights) {
        return trials.stream()
                .mapToInt(trial -> place(trial, weights))
                .mapToDouble(place -> place == 0 ? 0 : 1.0 / place)
                .average()
                .orElse(0);
    }

    private int place(Trial trial, Weights weights) {
        var ranked = shelf.rank(trial.signs(), weights, _ -> true, FIRST);
        var intent = intent(trial.phrasing().article());
        return IntStream.range(0, ranked.size())
                        .filter(i -> intent(ranked.get(i).article()).equals(intent))
                        .findFirst()
                        .orElse(-1)
                + 1;
    }

    private String intent(int article) {
        return shelf.article(article).intent();
    }

    private Weights certain(Weights weights) {
        var samples = new ArrayList<Sample>();
        for (var trial : trials) {
            var intent = intent(trial.phrasing().article());
            add(samples, trial, weights, _ -> true, 1 - UNKNOWN);
            add(samples, trial, weights, article -> !intent(article).equals(intent), UNKNOWN);
        }
        return fitted(weights, samples);
    }

    private void add(List<Sample> samples, Trial trial, Weights weights, IntPredicate allowed, double counts) {
        shelf.rank(trial.signs(), weights, allowed, 1)
                .forEach(first -> samples.add(new Sample(
                        first.evidence(),
                        intent(first.article()).equals(intent(trial.phrasing().article())),
                        counts)));
    }

    /** Logistic regression, held near the usual factors. */
    private static Weights fitted(Weights start, List<Sample> samples) {
        var now = start;
        for (int step = 0; step < STEPS; step++) {
            var change = new double[4];
            for (var sample : samples) {
                var values = Weights.values(sample.evidence());
                var off = sample.counts() * ((sample.right() ? 1 : 0) - now.certainty(values));
                change[0] += off;
                for (int i = 0; i < values.length; i++) {
                    change[i + 1] += off * values[i];
                }
            }
            now = now.moved(change, PACE / samples.size(), start, BACK);
        }
        return now;
    }
}
