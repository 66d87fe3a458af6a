package switchboard.deciding;

import java.time.Instant;
import switchboard.wire.Personal;

/** Something that was said in this episode before, or is said now. */
public sealed interface Turn {

    Instant at();

    /** By the customer. */
    record Said(Personal text, Instant at) implements Turn {}

    /**
     * By the bot.
     *
     * @param article that it answered from; empty: it asked back
     * @param confidence of what it had understood, 0 to 1
     */
    record Replied(String article, double confidence, Instant at) implements Turn {

        boolean askedBack() {
            return article.isEmpty();
        }
    }
}
