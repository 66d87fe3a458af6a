package switchboard.evaluation;

import java.util.Locale;

/**
 * Figures with what they cost, for people and for programs.
 *
 * @param seconds of training
 * @param micros a message, on average
 * @param slow a message, the slowest hundredth
 * @param hash of the model
 */
record Report(int examples, int intents, Figures figures, double seconds, double micros, double slow, String hash) {

    String table() {
        var rows = new StringBuilder();
        row(
                rows,
                "learned from",
                whole(examples) + " examples of " + whole(intents) + " intents in " + tenth(seconds) + " s");
        row(rows, "asked", whole(figures.asked()) + " messages, " + whole(figures.outside()) + " of them out of scope");
        row(rows, "accuracy", percent(figures.accuracy()));
        row(
                rows,
                "in-scope accuracy",
                percent(figures.inScope()) + " (" + percent(figures.best()) + " if never unsure)");
        row(rows, "OOS recall", percent(figures.recall()));
        row(rows, "OOS precision", percent(figures.precision()));
        row(
                rows,
                "OOS AUROC",
                Double.isNaN(figures.auroc()) ? "-" : String.format(Locale.ROOT, "%.4f", figures.auroc()));
        for (int i = 0; i < Figures.RECALLS.size(); i++) {
            var name = "  in-scope at " + Math.round(Figures.RECALLS.get(i) * 100) + " %";
            row(rows, name, percent(figures.curve().get(i)));
        }
        row(
                rows,
                "µs a message",
                whole(Math.round(micros)) + " (one in a hundred more than " + whole(Math.round(slow)) + ")");
        row(rows, "model", hash);
        return rows.toString();
    }

    /** One line. */
    String json() {
        var json = new StringBuilder("{");
        field(json, "examples", examples);
        field(json, "intents", intents);
        field(json, "asked", figures.asked());
        field(json, "outOfScope", figures.outside());
        field(json, "accuracy", figures.accuracy());
        field(json, "inScopeAccuracy", figures.inScope());
        field(json, "inScopeAccuracyIfNeverUnsure", figures.best());
        field(json, "oosRecall", figures.recall());
        field(json, "oosPrecision", figures.precision());
        field(json, "oosAuroc", figures.auroc());
        for (int i = 0; i < Figures.RECALLS.size(); i++) {
            field(
                    json,
                    "inScopeAccuracyAtOosRecall" + Math.round(Figures.RECALLS.get(i) * 100),
                    figures.curve().get(i));
        }
        field(json, "trainingSeconds", seconds);
        field(json, "microsPerMessage", micros);
        field(json, "microsPerMessageP99", slow);
        return json.append("\"model\":\"").append(hash).append("\"}").toString();
    }

    private static void row(StringBuilder rows, String name, String value) {
        rows.append(String.format(Locale.ROOT, "%-20s %s%n", name, value));
    }

    private static String whole(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String tenth(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }

    private static void field(StringBuilder json, String name, double value) {
        var text = Double.isNaN(value) ? "null" : Double.toString(Math.round(value * 1e6) / 1e6);
        json.append('"')
                .append(name)
                .append("\":")
                .append(text.replaceAll("\\.0$", ""))
                .append(',');
    }

    private static String percent(double share) {
        return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.2f %%", share * 100);
    }
}
