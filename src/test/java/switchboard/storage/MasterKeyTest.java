package switchboard.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import switchboard.wire.CannotStart;

class MasterKeyTest {

    @TempDir
    Path folder;

    @Test
    void a_new_one_has_32_bytes_and_is_read_as_it_was_made() {
        var file = folder.resolve("key");

        MasterKey.make(file);

        assertThat(MasterKey.read(file)).hasSize(32).isEqualTo(MasterKey.read(file));
    }

    @Test
    void two_are_never_the_same() {
        MasterKey.make(folder.resolve("a"));
        MasterKey.make(folder.resolve("b"));

        assertThat(MasterKey.read(folder.resolve("a"))).isNotEqualTo(MasterKey.read(folder.resolve("b")));
    }

    @Test
    void one_of_another_length_is_refused_without_showing_it() throws IOException {
        var file = Files.writeString(folder.resolve("key"), "c2hvcnQ=");

        assertThatThrownBy(() -> MasterKey.read(file))
                .isInstanceOf(CannotStart.class)
                .hasMessage("master key file " + file + " has 5 bytes, not 32");
    }

    @Test
    void what_is_no_base64_is_refused_without_showing_it() throws IOException {
        var file = Files.writeString(folder.resolve("key"), "no key at all!");

        assertThatThrownBy(() -> MasterKey.read(file))
                .isInstanceOf(CannotStart.class)
                .hasMessage("master key file is not base64: " + file);
    }
}
