package switchboard.scribe;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What followers have not confirmed, by topic. One thing at a time and topic: a topic that changes meanwhile is told once
 * more, as it is then.
 */
public final class Untold<T> {

    private final Map<T, Long> untold = new LinkedHashMap<>();
    private final Set<T> telling = new HashSet<>();

    /** The topic is to be told as of number {@code seq}. */
    public void add(T topic, long seq) {
        untold.put(topic, seq);
    }

    /** Those to be told now; each is being told from here on. */
    public List<T> next() {
        return untold.keySet().stream().filter(telling::add).toList();
    }

    /** It was told as of {@code seq}, confirmed or not ({@code well}); whether there is more to tell of it at once. */
    public boolean heard(T topic, long seq, boolean well) {
        telling.remove(topic);
        if (well && untold.getOrDefault(topic, 0L) <= seq) {
            untold.remove(topic);
        }
        return well && untold.containsKey(topic);
    }

    public boolean isEmpty() {
        return untold.isEmpty();
    }
}
