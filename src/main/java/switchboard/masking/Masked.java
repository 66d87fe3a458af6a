package switchboard.masking;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * A text without the personal data that can be told by its form. Order numbers stay. The longest finds count first; what overlaps them does not.
 *
 * @param finds in the order of the text
 */
public record Masked(String text, List<Find> finds) {

    /**
     * What was replaced.
     *
     * @param from where it began in the text as it was
     * @param to where it ended there, exclusive
     * @param at where its token begins in the masked text
     */
    public record Find(Kind kind, int from, int to, int at) {}

    private record Span(Kind kind, int from, int to) {

        int length() {
            return to - from;
        }
    }

    public Masked {
        finds = List.copyOf(finds);
    }

    public static Masked of(String text) {
        return replaced(text, chosen(text, spans(text)));
    }

    private static List<Span> spans(String text) {
        var spans = new ArrayList<Span>();
        for (int from = 0; from < text.length(); from++) {
            for (var kind : Kind.ALL) {
                var end = kind.end(text, from);
                if (end > from) {
                    spans.add(new Span(kind, from, end));
                }
            }
        }
        return spans;
    }

    private static List<Span> chosen(String text, List<Span> spans) {
        var taken = new BitSet(text.length());
        var chosen = new ArrayList<Span>();
        spans.sort(Comparator.comparingInt(Span::length)
                .reversed()
                .thenComparing(Span::kind)
                .thenComparingInt(Span::from));
        for (var span : spans) {
            var next = taken.nextSetBit(span.from());
            if (next < 0 || next >= span.to()) {
                taken.set(span.from(), span.to());
                chosen.add(span);
            }
        }
        chosen.sort(Comparator.comparingInt(Span::from));
        return chosen;
    }

    private static Masked replaced(String text, List<Span> chosen) {
        var masked = new StringBuilder(text.length());
        var finds = new ArrayList<Find>();
        var last = 0;
        for (var span : chosen) {
            masked.append(text, last, span.from());
            finds.add(new Find(span.kind(), span.from(), span.to(), masked.length()));
            masked.append(span.kind().token());
            last = span.to();
        }
        return new Masked(masked.append(text, last, text.length()).toString(), finds);
    }
}
