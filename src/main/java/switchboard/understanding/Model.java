package switchboard.understanding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import switchboard.learning.Grams;
import switchboard.learning.Linear;
import switchboard.learning.Sharpness;
import switchboard.learning.Softmax;
import switchboard.understanding.Understood.Guess;

/**
 * All that was learned from examples. Never changes; any number of threads may ask it.
 *
 * @param intents ascending
 * @param sharpness what scores are multiplied with to be calibrated
 * @param least scope of what is known
 */
public record Model(List<String> intents, Grams grams, Linear linear, double sharpness, double least) {

    private static final int GUESSES = 5;

    public Understood understand(String message) {
        var text = Text.of(message);
        if (!text.hasWords()) {
            return Understood.NOTHING;
        }
        var scores = scores(text);
        var shares = Softmax.of(scores);
        var scope = Scope.of(scores);
        return new Understood(best(shares), scope, scope >= least);
    }

    private double[] scores(Text text) {
        return Sharpness.scaled(linear.scores(grams.vector(text.folded())), sharpness);
    }

    private List<Guess> best(double[] shares) {
        var guesses = new ArrayList<Guess>();
        IntStream.range(0, shares.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -shares[i]))
                .limit(GUESSES)
                .forEach(i -> guesses.add(new Guess(intents.get(i), shares[i])));
        return guesses;
    }
}
