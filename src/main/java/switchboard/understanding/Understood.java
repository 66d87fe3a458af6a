package switchboard.understanding;

import java.util.List;

/**
 * What a message was understood as, with the evidence.
 *
 * @param guesses the likeliest first, at most five; empty: there are no words in it
 * @param scope how surely it is something that is known, 0 to 1
 * @param known whether {@code scope} is enough
 */
public record Understood(List<Guess> guesses, double scope, boolean known) {

    static final Understood NOTHING = new Understood(List.of(), 0, false);

    /** An intent; its confidence is calibrated: of guesses with .8, eight in ten are right. */
    public record Guess(String intent, double confidence) {}

    public Understood {
        guesses = List.copyOf(guesses);
    }

    /** The likeliest intent; {@link Example#NONE} if it is none that is known. */
    public String intent() {
        return known && !guesses.isEmpty() ? guesses.getFirst().intent() : Example.NONE;
    }
}
