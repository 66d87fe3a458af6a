package switchboard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** README's commands, typed as they are printed; only the port is another one. */
class ReadmeIT {

    private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

    @Test
    void the_walk_and_the_proof_work_as_printed(@TempDir Path data, @TempDir Path folder) throws Exception {
        var commands = BLOCK.matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(block -> block.group(1))
                .collect(Collectors.joining("\n"));
        assertThat(commands).contains("http://127.0.0.1:8080", "sha256sum");

        String said;
        try (var program = SwitchboardProcess.ready(data, SwitchboardProcess.BOT)) {
            said = run(commands.replace("http://127.0.0.1:8080", program.uri("").toString()), folder);
        }

        var lines = said.lines().toList();
        assertThat(said).contains("\"seq\":2,\"id\":\"wamid.1\"", "ETag: \"8\"", "I am looking into it.");
        assertThat(said).contains("\"action\":\"answer\"", "\"author\":\"bot\"", "\"action\":\"hand_over\"");
        assertThat(said).contains("\"winner\":\"anna\"", "\"estimatedWaitSeconds\"", "\"version\":1");
        assertThat(said).doesNotContain("problem+json", "broken at");
        assertThat(lines.getLast()).contains("\"entries\":14", "\"valid\":true");
        assertThat(lines.getLast()).contains("\"head\":\"" + lines.get(lines.size() - 2) + "\"");
    }

    private static String run(String commands, Path folder) throws IOException, InterruptedException {
        var shell = new ProcessBuilder("bash", "-eu", "-c", commands)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        var said = new String(shell.getInputStream().readAllBytes(), UTF_8);
        assertThat(shell.waitFor()).as(said).isZero();
        return said;
    }
}
