package switchboard.retrieval;

import de.danielnaber.jwordsplitter.GermanWordSplitter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.List;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;

/** Beside a German compound its parts: "paketverfolgung", "paket", "verfolgung". */
final class Decompounding extends TokenFilter {

    /** Shorter words are taken as they are, longer ones too: nobody means them. */
    private static final int SHORTEST = 7;

    private static final int LONGEST = 60;

    /** Splits without changing anything of its own. */
    private static final GermanWordSplitter SPLITTER = splitter();

    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final PositionIncrementAttribute position = addAttribute(PositionIncrementAttribute.class);
    private final ArrayDeque<String> parts = new ArrayDeque<>();

    Decompounding(TokenStream words) {
        super(words);
    }

    @Override
    public boolean incrementToken() throws IOException {
        if (!parts.isEmpty()) {
            term.setEmpty().append(parts.remove());
            position.setPositionIncrement(0);
            return true;
        }
        if (!input.incrementToken()) {
            return false;
        }
        var word = term.toString();
        var split = word.length() < SHORTEST || word.length() > LONGEST ? List.<String>of() : SPLITTER.splitWord(word);
        if (split.size() > 1) {
            parts.addAll(split);
        }
        return true;
    }

    @Override
    public void reset() throws IOException {
        super.reset();
        parts.clear();
    }

    private static GermanWordSplitter splitter() {
        try {
            return new GermanWordSplitter(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
