package switchboard.starting;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import switchboard.SwitchboardProcess;

/**
 * README's {@code mvn compile exec:exec}, offline, on a data folder and a free port of its own. All is compiled already: what measures was
 * compiled after it, by Maven. It writes nothing then but what Maven notes about itself in {@code target}.
 */
public final class RunCommand {

    private static final List<String> COMMAND = List.of("mvn", "--offline", "--batch-mode", "compile", "exec:exec");

    /**
     * One start.
     *
     * @param seconds from the command to the line that says where it listens
     */
    public record Run(double seconds, String output) {}

    /** Starts it on {@code data}, and ends it in order. */
    public static Run on(Path data) throws IOException, InterruptedException {
        var output = Files.createTempFile("switchboard", ".out");
        var builder = new ProcessBuilder(COMMAND).redirectErrorStream(true).redirectOutput(output.toFile());
        var environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("SWITCHBOARD_"));
        environment.put("SWITCHBOARD_DATA", data.toString());
        environment.put("SWITCHBOARD_HTTP_PORT", "0");
        var begin = System.nanoTime();
        var maven = builder.start();
        try {
            SwitchboardProcess.await("listening", () -> said(output).contains("listening on ") || !maven.isAlive());
            var seconds = (System.nanoTime() - begin) / 1e9;
            if (!maven.isAlive()) {
                throw new IOException("ended with " + maven.exitValue() + ":\n" + said(output));
            }
            return new Run(seconds, said(output));
        } finally {
            end(maven);
            Files.delete(output);
        }
    }

    private static String said(Path output) {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The program first, then Maven ends by itself; what is still there after a while is killed. */
    private static void end(Process maven) throws InterruptedException {
        var all = maven.descendants().toList();
        all.stream().filter(RunCommand::isProgram).forEach(ProcessHandle::destroy);
        if (!maven.waitFor(60, TimeUnit.SECONDS)) {
            maven.descendants().forEach(ProcessHandle::destroyForcibly);
            maven.destroyForcibly();
        }
        all.forEach(SwitchboardProcess::awaitGone);
    }

    private static boolean isProgram(ProcessHandle process) {
        return process.info()
                .arguments()
                .filter(it -> Arrays.asList(it).contains("switchboard.Main"))
                .isPresent();
    }

    private RunCommand() {}
}
