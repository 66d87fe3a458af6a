package switchboard.learning;

/** A vector of which few places are not 0; {@code places} ascend. */
public final class Sparse {

    private final int[] places;
    private final float[] values;

    public Sparse(int[] places, float[] values) {
        this.places = places;
        this.values = values;
    }

    public int[] places() {
        return places;
    }

    public float[] values() {
        return values;
    }
}
