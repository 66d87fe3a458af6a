package switchboard.evaluation;

import java.io.IOException;
import java.nio.file.Path;

/** A data set that is not what it should be; the message says where. */
final class Unreadable extends IOException {

    private static final long serialVersionUID = 1L;

    Unreadable(Path file, int line, String what) {
        super(file.getFileName() + (line > 0 ? ", line " + line : "") + ": " + what);
    }
}
