package switchboard.request;

import java.util.List;

/**
 * A request that the edge refuses. An exception because it ends the reading of a request wherever it stands, as Pekko's
 * rejections do; it has no stack trace.
 */
public final class Problem extends RuntimeException {

    /** What is wrong at one place; {@code pointer} is a JSON pointer into the body, {@code detail} repeats no value. */
    public record Flaw(String pointer, String detail) {}

    private final transient Fault fault;
    private final transient List<Flaw> flaws;

    /** The fault's title says it all. */
    public Problem(Fault fault) {
        this(fault, fault.title(), List.of());
    }

    /** {@code detail} repeats nothing of the request. */
    public Problem(Fault fault, String detail) {
        this(fault, detail, List.of());
    }

    Problem(Fault fault, String detail, List<Flaw> flaws) {
        super(detail, null, false, false);
        this.fault = fault;
        this.flaws = List.copyOf(flaws);
    }

    public Fault fault() {
        return fault;
    }

    /** Empty unless fields of the body are to blame; at most 20. */
    public List<Flaw> flaws() {
        return flaws;
    }
}
