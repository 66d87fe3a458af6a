package switchboard.understanding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import switchboard.understanding.Training.Note;

/**
 * Examples as training takes them: each text once, in an order that does not depend on theirs.
 * Intents ascend; a label is a place among them, or {@link #NONE}.
 */
final class Examples {

    private final List<Text> texts;
    private final int[] labels;
    private final List<String> intents;
    private final List<Note> notes;

    Examples(List<Text> texts, int[] labels, List<String> intents, List<Note> notes) {
        this.texts = texts;
        this.labels = labels;
        this.intents = intents;
        this.notes = notes;
    }

    static final int NONE = -1;
    static final int MOST = 200_000;
    static final int MOST_INTENTS = 2_000;

    /** What has an intent. */
    Examples known() {
        return only(
                IntStream.range(0, labels.length).filter(i -> labels[i] != NONE).toArray());
    }

    /** What has none. */
    Examples unknown() {
        return only(
                IntStream.range(0, labels.length).filter(i -> labels[i] == NONE).toArray());
    }

    /** With the intents' names as examples of them: "card_arrival" says something of what it is about. */
    Examples named() {
        var all = new ArrayList<>(texts);
        var theirs = new ArrayList<>(Arrays.stream(labels).boxed().toList());
        for (int intent = 0; intent < intents.size(); intent++) {
            var name = Text.of(
                    intents.get(intent).replaceAll("[^\\p{L}\\p{N}]+", " ").toLowerCase(Locale.ROOT));
            if (name.hasWords() && !all.contains(name)) {
                all.add(name);
                theirs.add(intent);
            }
        }
        return new Examples(all, theirs.stream().mapToInt(i -> i).toArray(), intents, notes);
    }

    /** As many of each intent as there may be for {@code most} in all. */
    Examples evenly(int most) {
        var each = labels.length;
        while (count(each) > most) {
            each--;
        }
        var counts = new int[intents.size()];
        var limit = each;
        return only(IntStream.range(0, labels.length)
                .filter(i -> counts[labels[i]]++ < limit)
                .toArray());
    }

    private int count(int each) {
        var counts = new int[intents.size()];
        return (int)
                Arrays.stream(labels).filter(label -> counts[label]++ < each).count();
    }

    /** The same, without what is not chosen; intents stay. */
    Examples only(int... places) {
        var some = Arrays.stream(places).mapToObj(texts::get).toList();
        var theirs = Arrays.stream(places).map(place -> labels[place]).toArray();
        return new Examples(some, theirs, intents, List.of());
    }

    static Examples of(List<Example> given) {
        var notes = new ArrayList<Note>();
        var said = new TreeMap<String, TreeMap<String, Integer>>();
        for (var example : given) {
            var text = Text.of(example.text());
            if (text.hasWords()) {
                said.computeIfAbsent(text.plain(), _ -> new TreeMap<>()).merge(example.intent(), 1, Integer::sum);
            } else {
                notes.add(new Note(Note.Kind.WITHOUT_WORDS, example.intent(), text.plain()));
            }
        }
        var meant = new LinkedHashMap<String, String>();
        said.forEach((text, intents) -> {
            meant.put(text, most(intents));
            intents.keySet().stream()
                    .filter(_ -> intents.size() > 1)
                    .forEach(intent -> notes.add(new Note(Note.Kind.CONTRADICTORY, intent, text)));
        });
        return labelled(meant, notes);
    }

    private static String most(Map<String, Integer> intents) {
        return Collections.max(intents.entrySet(), Comparator.comparingInt(e -> e.getValue() * MOST_INTENTS))
                .getKey();
    }

    private static Examples labelled(Map<String, String> meant, List<Note> notes) {
        var names = new TreeSet<>(meant.values());
        names.remove(Example.NONE);
        var intents = List.copyOf(names);
        var texts = meant.keySet().stream().map(Text::new).toList();
        var labels = meant.values().stream()
                .mapToInt(intent -> Math.max(NONE, Collections.binarySearch(intents, intent)))
                .toArray();
        var counts = new int[intents.size()];
        for (var label : labels) {
            if (label != NONE) {
                counts[label]++;
            }
        }
        for (int intent = 0; intent < counts.length; intent++) {
            if (counts[intent] == 1) {
                notes.add(new Note(Note.Kind.ONE_EXAMPLE, intents.get(intent), ""));
            }
        }
        return new Examples(texts, labels, intents, List.copyOf(notes));
    }

    List<Text> texts() {
        return texts;
    }

    int[] labels() {
        return labels;
    }

    List<String> intents() {
        return intents;
    }

    List<Note> notes() {
        return notes;
    }
}
