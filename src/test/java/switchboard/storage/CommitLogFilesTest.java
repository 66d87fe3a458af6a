package switchboard.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitLogFilesTest {

    @TempDir
    Path folder;

    @Test
    void sections_lie_one_after_the_other_and_zeros_follow() throws IOException {
        var file = folder.resolve("CommitLog-7-1.log");

        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            assertThat(CommitLogFiles.write(channel, section(4096, 1))).isEqualTo(4096);
            assertThat(CommitLogFiles.write(channel, section(8192, 2))).isEqualTo(8192);
            assertThat(channel.position()).isEqualTo(12288);
        }

        var bytes = Files.readAllBytes(file);
        assertThat(bytes).hasSize(1 << 20);
        assertThat(Arrays.copyOf(bytes, 4096)).containsOnly(1);
        assertThat(Arrays.copyOfRange(bytes, 4096, 12288)).containsOnly(2);
        assertThat(Arrays.copyOfRange(bytes, 12288, bytes.length)).containsOnly(0);
    }

    @Test
    void a_section_longer_than_what_lies_ahead_fits() throws IOException {
        var file = folder.resolve("CommitLog-7-1.log");

        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            CommitLogFiles.write(channel, section(4096, 1));
            CommitLogFiles.write(channel, section(3 << 20, 2));
        }

        assertThat(Files.size(file)).isEqualTo(4 << 20);
    }

    @Test
    void segments_that_nothing_was_ever_written_to_are_removed_before_the_start() throws IOException {
        Files.createFile(folder.resolve("CommitLog-7-1.log"));
        Files.write(folder.resolve("CommitLog-7-2.log"), new byte[200_000]);
        var written = new byte[200_000];
        written[199_999] = 1;
        Files.write(folder.resolve("CommitLog-7-3.log"), written);

        CommitLogFiles.prepare(folder);

        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(folder.resolve("CommitLog-7-3.log"));
        }
    }

    private static ByteBuffer section(int length, int filler) {
        var bytes = new byte[length];
        Arrays.fill(bytes, (byte) filler);
        return ByteBuffer.wrap(bytes);
    }
}
