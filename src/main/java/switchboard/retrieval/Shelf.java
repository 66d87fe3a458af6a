package switchboard.retrieval;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import switchboard.article.Article;
import switchboard.retrieval.Weights.Evidence;

/** The articles of one language with their texts: titles, phrasings, bodies. Never changes. */
final class Shelf {

    /** What a question says for each article: words and likeness. */
    static final class Signs {

        private final float[] words;
        private final float[] likeness;

        Signs(float[] words, float[] likeness) {
            this.words = words;
            this.likeness = likeness;
        }
    }

    /** One article and its place in the order: 1 is all there can be. */
    record Ranked(int article, double mixed, Evidence evidence) {}

    /** A phrasing and where it stands. */
    record Phrasing(int text, int article) {}

    /** Of a question or a body, in characters: what comes later is not read. */
    static final int READ = 600;

    /** Of an article's best texts, the best first. */
    private static final float[] SHARES = {.4f, .3f, .2f, .1f};

    private final List<Article> articles;
    private final List<String> texts = new ArrayList<>();
    private final List<Phrasing> phrasings = new ArrayList<>();
    private final int[] owners;
    private final Lexicon words;
    private final Lexicon pieces;
    private final float[][] vectors;

    /** {@code vectors}: by text, where there is one. */
    Shelf(String language, List<Article> articles, Map<String, float[]> vectors) {
        this.articles = List.copyOf(articles);
        var owned = new ArrayList<Integer>();
        for (int i = 0; i < articles.size(); i++) {
            for (var text : texts(articles.get(i)).toList()) {
                if (articles.get(i).phrasings().contains(text)) {
                    phrasings.add(new Phrasing(texts.size(), i));
                }
                owned.add(i);
                texts.add(text);
            }
        }
        this.owners = owned.stream().mapToInt(i -> i).toArray();
        this.words = new Lexicon(Words.of(language), texts);
        this.pieces = new Lexicon(new Words(Words.Kind.PIECES), texts);
        this.vectors = texts.stream()
                .map(text -> vectors.getOrDefault(text, new float[0]))
                .toArray(float[][]::new);
    }

    /** What is looked into; the body with its title, for alone it often does not say what it is about. */
    static Stream<String> texts(Article article) {
        return Stream.concat(
                        Stream.of(article.title()),
                        Stream.concat(article.phrasings().stream(), Stream.of(body(article))))
                .distinct();
    }

    static String cut(String text) {
        return text.length() <= READ
                ? text
                : text.substring(0, Character.isHighSurrogate(text.charAt(READ - 1)) ? READ - 1 : READ);
    }

    private static String body(Article article) {
        return cut(article.title() + ". " + article.body());
    }

    Article article(int place) {
        return articles.get(place);
    }

    int size() {
        return articles.size();
    }

    List<Phrasing> phrasings() {
        return phrasings;
    }

    String text(Phrasing it) {
        return texts.get(it.text());
    }

    float[] vector(Phrasing it) {
        return vectors[it.text()];
    }

    /** {@code skip}: a text that is not looked at; -1 for none. */
    Signs signs(String question, float[] vector, int skip) {
        var asked = cut(question);
        var whole = words.coverage(asked);
        var parts = pieces.coverage(asked);
        var like = new float[vectors.length];
        for (int text = 0; text < vectors.length; text++) {
            whole[text] = (whole[text] + parts[text]) / 2;
            like[text] = Vectors.likeness(vector, vectors[text]);
        }
        return new Signs(best(whole, skip), best(like, skip));
    }

    /** Of each article, by its best texts: one alone may be chance. */
    private float[] best(float[] texts, int skip) {
        var best = new float[articles.size()][SHARES.length];
        for (int text = 0; text < texts.length; text++) {
            if (text != skip) {
                insert(best[owners[text]], texts[text]);
            }
        }
        var shared = new float[best.length];
        for (int i = 0; i < best.length; i++) {
            for (int k = 0; k < SHARES.length; k++) {
                shared[i] += SHARES[k] * best[i][k];
            }
        }
        return shared;
    }

    /** Keeps the highest, in order. */
    private static void insert(float[] highest, float value) {
        for (int k = 0; k < highest.length && value > 0; k++) {
            if (value > highest[k]) {
                var lower = highest[k];
                highest[k] = value;
                value = lower;
            }
        }
    }

    /** The best first; of equals the one that stands first. */
    List<Ranked> rank(Signs signs, Weights weights, IntPredicate allowed, int limit) {
        var places = IntStream.range(0, articles.size()).filter(allowed).toArray();
        var mixed = mixed(signs, weights.likeness(), places);
        var order = IntStream.of(places)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -mixed[i]).thenComparing(i -> i))
                .toList();
        return order.stream()
                .limit(limit)
                .map(i ->
                        new Ranked(i, mixed[i], new Evidence(signs.likeness[i], signs.words[i], lead(i, mixed, order))))
                .toList();
    }

    private double lead(int article, double[] mixed, List<Integer> order) {
        var intent = articles.get(article).intent();
        return order.stream()
                .filter(other -> !articles.get(other).intent().equals(intent))
                .findFirst()
                .map(other -> mixed[article] - mixed[other])
                .orElse(mixed[article]);
    }

    /** By place; signs that are all the same say nothing. */
    static double[] mixed(Signs signs, double share, int[] places) {
        var mixed = new double[signs.words.length];
        add(mixed, signs.likeness, share, places);
        add(mixed, signs.words, 1 - share, places);
        return mixed;
    }

    private static void add(double[] mixed, float[] signs, double share, int[] places) {
        var least = IntStream.of(places).mapToDouble(i -> signs[i]).min().orElse(0);
        var range = IntStream.of(places).mapToDouble(i -> signs[i]).max().orElse(0) - least;
        for (var i : places) {
            mixed[i] += range > 0 ? share * (signs[i] - least) / range : 0;
        }
    }
}
