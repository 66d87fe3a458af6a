package switchboard.understanding;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import switchboard.judgement.Mix;
import switchboard.judgement.Scope;
import switchboard.judgement.Trial;
import switchboard.learning.Watch;
import switchboard.likeness.Kernel;
import switchboard.likeness.Points;
import switchboard.understanding.Rehearsal.Words;
import switchboard.understanding.Training.Reason;

/**
 * Makes models from examples, on the caller's thread. The same examples, in whatever order, give the same model. Ends early where the
 * thread is interrupted.
 */
public final class Trainer {

    /** Examples that likeness is learned from; of more, as many of each intent. Its matrix then takes 288 MB. */
    static final int MOST_ALIKE = 12_000;

    /** Of what is right, this share may be taken for unknown, */
    private static final double LOST = .005;

    /** and this share of what is wrong besides: where much is wrong anyway, less is lost by silence. */
    private static final double LOST_OF_WRONG = .1;

    private static final double MOST_LOST = .012;

    private static final int FEWEST = 20;
    private static final double LEAST = .3;

    private final Function<String, float[]> encoder;
    private final Watch watch;

    private Trainer(Function<String, float[]> encoder, Watch watch) {
        this.encoder = encoder;
        this.watch = watch;
    }

    public static Training train(List<Example> given, Function<String, float[]> encoder, Watch watch)
            throws InterruptedException {
        var examples = Examples.of(given);
        if (examples.intents().size() > Examples.MOST_INTENTS || examples.labels().length > Examples.MOST) {
            return new Training.Refused(Reason.TOO_MANY);
        }
        if (examples.intents().size() < 2) {
            return new Training.Refused(examples.intents().isEmpty() ? Reason.NO_EXAMPLES : Reason.ONE_INTENT);
        }
        return new Trainer(encoder, watch).model(examples);
    }

    private Training model(Examples examples) throws InterruptedException {
        var all = examples.known();
        var some = all.labels().length <= Rehearsal.SMALL ? all.named() : all.evenly(MOST_ALIKE);
        var rehearsal = new Rehearsal(some);
        var ordered = some.only(rehearsal.order());
        var lesson = Kernel.train(
                Points.of(vectors(ordered)), ordered.labels(), ordered.intents().size(), rehearsal.held(), watch);
        var trials = new ArrayList<>(rehearsal.trials(lesson.rest(), watch));
        var mix = Mix.of(trials);
        var words = new Words(some.labels().length > all.labels().length ? some : all, watch);
        var outside = outside(examples.unknown(), words, lesson.kernel());
        if (outside.size() >= FEWEST) {
            trials.removeIf(trial -> trial.label() == Trial.NONE);
        }
        trials.addAll(outside);
        var scope = Scope.of(trials, mix);
        watch.step("done", 1, 1);
        return new Training.Trained(
                new Model(
                        examples.intents(),
                        words.grams(),
                        words.linear(),
                        lesson.kernel(),
                        mix,
                        scope,
                        least(trials, mix, scope)),
                examples.notes(),
                right(trials, mix));
    }

    private static double right(List<Trial> trials, Mix mix) {
        var known = trials.stream().filter(trial -> trial.label() != Trial.NONE).toList();
        return known.stream().filter(trial -> right(trial, mix)).count() / Math.max(1.0, known.size());
    }

    private List<float[]> vectors(Examples examples) throws InterruptedException {
        var vectors = new ArrayList<float[]>();
        for (var text : examples.texts()) {
            watch.step("encoding", vectors.size(), examples.texts().size());
            vectors.add(encoder.apply(text.plain()));
        }
        return vectors;
    }

    /** What was said to be out of scope; nothing has learned from it so far. */
    private List<Trial> outside(Examples unknown, Words words, Kernel kernel) throws InterruptedException {
        var trials = new ArrayList<Trial>();
        var vectors = vectors(unknown);
        for (int i = 0; i < vectors.size(); i++) {
            trials.add(new Trial(words.scores(unknown.texts().get(i)), kernel.like(vectors.get(i)), Trial.NONE));
        }
        return trials;
    }

    private static double least(List<Trial> trials, Mix mix, Scope scope) {
        var known = trials.stream().filter(trial -> trial.label() != Trial.NONE).toList();
        var scopes = known.stream()
                .filter(trial -> right(trial, mix))
                .mapToDouble(trial -> scope.of(trial.grams(), trial.likeness(), mix))
                .sorted()
                .toArray();
        if (scopes.length < FEWEST) {
            return LEAST;
        }
        var wrong = 1 - (double) scopes.length / known.size();
        return scopes[(int) (scopes.length * Math.min(LOST + LOST_OF_WRONG * wrong, MOST_LOST))];
    }

    private static boolean right(Trial trial, Mix mix) {
        var scores = mix.of(trial.grams(), trial.likeness().scores());
        return IntStream.range(0, scores.length).noneMatch(one -> scores[one] > scores[trial.label()]);
    }
}
