package switchboard.play;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import switchboard.SwitchboardProcess;
import switchboard.program.Progress;

/** The player as {@code exec:exec@play} starts it. */
public final class PlayerProcess implements AutoCloseable {

    private static final Pattern PROGRESS = Pattern.compile("([0-9,]+) of ([0-9,]+) turns");
    // For all of STAR, on two cores that others use too.
    private static final int LONGEST_MINUTES = 60;
    private static final int LOOK_MILLIS = 100;
    private static final int SAY_SECONDS = 10;
    private static final int VERDICT = 15;

    private final long start = System.nanoTime();
    private final Process process;
    private final Path output;
    private long said = start;

    /** With {@code wishes} as properties; ledger and output lie in {@code folder}. */
    public static PlayerProcess start(Map<String, String> wishes, Path folder) throws IOException {
        var output = Files.createTempFile(folder, "player", ".out");
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m"));
        wishes.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.add("-Dledger=" + output + ".ndjson");
        command.add("switchboard.play.Play");
        var builder = new ProcessBuilder(command);
        builder.environment().put("CLASSPATH", SwitchboardProcess.classPath());
        builder.redirectErrorStream(true).redirectOutput(output.toFile());
        return new PlayerProcess(builder.start(), output);
    }

    private PlayerProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Returns once that share of the turns is acknowledged, or it has ended. */
    public void awaitShare(double share) throws InterruptedException {
        await(() -> played() >= share);
    }

    /** The exit code, once it has ended. */
    public int exit() throws InterruptedException {
        await(() -> false);
        var lines = output().lines().toList();
        lines.stream().skip(Math.max(0, lines.size() - VERDICT)).forEach(Progress::say);
        return process.exitValue();
    }

    /** Until then or its end; says from time to time what it says. */
    private void await(BooleanSupplier so) throws InterruptedException {
        while (!so.getAsBoolean() && !process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            var now = System.nanoTime();
            if (now - start > TimeUnit.MINUTES.toNanos(LONGEST_MINUTES)) {
                throw new IllegalStateException("still playing:\n" + output());
            }
            if (now - said > TimeUnit.SECONDS.toNanos(SAY_SECONDS)) {
                output().lines().reduce((_, last) -> last).ifPresent(Progress::say);
                said = now;
            }
        }
    }

    /** It says that each of {@code rules} was looked for and is not violated. */
    public void assertHolds(List<String> rules) {
        for (var rule : rules) {
            assertThat(output()).containsPattern(rule + ": [1-9][0-9,]* checks, 0 violations");
        }
    }

    /** All that it has said. */
    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private double played() {
        var share = 0.0;
        for (var line = PROGRESS.matcher(output()); line.find(); ) {
            share = number(line.group(1)) / number(line.group(2));
        }
        return share;
    }

    private static double number(String text) {
        return Double.parseDouble(text.replace(",", ""));
    }
}
