package switchboard.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import switchboard.article.Article;
import switchboard.article.BuiltIn;
import switchboard.article.Markdown;
import switchboard.encoding.Encoder;
import switchboard.request.Problem;
import switchboard.retrieval.Search;
import switchboard.retrieval.Search.Kept;
import switchboard.retrieval.Vectors;

/**
 * {@code mvn compile exec:exec@search -Darticles=FOLDER|built-in [-Dquestions=FILE]}: how well articles are found. A question's file
 * is CSV of question, article or intent ({@code none}: no article answers it), and language; without one every phrasing is asked as if it were not there. Exit code
 * 1: it could not be measured.
 */
public final class Retrieve {

    private static final int LOOKED_AT = 10;
    private static final double SURE = .5;
    private static final int MOST_FILES = 20_000;

    private record Asked(String text, String meant, String language) {}

    /** What no article answers. */
    private static final String NONE = "none";

    /** Where it was found (0: not among the first ten), whether it would have been answered, and in what time. */
    private record Found(String language, boolean known, int place, boolean sure, long nanos) {}

    /** Takes no arguments. */
    public static void main(String[] args) throws InterruptedException {
        try (var encoder = Encoder.load()) {
            var articles = articles(property("articles").orElse("built-in"));
            var start = System.nanoTime();
            var search = Search.of(articles.stream().map(it -> new Kept(it, 0)).toList(), new Vectors(encoder::encode));
            var seconds = (System.nanoTime() - start) / 1e9;
            var questions = property("questions").map(Path::of);
            var found = questions.isPresent()
                    ? asked(search, articles, questions.get(), InstantSource.system())
                    : rehearsed(search);
            System.out.printf(Locale.ROOT, "%n%,d articles indexed in %.1f s%n", articles.size(), seconds);
            search.learned().forEach((language, weights) -> System.out.println(language + " " + weights));
            report(found, articles.size(), seconds, questions.isPresent());
        } catch (IOException | Problem e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static Optional<String> property(String name) {
        return Optional.ofNullable(System.getProperty(name))
                .filter(value -> !value.isBlank() && !value.startsWith("${"));
    }

    private static List<Article> articles(String where) throws IOException {
        if (where.equals("built-in")) {
            return BuiltIn.articles();
        }
        var articles = new ArrayList<Article>();
        try (var files = Files.walk(Path.of(where))) {
            for (var file : files.filter(it -> it.toString().endsWith(".md"))
                    .sorted()
                    .limit(MOST_FILES)
                    .toList()) {
                try {
                    articles.add(Markdown.read(Files.readAllBytes(file)));
                } catch (Problem e) {
                    throw new Unreadable(file, 0, e.getMessage() + " " + e.flaws());
                }
            }
        }
        if (articles.isEmpty()) {
            throw new IOException("no articles in " + where);
        }
        return articles;
    }

    private static List<Found> rehearsed(Search search) throws InterruptedException {
        var found = new ArrayList<Found>();
        for (var language : search.languages()) {
            search.rehearse(language).forEach(place -> found.add(new Found(language, true, place, false, 0)));
        }
        return found;
    }

    private static List<Found> asked(Search search, List<Article> articles, Path file, InstantSource clock)
            throws IOException {
        var intents = articles.stream().collect(Collectors.toMap(Article::id, Article::intent));
        var now = clock.instant();
        var found = new ArrayList<Found>();
        for (var asked : questions(file)) {
            var start = System.nanoTime();
            var hits = search.find(asked.text(), asked.language(), now, LOOKED_AT);
            var nanos = System.nanoTime() - start;
            var place = IntStream.range(0, hits.size())
                    .filter(i -> hits.get(i).article().equals(asked.meant())
                            || asked.meant().equals(intents.get(hits.get(i).article())))
                    .findFirst();
            var sure = !hits.isEmpty() && hits.getFirst().score() >= SURE;
            found.add(new Found(asked.language(), !asked.meant().equals(NONE), place.orElse(-1) + 1, sure, nanos));
        }
        return found;
    }

    private static List<Asked> questions(Path file) throws IOException {
        var asked = new ArrayList<Asked>();
        for (var row : CsvReader.rows(file, DataSet.text(file))) {
            asked.add(new Asked(
                    row.get(0), row.get(1).strip(), row.size() > 2 ? row.get(2).strip() : ""));
        }
        if (asked.isEmpty()) {
            throw new Unreadable(file, 0, "no questions in it");
        }
        return asked;
    }

    private static void report(List<Found> found, int articles, double seconds, boolean timed) {
        var parts = new TreeMap<String, List<Found>>();
        found.forEach(it ->
                parts.computeIfAbsent(it.language(), _ -> new ArrayList<>()).add(it));
        if (parts.size() > 1) {
            parts.put("zz", found);
        }
        System.out.printf(
                "%-9s %7s %6s %7s %7s %7s%s%n",
                "language",
                "asked",
                "MRR",
                "at 1",
                "at 3",
                "at 5",
                timed ? "   sure  right if so  sure of none   µs" : "");
        var json = new StringBuilder("{\"articles\":" + articles + ",\"indexSeconds\":" + round(seconds));
        parts.forEach((language, all) -> {
            var some = all.stream().filter(Found::known).toList();
            var name = language.equals("zz") ? "all" : language.isEmpty() ? "any" : language;
            var mrr = some.stream()
                    .mapToDouble(it -> it.place() == 0 ? 0 : 1.0 / it.place())
                    .average()
                    .orElse(0);
            System.out.printf(
                    Locale.ROOT,
                    "%-9s %7d %6.3f %6.1f%% %6.1f%% %6.1f%%",
                    name,
                    some.size(),
                    mrr,
                    100 * recall(some, 1),
                    100 * recall(some, 3),
                    100 * recall(some, 5));
            json.append(",\"")
                    .append(name)
                    .append("\":{\"asked\":")
                    .append(some.size())
                    .append(",\"mrr\":")
                    .append(round(mrr));
            for (var k : List.of(1, 3, 5)) {
                json.append(",\"recall").append(k).append("\":").append(round(recall(some, k)));
            }
            if (timed) {
                sure(some, all, json);
            }
            System.out.println();
            json.append('}');
        });
        System.out.println(json.append('}'));
    }

    private static void sure(List<Found> some, List<Found> all, StringBuilder json) {
        var sure = some.stream().filter(Found::sure).toList();
        var share = (double) sure.size() / some.size();
        var right = sure.isEmpty() ? 0 : recall(sure, 1);
        var unknown = all.stream().filter(it -> !it.known()).toList();
        var wrong = unknown.stream().mapToInt(it -> it.sure() ? 1 : 0).average().orElse(0);
        var micros = all.stream().mapToLong(Found::nanos).average().orElse(0) / 1e3;
        System.out.printf(
                Locale.ROOT,
                " %5.1f%%      %5.1f%%        %5.1f%% %5.0f",
                100 * share,
                100 * right,
                100 * wrong,
                micros);
        json.append(",\"sure\":").append(round(share));
        json.append(",\"rightIfSure\":").append(round(right));
        json.append(",\"sureOfNone\":").append(round(wrong));
        json.append(",\"micros\":").append(Math.round(micros));
    }

    private static double recall(List<Found> found, int first) {
        return (double) found.stream()
                        .filter(it -> it.place() > 0 && it.place() <= first)
                        .count()
                / found.size();
    }

    private static double round(double value) {
        return Math.round(value * 1e4) / 1e4;
    }

    private Retrieve() {}
}
