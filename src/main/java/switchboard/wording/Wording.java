package switchboard.wording;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import switchboard.wording.Phrase.Kind;

/** What messages say, by one grammar. Never changes; any number of threads may ask it. Takes time in proportion to a text's length. */
public final class Wording {

    private final Grammar grammar;

    private final List<Phrase> masks;
    private final List<Phrase> says;
    /** By number of a word: which rules may begin with it. */
    private final int[][] masksAt;

    private final int[][] saysAt;

    private Wording(Grammar grammar) {
        this.grammar = grammar;
        masks = grammar.phrases(Kind.MASK);
        says = Stream.of(Kind.ASK, Kind.UNLESS, Kind.ALWAYS)
                .flatMap(kind -> grammar.phrases(kind).stream())
                .toList();
        masksAt = beginnings(masks);
        saysAt = beginnings(says);
    }

    /** That of the program: German and English. */
    public static Wording local() {
        try (var in = Wording.class.getResourceAsStream("/wording.txt")) {
            if (in == null) {
                throw new IllegalStateException("the program's own grammar is missing");
            }
            return of(new String(in.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IllegalArgumentException if it is none */
    static Wording of(String grammar) {
        return new Wording(new Grammar(grammar.lines().toList()));
    }

    public int version() {
        return grammar.version();
    }

    /** In the order in which it is said. */
    public List<Found> in(String message) {
        return reading(message).found();
    }

    Reading reading(String message) {
        var words = Words.of(message).stream()
                .mapToInt(grammar.vocabulary()::number)
                .toArray();
        var masked = scan(words, masks, masksAt);
        masked.spans().forEach(span -> mask(words, span));
        var said = scan(words, says, saysAt);
        return new Reading(found(words, said.spans()), words.length, masked.looks() + said.looks());
    }

    /** @param looks how often a word was held against a step */
    record Reading(List<Found> found, int words, int looks) {}

    private record Span(Phrase phrase, int from, int to) {

        boolean shares(BitSet words) {
            int next = words.nextSetBit(from);
            return next >= 0 && next <= to;
        }
    }

    private record Spans(List<Span> spans, int looks) {}

    private static Spans scan(int[] words, List<Phrase> phrases, int[][] beginnings) {
        var searches = new Phrase.Search[phrases.size()];
        var active = new BitSet();
        var spans = new ArrayList<Span>();
        for (int at = 0; at < words.length; at++) {
            for (int phrase : beginnings[words[at]]) {
                active.set(phrase);
            }
            for (int i = active.nextSetBit(0); i >= 0; i = active.nextSetBit(i + 1)) {
                if (searches[i] == null) {
                    searches[i] = new Phrase.Search(phrases.get(i));
                }
                int from = searches[i].next(words[at], at);
                if (from >= 0) {
                    spans.add(new Span(phrases.get(i), from, at));
                }
                active.set(i, !searches[i].idle());
            }
        }
        return new Spans(
                spans,
                Stream.of(searches).mapToInt(s -> s == null ? 0 : s.looks()).sum());
    }

    private void mask(int[] words, Span span) {
        for (int i = span.from(); i <= span.to(); i++) {
            if (!grammar.isBreak(words[i])) {
                words[i] = Vocabulary.OTHER;
            }
        }
    }

    private List<Found> found(int[] words, List<Span> spans) {
        var trimmed = spans.stream().map(span -> trimmed(words, span)).toList();
        var unless = new HashMap<String, BitSet>();
        trimmed.stream()
                .filter(span -> span.phrase().kind() == Kind.UNLESS)
                .forEach(span -> unless.computeIfAbsent(span.phrase().topic(), t -> new BitSet())
                        .set(span.from(), span.to() + 1));
        return trimmed.stream()
                .filter(span -> span.phrase().kind() == Kind.ALWAYS
                        || (span.phrase().kind() == Kind.ASK
                                && !span.shares(
                                        unless.getOrDefault(span.phrase().topic(), new BitSet()))))
                .map(span -> new Found(span.phrase().topic(), span.phrase().name(), said(words, span)))
                .toList();
    }

    /** Without the breaks at its ends, which it shares with its neighbours. */
    private Span trimmed(int[] words, Span span) {
        int from = span.from();
        int to = span.to();
        while (from < to && grammar.isBreak(words[from])) {
            from++;
        }
        while (to > from && grammar.isBreak(words[to])) {
            to--;
        }
        return new Span(span.phrase(), from, to);
    }

    private List<String> said(int[] words, Span span) {
        return IntStream.rangeClosed(span.from(), span.to())
                .map(i -> words[i])
                .filter(word -> word > Vocabulary.VERB && !grammar.isBreak(word))
                .mapToObj(grammar.vocabulary()::word)
                .toList();
    }

    private int[][] beginnings(List<Phrase> phrases) {
        return IntStream.range(0, grammar.vocabulary().size())
                .mapToObj(word -> IntStream.range(0, phrases.size())
                        .filter(i -> phrases.get(i).beginsWith(word))
                        .toArray())
                .toArray(int[][]::new);
    }
}
