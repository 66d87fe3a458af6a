package switchboard.bot;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import switchboard.article.BuiltIn;
import switchboard.conversation.Bot;
import switchboard.deciding.Turn;
import switchboard.encoding.Sentences;
import switchboard.event.Talk;
import switchboard.log.Json;
import switchboard.retrieval.Search;
import switchboard.retrieval.Search.Kept;
import switchboard.retrieval.Vectors;
import switchboard.versions.Minds;
import switchboard.wire.Personal;

/**
 * {@code mvn -B test-compile exec:exec@cost -Ddialogues=FOLDER [-Devery=1]}: what a message costs the program's own bot, as CPU of one thread, over
 * what the customers of STAR wrote. First as it happens: what is written once a person has the conversation costs the bot nothing. Then
 * each message as a question of its own.
 */
final class CostOfMessages {

    private static final int LOOK_MILLIS = 200;
    private static final String TENANT = "local";

    public static void main(String[] args) throws IOException, InterruptedException {
        var dialogues = every(customers(Path.of(System.getProperty("dialogues", ""))));
        var folder = Files.createTempDirectory("cost");
        try (var sentences = Sentences.load();
                var minds = new Minds(folder, sentences, 2, InstantSource.system())) {
            var school = School.local(minds, List.of(TENANT));
            var start = System.nanoTime();
            var articles =
                    BuiltIn.articles().stream().map(it -> new Kept(it, 0)).toList();
            school.teach(TENANT, "0", Search.of(articles, new Vectors(sentences)));
            wait(() -> school.mind(TENANT).orElseThrow().wits() instanceof Mind.Wits.Trained);
            System.out.printf(Locale.ROOT, "learned in %.1f s%n", (System.nanoTime() - start) / 1e9);
            wait(() -> !school.mind(TENANT).orElseThrow().wishes().version().isEmpty());
            System.out.printf(Locale.ROOT, "with wishes in %.1f s%n", (System.nanoTime() - start) / 1e9);
            var mind = school.mind(TENANT).orElseThrow();
            new Tally("as it happens").measure(mind, dialogues);
            new Tally("each alone")
                    .measure(
                            mind,
                            dialogues.stream()
                                    .flatMap(List::stream)
                                    .map(List::of)
                                    .toList());
        }
    }

    private interface Condition {
        boolean holds();
    }

    private static void wait(Condition condition) throws InterruptedException {
        while (!condition.holds()) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    /** Of all dialogues, in order. */
    private static final class Tally {

        private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        private final String name;
        private final List<Long> all = new ArrayList<>();
        private final List<Long> answered = new ArrayList<>();
        private int asked;
        private int handedOver;
        private int afterwards;

        Tally(String name) {
            this.name = name;
        }

        void measure(Mind mind, List<List<String>> dialogues) {
            dialogues.forEach(dialogue -> measure(mind, dialogue, new ArrayList<>(), new ArrayList<>()));
            System.out.printf(
                    Locale.ROOT,
                    "%s: %d messages: answered %d, asked back %d, handed over %d, written to a person %d%n",
                    name,
                    all.size(),
                    answered.size(),
                    asked,
                    handedOver,
                    afterwards);
            report("all", all);
            report("answered", answered);
        }

        private void measure(Mind mind, List<String> dialogue, List<Turn> turns, List<String> languages) {
            for (int i = 0; i < dialogue.size(); i++) {
                var at = InstantSource.system().instant();
                turns.add(new Turn.Said(new Personal(dialogue.get(i)), at));
                var start = threads.getCurrentThreadCpuTime();
                var word = word(mind, i + 1, turns, languages);
                var nanos = threads.getCurrentThreadCpuTime() - start;
                all.add(nanos);
                switch (word) {
                    case Bot.Reply it -> {
                        languages.add(it.decided().language());
                        replied(it, turns, nanos);
                    }
                    case Bot.HandOver _, Bot.Later _, Bot.Nothing _ -> {
                        handedOver++;
                        var left = dialogue.size() - i - 1;
                        afterwards += left;
                        all.addAll(Collections.nCopies(left, 0L));
                        return;
                    }
                }
            }
        }

        private void replied(Bot.Reply it, List<Turn> turns, long nanos) {
            if (it.decided().action().equals("answer")) {
                answered.add(nanos);
                turns.add(new Turn.Replied(
                        it.decided().sources().getFirst(), it.decided().confidence(), now()));
            } else {
                asked++;
                turns.add(new Turn.Replied("", it.decided().confidence(), now()));
            }
        }
    }

    private static Instant now() {
        return InstantSource.system().instant();
    }

    private static void report(String name, List<Long> nanos) {
        var sorted = nanos.stream().mapToLong(it -> it).sorted().toArray();
        System.out.printf(
                Locale.ROOT,
                "%-9s mean %.2f ms, p50 %.2f, p90 %.2f, p99 %.2f%n",
                name,
                Arrays.stream(sorted).average().orElse(Double.NaN) / 1e6,
                at(sorted, .5),
                at(sorted, .9),
                at(sorted, .99));
    }

    private static double at(long[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) (sorted.length * share)] / 1e6;
    }

    private static Bot.Word word(Mind mind, int said, List<Turn> turns, List<String> languages) {
        var talk = new Talk(Talk.MOST, List.of(), 0, said, 0, said > 1, false, false);
        var question = new Bot.Question(TENANT, "cost", 1, said, "chat", "", "", talk, now());
        return mind.word(new Dialogue(question, 1, turns, languages));
    }

    private static List<List<String>> every(List<List<String>> messages) {
        var some = new ArrayList<List<String>>();
        for (int i = 0; i < messages.size(); i += Integer.getInteger("every", 1)) {
            some.add(messages.get(i));
        }
        return some;
    }

    private static List<List<String>> customers(Path folder) throws IOException {
        var said = new ArrayList<List<String>>();
        try (var files = Files.list(folder)) {
            for (var file : files.filter(it -> it.toString().endsWith(".jsonl.gz"))
                    .sorted()
                    .toList()) {
                try (var in = new GZIPInputStream(Files.newInputStream(file))) {
                    for (var line : new String(in.readAllBytes(), UTF_8).lines().toList()) {
                        said.add(customer(line));
                    }
                }
            }
        }
        return said;
    }

    private static List<String> customer(String line) throws IOException {
        var said = new ArrayList<String>();
        for (var event : Json.MAPPER.readTree(line).path("events")) {
            var text = event.path("x").asText();
            if (event.path("g").asText().equals("U") && event.path("a").asText().equals("utter") && !text.isBlank()) {
                said.add(text);
            }
        }
        return said;
    }

    private CostOfMessages() {}
}
