package switchboard.wire;

import org.jspecify.annotations.Nullable;

/** Why the program does not start, in one line for the operator; {@code Main} prints it and ends with code 1. */
public final class CannotStart extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String line;

    public CannotStart(String line) {
        super(line);
        this.line = line;
    }

    public CannotStart(String line, @Nullable Throwable cause) {
        super(line, cause);
        this.line = line;
    }

    /** For the operator. */
    public String line() {
        return line;
    }
}
