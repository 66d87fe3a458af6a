package switchboard.understanding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import switchboard.judgement.Mix;
import switchboard.judgement.Scope;
import switchboard.judgement.Softmax;
import switchboard.learning.Grams;
import switchboard.learning.Linear;
import switchboard.likeness.Kernel;
import switchboard.understanding.Understood.Guess;

/**
 * All that was learned from examples. Never changes.
 *
 * @param intents ascending
 * @param least scope of what is known
 */
public record Model(
        List<String> intents, Grams grams, Linear linear, Kernel kernel, Mix mix, Scope scope, double least) {

    private static final int GUESSES = 5;

    Understood understand(Text text, float[] vector) {
        var words = linear.scores(grams.vector(text.folded()));
        var like = kernel.like(vector);
        var shares = Softmax.of(mix.of(words, like.scores()));
        var sure = scope.of(words, like, mix);
        return new Understood(best(shares), sure, sure >= least);
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
