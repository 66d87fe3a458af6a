package switchboard.logging;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Map;

/**
 * Stdout and stderr where the log is JSON: what is written to them in lines of text, by the program for the person at the terminal
 * or by a library, goes out as JSON lines. Lines of the log are such already. What the JVM itself writes when it dies is not.
 */
public final class Console extends OutputStream {

    /** What is longer is no line and goes out in parts. */
    private static final int LONGEST = 64 * 1024;

    private final PrintStream out;
    private final String level;
    private final String logger;
    private final InstantSource clock;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    /** Puts itself before both, where that format is chosen. */
    public static void take(Format format, InstantSource clock) {
        if (format == Format.JSON) {
            System.setOut(lines(System.out, "INFO", "stdout", clock));
            System.setErr(lines(System.err, "ERROR", "stderr", clock));
        }
    }

    /** Whose lines go to {@code out} as JSON. */
    static PrintStream lines(PrintStream out, String level, String logger, InstantSource clock) {
        return new PrintStream(new Console(out, level, logger, clock), true, UTF_8);
    }

    private Console(PrintStream out, String level, String logger, InstantSource clock) {
        this.out = out;
        this.level = level;
        this.logger = logger;
        this.clock = clock;
    }

    @Override
    public synchronized void write(int b) {
        if (b == '\n') {
            end();
            return;
        }
        if (line.size() == LONGEST) {
            end();
        }
        line.write(b);
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) {
        for (int i = from; i < from + length; i++) {
            write(bytes[i]);
        }
    }

    @Override
    public void flush() {
        out.flush();
    }

    private void end() {
        var text = line.toString(UTF_8).stripTrailing();
        line.reset();
        if (text.isEmpty()) {
            return;
        }
        var json = text.startsWith(JsonLine.START)
                ? text + "\n"
                : JsonLine.of(
                        clock.instant(), level, logger, Thread.currentThread().getName(), text, "", Map.of());
        var bytes = json.getBytes(UTF_8);
        out.write(bytes, 0, bytes.length);
        out.flush();
    }
}
