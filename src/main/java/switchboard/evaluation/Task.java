package switchboard.evaluation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import switchboard.understanding.Example;

/** What is learned from, and what is asked. */
record Task(List<Example> train, List<Example> test) {

    private static final int FIFTH = 5;

    static Task of(Options options) throws IOException {
        var file = DataSet.read(options.train());
        var known = file.train().stream().filter(Example::inScope).toList();
        var drawn = drawn(known, options);
        var train = new ArrayList<>(drawn.train());
        train.addAll(outOfScope(file, options));
        var test =
                options.test().isPresent() ? DataSet.read(options.test().get()).test() : drawn.test();
        return new Task(train, test);
    }

    private static List<Example> outOfScope(DataSet file, Options options) throws IOException {
        var from = switch (options.oos()) {
            case Options.Oos.Without _ -> List.<Example>of();
            case Options.Oos.OfTraining _ -> file.train();
            case Options.Oos.In in -> DataSet.read(in.file()).train();
        };
        return from.stream()
                .filter(example -> options.oos() instanceof Options.Oos.In || !example.inScope())
                .map(example -> new Example(example.text(), Example.NONE))
                .toList();
    }

    /** So many of each intent, and the rest. */
    private static Task drawn(List<Example> known, Options options) {
        var mixed = new ArrayList<>(known);
        if (options.seed() > 0) {
            Collections.shuffle(mixed, new Random(options.seed()));
        }
        var counts = new HashMap<String, Integer>();
        var train = new ArrayList<Example>();
        var test = new ArrayList<Example>();
        for (var example : mixed) {
            var count = counts.merge(example.intent(), 1, Integer::sum);
            var taken = options.shots() > 0
                    ? count <= options.shots()
                    : options.test().isPresent() || count % FIFTH != 0;
            (taken ? train : test).add(example);
        }
        return new Task(train, test);
    }
}
