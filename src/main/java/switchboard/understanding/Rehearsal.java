package switchboard.understanding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import switchboard.judgement.Trial;
import switchboard.learning.Grams;
import switchboard.learning.Linear;
import switchboard.learning.Watch;
import switchboard.likeness.Likeness;
import switchboard.likeness.Rest;

/**
 * What is said of examples by what has not seen them: in turn parts of all intents are held back, to see what is right, and whole intents, to
 * see what something unknown looks like.
 */
final class Rehearsal {

    /** Up to this many examples all are asked about, in four parts; of more, one part. */
    static final int SMALL = 3_000;

    private static final int PARTS = 4;
    private static final int ASKED = 1_500;
    private static final int OUTSIDE = 600;

    /** Held back together; ascending places. {@code missing} intents are not known meanwhile. */
    private record Round(List<Integer> held, List<Integer> missing) {}

    private final Examples examples;
    private final List<Round> rounds = new ArrayList<>();

    Rehearsal(Examples examples) {
        this.examples = examples;
        var small = examples.texts().size() <= SMALL;
        var folds =
                Folds.of(examples, small ? PARTS : Math.ceilDiv(examples.texts().size(), ASKED));
        for (int part = 0; part < (small ? PARTS : 1); part++) {
            rounds.add(new Round(list(folds.in(part)), List.of()));
        }
        var apart = small ? PARTS : Math.ceilDiv(examples.texts().size(), OUTSIDE);
        for (int part = 0; part < (small ? PARTS : 1) && examples.intents().size() >= 2 * PARTS; part++) {
            rounds.add(apart(apart, part));
        }
    }

    private Round apart(int apart, int part) {
        var missing = IntStream.range(0, examples.intents().size())
                .filter(intent -> intent % apart == part)
                .boxed()
                .toList();
        var held = IntStream.range(0, examples.labels().length)
                .filter(i -> missing.contains(examples.labels()[i]))
                .boxed()
                .toList();
        return new Round(held, missing);
    }

    /** Places of all examples, those that are ever held back last. */
    int[] order() {
        var held = new boolean[examples.labels().length];
        rounds.forEach(round -> round.held().forEach(i -> held[i] = true));
        return IntStream.concat(
                        IntStream.range(0, held.length).filter(i -> !held[i]),
                        IntStream.range(0, held.length).filter(i -> held[i]))
                .toArray();
    }

    int held() {
        return (int) rounds.stream()
                .flatMap(round -> round.held().stream())
                .distinct()
                .count();
    }

    /** {@code rest} was trained in {@link #order()}. */
    List<Trial> trials(Rest rest, Watch watch) throws InterruptedException {
        var order = order();
        var points = new int[order.length];
        for (int point = 0; point < order.length; point++) {
            points[order[point]] = point;
        }
        var trials = new ArrayList<Trial>();
        for (var round : rounds) {
            var block = round.held().stream()
                    .sorted((a, b) -> Integer.compare(points[a], points[b]))
                    .toList();
            var likeness = rest.without(block.stream().mapToInt(i -> points[i]).toArray());
            var linear = new Words(examples.only(others(round)), watch);
            for (int i = 0; i < block.size(); i++) {
                trials.add(trial(round, block.get(i), linear, likeness.get(i)));
            }
        }
        return trials;
    }

    private Trial trial(Round round, int place, Words words, Likeness likeness) {
        var known = IntStream.range(0, examples.intents().size())
                .filter(intent -> !round.missing().contains(intent))
                .toArray();
        var label = round.missing().isEmpty() ? examples.labels()[place] : Trial.NONE;
        return new Trial(
                only(known, words.scores(examples.texts().get(place))),
                new Likeness(only(known, likeness.scores()), likeness.nearness()),
                label);
    }

    private static float[] only(int[] places, float[] values) {
        var some = new float[places.length];
        for (int i = 0; i < places.length; i++) {
            some[i] = values[places[i]];
        }
        return some;
    }

    private int[] others(Round round) {
        var held = new boolean[examples.labels().length];
        round.held().forEach(i -> held[i] = true);
        return IntStream.range(0, held.length).filter(i -> !held[i]).toArray();
    }

    private static List<Integer> list(int[] places) {
        return Arrays.stream(places).boxed().toList();
    }

    /** Pieces of words, as learned from some examples. */
    static final class Words {

        private final Grams grams;
        private final Linear linear;

        Words(Examples examples, Watch watch) throws InterruptedException {
            var folded = examples.texts().stream().map(Text::folded).toList();
            grams = Grams.of(folded);
            var vectors = folded.stream().map(grams::vector).toList();
            linear = Linear.train(vectors, examples.labels(), examples.intents().size(), grams.size(), watch);
        }

        Grams grams() {
            return grams;
        }

        Linear linear() {
            return linear;
        }

        float[] scores(Text text) {
            return linear.scores(grams.vector(text.folded()));
        }
    }
}
