package switchboard.understanding;

import java.util.ArrayList;
import java.util.List;
import switchboard.learning.Asked;
import switchboard.learning.Grams;
import switchboard.learning.Linear;
import switchboard.learning.Sharpness;
import switchboard.learning.Watch;
import switchboard.understanding.Training.Reason;

/**
 * Makes models from examples, on the caller's thread. The same examples, in whatever order, give the same model. Ends early where the
 * thread is interrupted.
 */
public final class Trainer {

    private static final int FOLDS = 3;

    /** With fewer in-scope examples than this nothing can be measured on parts. */
    private static final int FEWEST = 20;

    private static final double SHARPNESS = 4;
    private static final double LEAST = .3;

    /** In scope, of a hundred that are: so many may be taken for something else. */
    private static final double LOST = .03;

    public static Training train(List<Example> given, Watch watch) throws InterruptedException {
        var examples = Examples.of(given);
        if (examples.intents().size() > Examples.MOST_INTENTS || examples.labels().length > Examples.MOST) {
            return new Training.Refused(Reason.TOO_MANY);
        }
        if (examples.intents().size() < 2) {
            return new Training.Refused(examples.intents().isEmpty() ? Reason.NO_EXAMPLES : Reason.ONE_INTENT);
        }
        var asked = asked(examples, watch);
        var sharpness = asked.size() < FEWEST ? SHARPNESS : Sharpness.of(asked);
        var least = asked.size() < FEWEST ? LEAST : least(asked, sharpness);
        var known = known(examples);
        var grams = Grams.of(folded(known));
        var linear = linear(known, grams, watch);
        watch.step("done", 1, 1);
        return new Training.Trained(new Model(examples.intents(), grams, linear, sharpness, least), examples.notes());
    }

    /** Each in-scope example is asked about once, if its intent has others. */
    private static List<Asked> asked(Examples examples, Watch watch) throws InterruptedException {
        var folds = Folds.of(examples, FOLDS);
        var asked = new ArrayList<Asked>();
        for (int part = 0; part < FOLDS; part++) {
            var taught = known(examples.only(folds.without(part)));
            var seen = new boolean[examples.intents().size()];
            for (var label : taught.labels()) {
                seen[label] = true;
            }
            var grams = Grams.of(folded(taught));
            var linear = linear(taught, grams, watch);
            var rest = known(examples.only(folds.in(part)));
            for (int i = 0; i < rest.labels().length; i++) {
                if (seen[rest.labels()[i]]) {
                    asked.add(new Asked(
                            linear.scores(grams.vector(rest.texts().get(i).folded())), rest.labels()[i]));
                }
            }
        }
        return asked;
    }

    private static Linear linear(Examples known, Grams grams, Watch watch) throws InterruptedException {
        var vectors = folded(known).stream().map(grams::vector).toList();
        return Linear.train(vectors, known.labels(), known.intents().size(), grams.size(), watch);
    }

    private static List<String> folded(Examples examples) {
        return examples.texts().stream().map(Text::folded).toList();
    }

    private static Examples known(Examples examples) {
        var places = new ArrayList<Integer>();
        for (int i = 0; i < examples.labels().length; i++) {
            if (examples.labels()[i] != Examples.NONE) {
                places.add(i);
            }
        }
        return examples.only(places.stream().mapToInt(i -> i).toArray());
    }

    private static double least(List<Asked> asked, double sharpness) {
        var scopes = asked.stream()
                .mapToDouble(one -> Scope.of(Sharpness.scaled(one.scores(), sharpness)))
                .sorted()
                .toArray();
        return scopes[(int) (scopes.length * LOST)];
    }

    private Trainer() {}
}
