package switchboard.retrieval;

/**
 * How signs are weighed: which article comes first, and how sure that makes.
 *
 * @param likeness share of the sentences' likeness in the order, the rest is the words'
 * @param bias of certainty, as the factors that follow: of likeness, of words, of the lead before what means something else
 */
record Weights(double likeness, double bias, double byLikeness, double byWords, double byLead) {

    private static final double LIKE = .8;

    /**
     * What speaks for one article.
     *
     * @param likeness cosine of the likest sentence
     * @param words share of the question that stands there
     * @param lead in the order, before the first that means something else; negative for one that comes after it
     */
    record Evidence(double likeness, double words, double lead) {}

    /** Where too little is known to learn from: bge is English, and tells little in other languages. */
    static Weights usual(String language) {
        return language.equals("en") ? new Weights(.8, -3, 2, 3, 2) : new Weights(.4, -3, 1, 5, 2);
    }

    Weights with(double share) {
        return new Weights(share, bias, byLikeness, byWords, byLead);
    }

    /** 0 to 1; from .5 on it may be answered. */
    double certainty(Evidence it) {
        return certainty(values(it));
    }

    double certainty(double[] values) {
        return 1 / (1 + Math.exp(-bias - byLikeness * values[0] - byWords * values[1] - byLead * values[2]));
    }

    /** Of like sizes; likeness that nobody could tell says nothing. */
    static double[] values(Evidence it) {
        var likeness = it.likeness() == 0 ? 0 : (it.likeness() - LIKE) * 10;
        return new double[] {likeness, it.words() * 2, it.lead() * 4};
    }

    /** Certainty a step further, {@code hold} of the way back to {@code start}; no sign ever speaks against itself. */
    Weights moved(double[] change, double pace, Weights start, double hold) {
        return new Weights(
                likeness,
                bias + pace * change[0] + hold * (start.bias - bias),
                Math.max(0, byLikeness + pace * change[1] + hold * (start.byLikeness - byLikeness)),
                Math.max(0, byWords + pace * change[2] + hold * (start.byWords - byWords)),
                Math.max(0, byLead + pace * change[3] + hold * (start.byLead - byLead)));
    }
}
