package switchboard.starting;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarsTest {

    @Test
    void folders_become_jars_with_all_that_is_in_them_and_the_order_stays(@TempDir Path folder) throws IOException {
        var outer = folder.resolve("classes");
        var classes = Files.createDirectories(outer.resolve("inner"));
        Files.writeString(classes.resolve("a.txt"), "inside");
        var parts = List.of("first.jar", outer.toString(), "last.jar");

        var packed = List.of(
                Jars.packed(String.join(File.pathSeparator, parts), folder).split(File.pathSeparator, -1));

        assertThat(packed).hasSize(3).startsWith("first.jar").endsWith("last.jar");
        try (var jar = new JarFile(packed.get(1))) {
            assertThat(jar.stream().map(entry -> entry.getName())).containsExactly("inner/a.txt");
            assertThat(new String(
                            jar.getInputStream(jar.getEntry("inner/a.txt")).readAllBytes(), UTF_8))
                    .isEqualTo("inside");
        }
    }
}
