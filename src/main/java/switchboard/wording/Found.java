package switchboard.wording;

import java.util.List;

/**
 * Something that a message says in so many words.
 *
 * @param topic of the grammar, such as {@code person}
 * @param phrase the rule that found it, by its name in the grammar
 * @param words those that were recognised, as the grammar spells them: never what only the customer wrote
 */
public record Found(String topic, String phrase, List<String> words) {

    public Found {
        words = List.copyOf(words);
    }
}
