package switchboard.custody;

import java.util.List;

/**
 * When an agent was there, by her own word, as the program acknowledged it.
 *
 * @param able she was available, and her stream was up
 * @param away she was not available, from the answer that said so until she asked to be again
 */
public record Shift(Worker worker, List<Span> able, List<Span> away) {
    public Shift {
        able = List.copyOf(able);
        away = List.copyOf(away);
    }
}
