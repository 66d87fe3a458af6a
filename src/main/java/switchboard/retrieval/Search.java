package switchboard.retrieval;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import switchboard.article.Article;
import switchboard.article.Article.Audience;

/**
 * The articles of one version of what a tenant knows, to be searched: all but incidents, which are no answers. Never changes;
 * any number of threads may ask.
 */
public final class Search {

    /** An article as of the version that put it. */
    public record Kept(Article article, long version) {}

    /**
     * An article that may answer.
     *
     * @param score 0 to 1; from .5 on it may be given as the answer
     * @param text the body
     * @param sources the article with its version, then its links
     */
    public record Hit(String article, double score, String text, List<String> sources) {

        public Hit {
            sources = List.copyOf(sources);
        }
    }

    /** Of one language. */
    private record Part(Shelf shelf, Weights weights) {}

    /** A hit with its language's place: where there are several, the surer ones come first. */
    private record Found(Kept kept, double score) {}

    private static final int FEW = 5;

    /** Finds nothing. */
    public static final Search NOTHING = new Search(Vectors.none(), Map.of(), Map.of(), _ -> {});

    private final LongConsumer searched;
    private final Vectors vectors;
    private final Map<String, Part> parts;
    private final Map<String, Kept> byId;

    private Search(Vectors vectors, Map<String, Part> parts, Map<String, Kept> byId, LongConsumer searched) {
        this.searched = searched;
        this.vectors = vectors;
        this.parts = parts;
        this.byId = byId;
    }

    /** Some seconds for thousands of articles. The order of {@code articles} does not matter. */
    public static Search of(Collection<Kept> articles, Vectors vectors) throws InterruptedException {
        return of(articles, vectors, _ -> {});
    }

    /** {@code searched} takes the nanoseconds of each search. */
    public static Search of(Collection<Kept> articles, Vectors vectors, LongConsumer searched)
            throws InterruptedException {
        var byId = new TreeMap<String, Kept>();
        articles.forEach(kept -> byId.put(kept.article().id(), kept));
        var all = byId.values().stream()
                .map(Kept::article)
                .filter(it -> !it.incident())
                .toList();
        var known = vectors.of(texts(all));
        var parts = new TreeMap<String, Part>();
        for (var language : all.stream().map(Article::language).distinct().toList()) {
            var theirs =
                    all.stream().filter(it -> it.language().equals(language)).toList();
            var shelf = new Shelf(language, theirs, known);
            parts.put(language, new Part(shelf, Rehearsal.learn(shelf, Weights.usual(language))));
        }
        return new Search(vectors, parts, byId, searched);
    }

    /** Bodies are long, and say little more where customers' own words are known: only the others', last, have a vector. */
    private static List<String> texts(List<Article> articles) {
        return Stream.concat(
                        articles.stream()
                                .flatMap(it -> Shelf.texts(it)
                                        .limit(1L + it.phrasings().size())),
                        articles.stream()
                                .filter(it -> it.phrasings().size() < FEW)
                                .flatMap(Shelf::texts))
                .distinct()
                .toList();
    }

    /**
     * What a customer may be told at that time, the best first: of that language, and of others only where there is none of it;
     * of all where {@code language} is empty.
     */
    public List<Hit> find(String text, String language, Instant at, int limit) {
        return find(
                text,
                language,
                limit,
                it -> it.audience() == Audience.CUSTOMERS && it.validity().at(at));
    }

    /** The same for an agent, who may see it all. */
    public List<Hit> suggest(String text, String language, Instant at, int limit) {
        return find(text, language, limit, it -> it.validity().at(at));
    }

    private List<Hit> find(String text, String language, int limit, Predicate<Article> allowed) {
        var start = System.nanoTime();
        var hits = text.codePoints().anyMatch(Character::isLetterOrDigit)
                ? hits(text, language, limit, allowed)
                : List.<Hit>of();
        searched.accept(System.nanoTime() - start);
        return hits;
    }

    private List<Hit> hits(String text, String language, int limit, Predicate<Article> allowed) {
        var vector = vectors.of(Shelf.cut(text));
        var own = language.isEmpty() ? Stream.<Found>empty() : in(language, text, vector, limit, allowed);
        var found = own.toList();
        if (found.isEmpty()) {
            found = parts.keySet().stream()
                    .filter(other -> !other.equals(language))
                    .flatMap(other -> in(other, text, vector, limit, allowed))
                    .sorted(Comparator.comparingDouble(it -> -it.score()))
                    .toList();
        }
        return found.stream().limit(limit).map(Search::hit).toList();
    }

    /** What serves an intent, for customers and valid then: in that language where there is any; surely. */
    public Optional<Hit> serving(String intent, String language, Instant at) {
        return meant(intent, language)
                .filter(it -> it.article().audience() == Audience.CUSTOMERS
                        && it.article().validity().at(at))
                .findFirst()
                .map(it -> hit(new Found(it, 1)));
    }

    /** What an intent is called; only in that language. */
    public Optional<String> title(String intent, String language) {
        return meant(intent, language)
                .map(Kept::article)
                .filter(it -> it.language().equals(language))
                .map(Article::title)
                .findFirst();
    }

    /** The id of what is open for an intent then, in whatever language; of several the first. */
    public Optional<String> incident(String intent, Instant at) {
        return of(intent)
                .map(Kept::article)
                .filter(it -> it.incident() && it.validity().at(at))
                .map(Article::id)
                .findFirst();
    }

    private Stream<Kept> meant(String intent, String language) {
        return of(intent)
                .filter(it -> !it.article().incident())
                .sorted(Comparator.comparing(it -> !it.article().language().equals(language)));
    }

    /** By id. */
    private Stream<Kept> of(String intent) {
        return byId.values().stream().filter(it -> it.article().intent().equals(intent));
    }

    private Stream<Found> in(String language, String text, float[] vector, int limit, Predicate<Article> allowed) {
        var part = parts.get(language);
        if (part == null) {
            return Stream.empty();
        }
        var shelf = part.shelf();
        var ranked =
                shelf.rank(shelf.signs(text, vector, -1), part.weights(), i -> allowed.test(shelf.article(i)), limit);
        var found = new ArrayList<Found>();
        var most = 1.0;
        for (var it : ranked) {
            most = Math.min(most, part.weights().certainty(it.evidence()));
            var kept = byId.get(shelf.article(it.article()).id());
            if (kept != null) {
                found.add(new Found(kept, most));
            }
        }
        return found.stream();
    }

    private static Hit hit(Found found) {
        var article = found.kept().article();
        var source = article.id() + "@" + found.kept().version();
        return new Hit(
                article.id(),
                found.score(),
                article.body(),
                Stream.concat(Stream.of(source), article.links().stream()).toList());
    }

    /** By id. */
    public Collection<Kept> articles() {
        return byId.values();
    }

    /** Whether it finds by words alone: so it does until the sentences of its first version are encoded. */
    public boolean byWords() {
        return !vectors.any();
    }

    /** What was learned for each language, for who wants to know. */
    public Map<String, String> learned() {
        var learned = new TreeMap<String, String>();
        parts.forEach((language, part) -> learned.put(language, part.weights().toString()));
        return learned;
    }

    /** Every phrasing of that language asked as if it were not there: where its article stands then; 0 for beyond the tenth. */
    public List<Integer> rehearse(String language) throws InterruptedException {
        var part = parts.get(language);
        return part == null ? List.of() : Rehearsal.places(part.shelf(), part.weights());
    }

    /** There are articles in these. */
    public Collection<String> languages() {
        return parts.keySet();
    }
}
