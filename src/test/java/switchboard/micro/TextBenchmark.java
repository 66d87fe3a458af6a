package switchboard.micro;

import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import switchboard.language.Languages;
import switchboard.masking.Masked;
import switchboard.mood.Frustration;
import switchboard.wording.Found;
import switchboard.wording.Wording;

/** What is looked for in a message before anything is understood. */
public class TextBenchmark extends Timed {

    private final Wording wording = Wording.local();
    private final Said customers = new Said();

    @Benchmark
    public Masked masked() {
        return Masked.of(customers.next());
    }

    /** Whether it asks for a person, by the grammar. */
    @Benchmark
    public List<Found> wording() {
        return wording.in(customers.next());
    }

    @Benchmark
    public String language() {
        return Languages.of(customers.next(), List.of(), "");
    }

    @Benchmark
    public double mood() {
        return Frustration.of(List.of(customers.next()));
    }
}
