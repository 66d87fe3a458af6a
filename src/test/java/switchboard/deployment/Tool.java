package switchboard.deployment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** A program of operators' that checks what they are given. {@code .ci/run} has them; elsewhere they may be missing. */
record Tool(Path program) {

    record Said(int code, String output, String errors) {}

    /** The test is skipped without it, and fails where CI is set: there it must be. */
    static Tool needed(String name, String where) {
        var tool = found(name);
        if (System.getenv("CI") != null) {
            assertThat(tool).as(name + " is missing: " + where).isPresent();
        }
        Assumptions.assumeTrue(tool.isPresent(), () -> "not checked here, for want of " + name + ": " + where);
        return tool.orElseThrow();
    }

    private static Optional<Tool> found(String name) {
        return Arrays.stream(
                        Optional.ofNullable(System.getenv("PATH")).orElse("").split(":", -1))
                .map(folder -> Path.of(folder).resolve(name))
                .filter(file -> file.toFile().canExecute() && file.toFile().isFile())
                .findFirst()
                .map(Tool::new);
    }

    /** Runs it to its end; what it says must fit into memory. */
    Said run(List<String> arguments) {
        try {
            var command = new ProcessBuilder(program.toString());
            command.command().addAll(arguments);
            var errors = Files.createTempFile("said", ".txt");
            try {
                var process = command.redirectError(errors.toFile()).start();
                process.getOutputStream().close();
                var output = new String(process.getInputStream().readAllBytes(), UTF_8);
                return new Said(process.waitFor(), output, Files.readString(errors));
            } finally {
                Files.delete(errors);
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(program + " cannot be run", e);
        }
    }
}
