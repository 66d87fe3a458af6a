package switchboard.micro;

import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import switchboard.article.BuiltIn;
import switchboard.encoding.Encoder;
import switchboard.encoding.Sentences;
import switchboard.learning.Watch;
import switchboard.understanding.Example;
import switchboard.understanding.Trainer;
import switchboard.understanding.Training;
import switchboard.understanding.Understanding;
import switchboard.understanding.Understood;

/** One message understood, by what was learned from a few phrasings of each of the program's own articles. */
public class IntentBenchmark extends Timed {

    /** Of an article: all would take as long to learn as all else takes to be measured. */
    private static final int PHRASINGS = 6;

    private final Said customers = new Said();
    private final Sentences sentences = Sentences.load();
    private final Encoder encoder;
    private final Understanding remembering;
    private final Understanding encoding;

    /** Learns, some seconds. */
    public IntentBenchmark() {
        try {
            encoder = Encoder.load();
            var examples = BuiltIn.articles().stream()
                    .flatMap(it -> it.phrasings().stream().limit(PHRASINGS).map(text -> new Example(text, it.intent())))
                    .toList();
            var model = ((Training.Trained) Trainer.train(examples, sentences, Watch.NOBODY)).model();
            remembering = new Understanding(model, sentences);
            encoding = new Understanding(model, encoder::encode);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Setup(Level.Trial)
    public void hearAllOnce() {
        for (int i = 0; i < 1_000; i++) {
            remembering.understand(customers.next());
        }
    }

    /** In words that nobody has used lately. */
    @Benchmark
    public Understood unheard() {
        return encoding.understand(customers.next());
    }

    /** In words that were encoded before. */
    @Benchmark
    public Understood heardBefore() {
        return remembering.understand(customers.next());
    }

    @TearDown(Level.Trial)
    public void close() {
        sentences.close();
        encoder.close();
    }
}
