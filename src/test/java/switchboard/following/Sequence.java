package switchboard.following;

/** The numbers of one conversation on one stream: each once, in order, without a gap. One thread hears, others look. */
public final class Sequence implements StreamReader.Listener {

    private volatile long last;
    private volatile String flaw = "";

    /** What is heard first is the number after that. */
    public Sequence(long after) {
        this.last = after;
    }

    @Override
    public void heard(String id, String data) {
        var number = Long.parseLong(id);
        if (number != last + 1 && flaw.isEmpty()) {
            flaw = number + " after " + last;
        }
        last = number;
    }

    /** The last number that was heard; an {@link AssertionError} if any before it was not its predecessor's next. */
    public long last() {
        if (!flaw.isEmpty()) {
            throw new AssertionError("a stream has a gap: " + flaw);
        }
        return last;
    }
}
