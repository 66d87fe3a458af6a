package switchboard.request;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * A request that the edge refuses. An exception because it ends the reading of a request wherever it stands, as Pekko's
 * rejections do; it has no stack trace.
 */
public final class Problem extends RuntimeException {

    /**
     * What is wrong at one place; {@code pointer} is a JSON pointer into the body, {@code detail} repeats no value.
     *
     * @param code why, in a word that stays; empty where the problem's says it
     */
    public record Flaw(
            String pointer,
            String detail,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String code) {
        Flaw(String pointer, String detail) {
            this(pointer, detail, "");
        }
    }

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

    /** The body is to blame, at these places. */
    public Problem(Fault fault, String detail, List<Flaw> flaws) {
        super(detail, null, false, false);
        this.fault = fault;
        this.flaws = List.copyOf(flaws);
    }

    public Fault fault() {
        return fault;
    }

    /** Empty unless fields of the body are to blame; at most 20, of a routing plan 100. */
    public List<Flaw> flaws() {
        return flaws;
    }
}
