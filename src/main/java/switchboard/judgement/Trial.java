package switchboard.judgement;

import switchboard.likeness.Likeness;

/** What was said of an example by what had not seen it; without the classes that were not known then. */
public final class Trial {

    /** The label of what is of none of the classes. */
    public static final int NONE = -1;

    private final float[] grams;
    private final Likeness likeness;
    private final int label;

    /** {@code grams} and {@code likeness} have the same classes; {@code label} is one of them or {@link #NONE}. */
    public Trial(float[] grams, Likeness likeness, int label) {
        this.grams = grams;
        this.likeness = likeness;
        this.label = label;
    }

    public float[] grams() {
        return grams;
    }

    public Likeness likeness() {
        return likeness;
    }

    public int label() {
        return label;
    }
}
