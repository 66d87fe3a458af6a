package switchboard.play;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import switchboard.invariants.Json;
import switchboard.play.Dialogue.Turn;

/**
 * Where dialogues come from: our own, or a folder of the STAR corpus' files ({@code *.jsonl.gz}, one dialogue a line,
 * {@code events} of {@code g} = U or A, {@code a} = utter or pick_suggestion, {@code x} = text). Read one at a time.
 */
final class Dialogues {

    private static final List<String> OWN = List.of("/dialogues/de.txt", "/dialogues/en.txt");
    private static final Set<String> SAID = Set.of("utter", "pick_suggestion");
    private static final int LONGEST = 16_384;

    /** Takes them as they come. */
    interface Reader {
        void take(Dialogue dialogue) throws IOException, InterruptedException;
    }

    /** Can be read again and again. */
    interface Source {
        void read(Reader reader) throws IOException, InterruptedException;
    }

    /** What is to be played, as often as it is to be played. */
    static Source of(Options options) {
        var all =
                options.dialogues().<Source>map(f -> reader -> star(f, reader)).orElse(Dialogues::own);
        return reader -> {
            for (int time = 0; time < options.times(); time++) {
                var number = new AtomicLong();
                all.read(dialogue -> {
                    if (falls(number.getAndIncrement(), options.share())) {
                        reader.take(options.agent() ? dialogue : dialogue.monologue());
                    }
                });
            }
        };
    }

    /** Whether number {@code n} belongs to an evenly spread {@code share}. */
    private static boolean falls(long n, double share) {
        return Math.floor((n + 1) * share) > Math.floor(n * share);
    }

    private static void own(Reader reader) throws IOException, InterruptedException {
        for (var name : OWN) {
            var resource = Objects.requireNonNull(Dialogues.class.getResourceAsStream(name), name);
            try (var lines = new BufferedReader(new InputStreamReader(resource, UTF_8))) {
                paragraphs(lines, reader);
            }
        }
    }

    /** {@code # name channel}, then turns: {@code C} or {@code A}, a blank, the text. A blank line ends a dialogue. */
    private static void paragraphs(BufferedReader lines, Reader reader) throws IOException, InterruptedException {
        var title = "";
        var turns = new ArrayList<Turn>();
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("# ")) {
                title = line.substring(2);
            } else if (!line.isBlank()) {
                turns.add(new Turn(line.startsWith("C "), line.substring(2)));
            } else {
                tell(title, turns, reader);
            }
        }
        tell(title, turns, reader);
    }

    private static void tell(String title, List<Turn> turns, Reader reader) throws IOException, InterruptedException {
        if (!turns.isEmpty()) {
            var words = title.split(" ", 2);
            reader.take(new Dialogue(words[0], words[1], turns));
            turns.clear();
        }
    }

    private static void star(Path folder, Reader reader) throws IOException, InterruptedException {
        List<Path> parts;
        try (var files = Files.list(folder)) {
            parts = files.filter(f -> f.toString().endsWith(".jsonl.gz"))
                    .sorted()
                    .toList();
        }
        if (parts.isEmpty()) {
            throw new IOException(folder + " has no *.jsonl.gz");
        }
        for (var part : parts) {
            try (var lines =
                    new BufferedReader(new InputStreamReader(new GZIPInputStream(Files.newInputStream(part)), UTF_8))) {
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    reader.take(star(line));
                }
            }
        }
    }

    /** One line; what was said is cut at the contract's limit. */
    private static Dialogue star(String line) {
        var json = Json.read(line);
        var turns = new ArrayList<Turn>();
        for (var event : json.path("events")) {
            var text = event.path("x").asText();
            if (said(event) && !text.isBlank()) {
                turns.add(new Turn(event.path("g").asText().equals("U"), cut(text)));
            }
        }
        return new Dialogue("star-" + json.path("id").asText(), "chat", turns);
    }

    private static boolean said(JsonNode event) {
        return SAID.contains(event.path("a").asText())
                && Set.of("U", "A").contains(event.path("g").asText());
    }

    private static String cut(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST));
    }

    private Dialogues() {}
}
