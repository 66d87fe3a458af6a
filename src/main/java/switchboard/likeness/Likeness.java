package switchboard.likeness;

/** What a message is like: each class' score, and how near (cosine) the nearest examples are. */
public final class Likeness {

    private final float[] scores;
    private final float nearness;

    public Likeness(float[] scores, float nearness) {
        this.scores = scores;
        this.nearness = nearness;
    }

    public float[] scores() {
        return scores;
    }

    public float nearness() {
        return nearness;
    }
}
