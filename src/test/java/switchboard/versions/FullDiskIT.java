package switchboard.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import switchboard.understanding.Example;
import switchboard.understanding.Shop;

/** The disk of the models fills: a small tmpfs, which takes a Linux and the right to mount. */
@Tag("full")
class FullDiskIT {

    @TempDir
    private Path disk;

    @Test
    void where_the_disk_is_full_the_last_good_version_serves_and_then_training_goes_on() throws Exception {
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk.toString()) == 0, "may not mount a tmpfs");
        try (var minds = new Minds(disk.resolve("models"), Shop::vector, 3, InstantSource.system())) {
            var first = train(minds, Shop.EXAMPLES).serves();
            var more = new ArrayList<>(Shop.EXAMPLES);
            more.add(new Example("my parcel is gone", "status"));
            var ballast = disk.resolve("ballast");

            fill(ballast);
            assertThat(train(minds, more).end()).isEqualTo(new Ended.Unwritten());

            assertThat(minds.of("shop").orElseThrow().version()).isEqualTo(first.hash());
            Files.delete(ballast);
            assertThat(train(minds, more).serves()).isNotEqualTo(first);
            assertThat(minds.versions("shop")).hasSize(2);
        } finally {
            run("umount", disk.toString());
        }
    }

    private static Ear train(Minds minds, List<Example> examples) {
        var ear = new Ear();
        minds.train("shop", examples, ear);
        return ear;
    }

    private static void fill(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            var block = new byte[4096];
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            if (!String.valueOf(e.getMessage()).contains("No space left")) {
                throw e;
            }
        }
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
