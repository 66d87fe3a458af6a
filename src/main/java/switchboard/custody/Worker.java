package switchboard.custody;

import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import switchboard.plan.Cost;

/**
 * An agent as those who manage her have put her.
 *
 * @param skills with their levels
 * @param voice units for what needs the whole person; the most that she had, if it was changed: what she still held when
 *     it was lowered is no fault of the system's. Likewise {@code chat}, for what can be interrupted
 */
public record Worker(
        String agent,
        SortedMap<String, Integer> skills,
        Set<String> languages,
        Set<String> queues,
        int voice,
        int chat) {

    public Worker {
        skills = Collections.unmodifiableSortedMap(new TreeMap<>(skills));
        languages = Set.copyOf(languages);
        queues = Set.copyOf(queues);
    }

    int units(Cost.Pool pool) {
        return switch (pool) {
            case VOICE -> voice;
            case INTERRUPTIBLE -> chat;
        };
    }
}
