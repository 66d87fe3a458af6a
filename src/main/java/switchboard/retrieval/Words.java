package switchboard.retrieval;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.de.GermanLightStemFilter;
import org.apache.lucene.analysis.de.GermanNormalizationFilter;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.ngram.NGramTokenFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** A text as the words that are looked for: stems, in German with the parts of compounds; or all pieces of 3 to 5 characters. */
final class Words extends Analyzer {

    enum Kind {
        GERMAN,
        ENGLISH,
        /** As they stand, without accents. */
        PLAIN,
        PIECES
    }

    private static final int SHORTEST = 3;
    private static final int LONGEST = 5;

    private final Kind kind;

    Words(Kind kind) {
        this.kind = kind;
    }

    static Words of(String language) {
        return new Words(
                switch (language) {
                    case "de" -> Kind.GERMAN;
                    case "en" -> Kind.ENGLISH;
                    default -> Kind.PLAIN;
                });
    }

    @Override
    protected TokenStreamComponents createComponents(String field) {
        var words = new StandardTokenizer();
        return new TokenStreamComponents(words, stream(new LowerCaseFilter(words)));
    }

    private TokenStream stream(TokenStream lower) {
        return switch (kind) {
            case GERMAN -> new GermanLightStemFilter(new GermanNormalizationFilter(new Decompounding(lower)));
            case ENGLISH -> new PorterStemFilter(new EnglishPossessiveFilter(lower));
            case PLAIN -> new ASCIIFoldingFilter(lower);
            case PIECES ->
                new NGramTokenFilter(
                        new ASCIIFoldingFilter(new GermanNormalizationFilter(lower)), SHORTEST, LONGEST, true);
        };
    }

    /** Each once, in order, at most {@code most} of them. */
    Set<String> of(String text, int most) {
        var terms = new LinkedHashSet<String>();
        try (var stream = tokenStream("", text)) {
            var term = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (terms.size() < most && stream.incrementToken()) {
                terms.add(term.toString());
            }
            return terms;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
