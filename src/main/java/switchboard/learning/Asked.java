package switchboard.learning;

/** What was answered about an example by what had not seen it. */
public final class Asked {

    private final float[] scores;
    private final int label;

    public Asked(float[] scores, int label) {
        this.scores = scores;
        this.label = label;
    }

    public float[] scores() {
        return scores;
    }

    public int label() {
        return label;
    }
}
