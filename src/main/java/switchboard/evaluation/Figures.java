package switchboard.evaluation;

import java.util.Comparator;
import java.util.List;

/**
 * What an understanding is worth.
 *
 * @param accuracy of all that was asked, what is out of scope included
 * @param inScope share of what is in scope that got its intent; taken for unknown counts as wrong
 * @param best the same if nothing were ever taken for unknown
 * @param recall share of what is out of scope that was noticed
 * @param precision share of what was taken for unknown that was out of scope
 * @param auroc how well scope tells what is in scope from what is not; .5: not at all
 * @param curve in-scope accuracy if the threshold were such that so much (70, 78, 80, 90 %) of what is out of scope was noticed
 */
record Figures(
        int asked,
        int outside,
        double accuracy,
        double inScope,
        double best,
        double recall,
        double precision,
        double auroc,
        List<Double> curve) {

    static final List<Double> RECALLS = List.of(.7, .78, .8, .9);

    /** One answer; {@code likeliest}: whether the likeliest intent is the right one. */
    record Answer(boolean inScope, boolean likeliest, boolean known, double scope) {

        boolean right() {
            return inScope ? known && likeliest : !known;
        }
    }

    /** Where nothing is out of scope, or all, what cannot be told is not a number. */
    static Figures of(List<Answer> answers) {
        var in = answers.stream().filter(Answer::inScope).toList();
        var out = answers.stream().filter(answer -> !answer.inScope()).toList();
        var noticed = out.stream().filter(answer -> !answer.known()).count();
        var unknown = answers.stream().filter(answer -> !answer.known()).count();
        return new Figures(
                answers.size(),
                out.size(),
                share(answers.stream().filter(Answer::right).count(), answers.size()),
                share(in.stream().filter(Answer::right).count(), in.size()),
                share(in.stream().filter(Answer::likeliest).count(), in.size()),
                share(noticed, out.size()),
                share(noticed, unknown),
                auroc(answers, in.size(), out.size()),
                RECALLS.stream().map(recall -> at(recall, in, out)).toList());
    }

    /** Ranks, ties in the middle. */
    private static double auroc(List<Answer> answers, long in, long out) {
        var sorted = answers.stream()
                .sorted(Comparator.comparingDouble(Answer::scope))
                .toList();
        var ranks = 0.0;
        for (int from = 0, to; from < sorted.size(); from = to) {
            to = from;
            while (to < sorted.size()
                    && sorted.get(to).scope() == sorted.get(from).scope()) {
                to++;
            }
            var inside =
                    sorted.subList(from, to).stream().filter(Answer::inScope).count();
            ranks += inside * (from + 1 + to) / 2.0;
        }
        return (ranks - in * (in + 1) / 2.0) / ((double) in * out);
    }

    private static double at(double recall, List<Answer> in, List<Answer> out) {
        if (out.isEmpty()) {
            return Double.NaN;
        }
        var scopes = out.stream().mapToDouble(Answer::scope).sorted().toArray();
        var least = scopes[Math.min(scopes.length, (int) Math.ceil(scopes.length * recall)) - 1];
        return share(in.stream().filter(a -> a.likeliest() && a.scope() > least).count(), in.size());
    }

    private static double share(long some, long all) {
        return all == 0 ? Double.NaN : (double) some / all;
    }
}
