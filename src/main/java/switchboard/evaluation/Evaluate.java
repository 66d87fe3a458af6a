package switchboard.evaluation;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import switchboard.encoding.Encoder;
import switchboard.evaluation.Figures.Answer;
import switchboard.understanding.Example;
import switchboard.understanding.ModelFile;
import switchboard.understanding.Trainer;
import switchboard.understanding.Training;
import switchboard.understanding.Understanding;

/**
 * {@code mvn compile exec:exec@evaluate -Dtrain=FILE [-Dtest=FILE] [-Dshots=10] [-Doos=true]}: trains what serves customers on a data set and asks it
 * what it was not shown. Exit code 1: it could not be measured.
 */
public final class Evaluate {

    private static final int WARM = 200;

    /** Takes no arguments. */
    public static void main(String[] args) throws InterruptedException {
        try {
            var options = Options.of(name -> Optional.ofNullable(System.getProperty(name)));
            Report report;
            try (var encoder = Encoder.load()) {
                report = evaluate(Task.of(options), encoder::encode, System.out);
            }
            System.out.println();
            System.out.print(report.table());
            if (options.json().isPresent()) {
                Files.writeString(options.json().get(), report.json() + "\n");
            } else {
                System.out.println(report.json());
            }
        } catch (IllegalArgumentException | IOException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    /** Refused: {@link IllegalArgumentException} where nothing can be learned. */
    static Report evaluate(Task task, Function<String, float[]> encoder, PrintStream out) throws InterruptedException {
        var start = System.nanoTime();
        var trained = switch (Trainer.train(task.train(), encoder, new Progress(out))) {
            case Training.Trained done -> done;
            case Training.Refused refused ->
                throw new IllegalArgumentException("cannot be learned: " + refused.reason());
        };
        var seconds = (System.nanoTime() - start) / 1e9;
        trained.notes().stream().limit(5).forEach(note -> out.println("note: " + note.kind() + " " + note.intent()));
        var model = trained.model();
        var understanding = new Understanding(model, encoder);
        task.test().stream().limit(WARM).forEach(example -> understanding.understand(example.text()));
        var nanos = new long[task.test().size()];
        var figures = Figures.of(answers(understanding, task.test(), nanos));
        Arrays.sort(nanos);
        return new Report(
                task.train().size(),
                model.intents().size(),
                figures,
                seconds,
                Arrays.stream(nanos).average().orElse(Double.NaN) / 1e3,
                nanos.length == 0 ? Double.NaN : nanos[(int) (nanos.length * .99)] / 1e3,
                ModelFile.hash(model));
    }

    private static List<Answer> answers(Understanding understanding, List<Example> test, long[] nanos) {
        var answers = new ArrayList<Answer>();
        for (var example : test) {
            var start = System.nanoTime();
            var understood = understanding.understand(example.text());
            nanos[answers.size()] = System.nanoTime() - start;
            var likeliest = !understood.guesses().isEmpty()
                    && understood.guesses().getFirst().intent().equals(example.intent());
            answers.add(new Answer(example.inScope(), likeliest, understood.known(), understood.scope()));
        }
        return answers;
    }

    private Evaluate() {}
}
