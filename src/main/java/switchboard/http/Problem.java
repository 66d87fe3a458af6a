package switchboard.http;

import java.util.List;

/**
 * A request that the edge refuses; {@link Problems} answers it. An exception because it ends the reading of a request
 * wherever it stands, as Pekko's rejections do; it has no stack trace.
 */
final class Problem extends RuntimeException {

    /** What is wrong at one place; {@code pointer} is a JSON pointer into the body. */
    record Flaw(String pointer, String detail) {}

    private final transient Fault fault;
    private final transient List<Flaw> flaws;

    Problem(Fault fault) {
        this(fault, fault.title(), List.of());
    }

    /** {@code detail} repeats nothing of the request. */
    Problem(Fault fault, String detail) {
        this(fault, detail, List.of());
    }

    Problem(Fault fault, String detail, List<Flaw> flaws) {
        super(detail, null, false, false);
        this.fault = fault;
        this.flaws = List.copyOf(flaws);
    }

    Fault fault() {
        return fault;
    }

    List<Flaw> flaws() {
        return flaws;
    }
}
