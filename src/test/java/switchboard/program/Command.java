package switchboard.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** Programs of this machine, each run to its end with a few more variables in its environment. */
public record Command(Map<String, String> env) {

    /** With the environment as it is. */
    public static final Command PLAIN = new Command(Map.of());

    /** What it said on stdout and its exit code; its errors beside it. */
    public record Said(int code, String output, String errors) {}

    public static boolean there(String name) {
        return Arrays.stream(
                        Optional.ofNullable(System.getenv("PATH")).orElse("").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }

    /** The test is skipped without it, and fails where CI is set: there it must be. {@code where} it is to be had. */
    public static void needed(String name, String where) {
        if (System.getenv("CI") != null) {
            assertThat(there(name)).as(name + " is missing: " + where).isTrue();
        }
        Assumptions.assumeTrue(there(name), () -> "not checked here, for want of " + name + ": " + where);
    }

    /** Its output without the last line's end; fails if it does. */
    public String run(String... command) {
        var said = tried(List.of(command));
        if (said.code() != 0) {
            throw new IllegalStateException(
                    String.join(" ", command) + " ended with " + said.code() + ":\n" + said.output() + said.errors());
        }
        return said.output().strip();
    }

    /** However it ends; what it says must fit into memory. */
    public Said tried(List<String> command) {
        try {
            var errors = Files.createTempFile("command", ".txt");
            try {
                var builder = new ProcessBuilder(command).redirectError(errors.toFile());
                builder.environment().putAll(env);
                var process = builder.start();
                process.getOutputStream().close();
                var output = new String(process.getInputStream().readAllBytes(), UTF_8);
                return new Said(process.waitFor(), output, Files.readString(errors));
            } finally {
                Files.delete(errors);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(command + " cannot be run", e);
        }
    }
}
