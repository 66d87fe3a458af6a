package switchboard.retrieval;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;

/**
 * Texts as words, weighed by BM25. Lies in memory alone and holds nothing open: it may be dropped while somebody looks into it.
 * Any number of threads may ask.
 */
final class Lexicon {

    /** Terms of a question that are looked for. */
    private static final int MOST = 512;

    private static final String FIELD = "text";
    private static final FieldType TYPE = type();

    private final Words words;
    private final IndexSearcher searcher;

    Lexicon(Words words, List<String> texts) {
        this.words = words;
        try {
            var directory = new ByteBuffersDirectory();
            write(directory, words, texts);
            searcher = new IndexSearcher(DirectoryReader.open(directory));
            searcher.setQueryCache(null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In one segment, so that a text's number there is its place. */
    private static void write(ByteBuffersDirectory directory, Analyzer words, List<String> texts) throws IOException {
        var config = new IndexWriterConfig(words)
                .setMergePolicy(new LogDocMergePolicy())
                .setMergeScheduler(new SerialMergeScheduler());
        try (var writer = new IndexWriter(directory, config)) {
            for (var text : texts) {
                var document = new Document();
                document.add(new Field(FIELD, text, TYPE));
                writer.addDocument(document);
            }
            writer.forceMerge(1);
        }
    }

    /**
     * How much of a question stands in each text: 0 to 1, rare words count more. What no text has counts as the rarest.
     */
    float[] coverage(String question) {
        var terms = words.of(question, MOST);
        var texts = searcher.getIndexReader().numDocs();
        if (terms.isEmpty() || texts == 0) {
            return new float[texts];
        }
        try {
            var scores = searcher.search(query(terms), new Scores(texts));
            var all = (float) weight(terms);
            for (int i = 0; i < scores.length; i++) {
                scores[i] /= all;
            }
            return scores;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BooleanQuery query(Collection<String> terms) {
        var query = new BooleanQuery.Builder();
        terms.forEach(term -> query.add(new TermQuery(new Term(FIELD, term)), Occur.SHOULD));
        return query.build();
    }

    /** The most that BM25 could give for all of them. */
    private double weight(Collection<String> terms) throws IOException {
        var texts = searcher.getIndexReader().numDocs();
        var sum = 0.0;
        for (var term : terms) {
            var with = searcher.getIndexReader().docFreq(new Term(FIELD, term));
            sum += Math.log(1 + (texts - with + .5) / (with + .5));
        }
        return sum;
    }

    private static FieldType type() {
        var type = new FieldType();
        type.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
        type.setTokenized(true);
        type.freeze();
        return type;
    }

    /** Of each text. */
    private static final class Scores implements CollectorManager<SimpleCollector, float[]> {

        private final float[] scores;

        Scores(int texts) {
            scores = new float[texts];
        }

        @Override
        public SimpleCollector newCollector() {
            return new Noting();
        }

        @Override
        public float[] reduce(Collection<SimpleCollector> done) {
            return scores;
        }

        private final class Noting extends SimpleCollector {

            private Scorable scorer = new Scorable() {
                @Override
                public float score() {
                    return 0;
                }
            };

            @Override
            public void setScorer(Scorable it) {
                scorer = it;
            }

            @Override
            public void collect(int text) throws IOException {
                scores[text] = scorer.score();
            }

            @Override
            public ScoreMode scoreMode() {
                return ScoreMode.COMPLETE;
            }
        }
    }
}
