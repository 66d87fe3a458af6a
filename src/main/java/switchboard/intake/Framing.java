package switchboard.intake;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.util.ByteString;
import switchboard.request.Fault;
import switchboard.request.Problem;

/**
 * Cuts NDJSON into its lines as the bytes come. Blank lines count as lines and are skipped, the last newline is optional.
 * A line over 64 KiB is refused by itself; what is past the whole body's bounds is not read, and one last line says so.
 */
final class Framing {

    /** Bytes of a line, without its end. */
    static final int LINE = 64 * 1024;

    private final int mostEvents;
    private final long mostBytes;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream(1024);
    private boolean tooLong;
    private boolean ended;
    private int index;
    private int events;
    private long bytes;

    /** Of a body of at most so many lines that are not blank, and so many bytes. */
    Framing(int mostEvents, long mostBytes) {
        this.mostEvents = mostEvents;
        this.mostBytes = mostBytes;
    }

    /** The lines that end in {@code chunk}. */
    List<Line> add(byte[] chunk) {
        var lines = new ArrayList<Line>();
        bytes += chunk.length;
        if (bytes > mostBytes) {
            end(lines, new Problem(Fault.BODY_TOO_LARGE, "over " + mostBytes + " bytes, inflated"));
        }
        var from = 0;
        for (int i = 0; i < chunk.length && !ended; i++) {
            if (chunk[i] == '\n') {
                keep(chunk, from, i);
                finish(lines);
                from = i + 1;
            }
        }
        keep(chunk, from, chunk.length);
        return lines;
    }

    /** The body is whole: what stands there without a newline is a line too. */
    List<Line> end() {
        var lines = new ArrayList<Line>();
        if (!ended && (tooLong || begun.size() > 0)) {
            finish(lines);
        }
        ended = true;
        return lines;
    }

    /** The body is not whole: the line that had begun is dropped, and a last one says why. */
    List<Line> broken(Problem why) {
        var lines = new ArrayList<Line>();
        end(lines, why);
        return lines;
    }

    /** Nothing more will be read. */
    boolean ended() {
        return ended;
    }

    /** More than the whole body may have came in. */
    boolean overflown() {
        return bytes > mostBytes;
    }

    private void end(List<Line> lines, Problem why) {
        if (!ended) {
            lines.add(new Line.Bad(index, "", why));
            ended = true;
        }
    }

    private void keep(byte[] chunk, int from, int until) {
        var length = until - from;
        if (ended || tooLong || length == 0) {
            return;
        }
        if (begun.size() + length > LINE) {
            tooLong = true;
            begun.reset();
        } else {
            begun.write(chunk, from, length);
        }
    }

    private void finish(List<Line> lines) {
        var json = begun.toByteArray();
        if (tooLong || !isBlank(json)) {
            if (events++ == mostEvents) {
                end(lines, new Problem(Fault.TOO_MANY_EVENTS, "over " + mostEvents));
                return;
            }
            lines.add(tooLong ? tooLong(index) : new Line.Text(index, ByteString.fromArrayUnsafe(json)));
        }
        begun.reset();
        tooLong = false;
        index++;
    }

    /** As a line of a batch has it too. */
    static Line tooLong(int index) {
        return new Line.Bad(index, "", new Problem(Fault.EVENT_TOO_LARGE, "over " + LINE + " bytes"));
    }

    private static boolean isBlank(byte[] line) {
        for (var b : line) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }
}
