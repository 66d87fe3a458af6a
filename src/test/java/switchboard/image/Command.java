package switchboard.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Programs of this machine, each run to its end with a few more variables in its environment. */
record Command(Map<String, String> env) {

    /** What it said on stdout and its exit code; its errors beside it. */
    record Said(int code, String output, String errors) {}

    static boolean there(String name) {
        return Arrays.stream(
                        Optional.ofNullable(System.getenv("PATH")).orElse("").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }

    /** Its output without the last line's end; fails if it does. */
    String run(String... command) {
        var said = tried(List.of(command));
        if (said.code() != 0) {
            throw new IllegalStateException(
                    String.join(" ", command) + " ended with " + said.code() + ":\n" + said.output() + said.errors());
        }
        return said.output().strip();
    }

    /** However it ends. */
    Said tried(List<String> command) {
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
