package switchboard.evaluation;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is to be measured, from system properties of the same names.
 *
 * @param test empty: what {@code shots} leaves of the training file, or every fifth example of it
 * @param shots examples of each intent that are learned from; 0: all
 * @param oos whether what is out of scope in the training file is learned from, or in which other file that is; without it, none is
 * @param seed which examples {@code shots} draws; 0: the first
 * @param json where the figures are written; empty: shown
 */
record Options(Path train, Optional<Path> test, int shots, Oos oos, long seed, Optional<Path> json) {

    sealed interface Oos {
        record Without() implements Oos {}

        record OfTraining() implements Oos {}

        record In(Path file) implements Oos {}
    }

    /** One that is not set may stand as {@code ${name}}. Refused: {@link IllegalArgumentException}, with the name. */
    static Options of(Function<String, Optional<String>> lookup) {
        Function<String, Optional<String>> given =
                name -> lookup.apply(name).filter(value -> !value.isBlank() && !value.startsWith("${"));
        return new Options(
                given.apply("train")
                        .map(Path::of)
                        .orElseThrow(() -> new IllegalArgumentException("-Dtrain=FILE is missing")),
                given.apply("test").map(Path::of),
                (int) number("shots", given.apply("shots").orElse("0"), 100_000),
                oos(given.apply("oos").orElse("false")),
                number("seed", given.apply("seed").orElse("1"), Integer.MAX_VALUE),
                given.apply("json").map(Path::of));
    }

    private static Oos oos(String value) {
        return switch (value) {
            case "false", "none" -> new Oos.Without();
            case "true", "train" -> new Oos.OfTraining();
            default -> new Oos.In(Path.of(value));
        };
    }

    private static long number(String name, String value, long most) {
        if (!value.matches("[0-9]{1,10}") || Long.parseLong(value) > most) {
            throw new IllegalArgumentException("-D" + name + "=" + value + " is no whole number of at most " + most);
        }
        return Long.parseLong(value);
    }
}
