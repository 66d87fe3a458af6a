package switchboard.understanding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import switchboard.understanding.ModelFile.Fault;
import switchboard.understanding.ModelFile.Found;

class ModelFileTest {

    @TempDir
    private Path folder;

    private Path file;
    private Model model;

    @BeforeEach
    void train() throws InterruptedException {
        file = folder.resolve("model");
        model = Shop.trained(Shop.EXAMPLES).model();
    }

    @Test
    void what_was_written_answers_as_before() throws IOException {
        var hash = ModelFile.write(file, model);

        var found = (Found.Sound) ModelFile.read(file);

        assertThat(found.hash()).isEqualTo(hash).isEqualTo(ModelFile.hash(model));
        assertThat(Shop.understood(found.model(), "where is my order"))
                .isEqualTo(Shop.understood(model, "where is my order"));
        assertThat(ModelFile.hash(found.model())).isEqualTo(hash);
    }

    @Test
    void nothing_else_is_left_in_the_folder() throws IOException {
        ModelFile.write(file, model);
        ModelFile.write(file, model);

        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void a_file_that_is_not_there_is_missing() throws IOException {
        assertThat(ModelFile.read(file)).isEqualTo(new Found.Unusable(Fault.MISSING));
    }

    @Test
    void a_file_that_ends_too_early_is_truncated_wherever_it_ends() throws IOException {
        ModelFile.write(file, model);
        var bytes = Files.readAllBytes(file);

        for (var length : new int[] {0, 5, 11, 12, 100, bytes.length - 33, bytes.length - 1}) {
            Files.write(file, Arrays.copyOf(bytes, length));
            assertThat(ModelFile.read(file)).isEqualTo(new Found.Unusable(Fault.TRUNCATED));
        }
    }

    @Test
    void a_changed_byte_is_found_wherever_it_is() throws IOException {
        ModelFile.write(file, model);
        var bytes = Files.readAllBytes(file);

        for (var place : new int[] {0, 12, 13, bytes.length / 2, bytes.length - 40, bytes.length - 1}) {
            var changed = bytes.clone();
            changed[place] ^= 1;
            Files.write(file, changed);
            assertThat(ModelFile.read(file)).isEqualTo(new Found.Unusable(Fault.CORRUPT));
        }
    }

    @Test
    void more_than_a_model_is_corrupt() throws IOException {
        ModelFile.write(file, model);
        var bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length + 1));

        assertThat(ModelFile.read(file)).isEqualTo(new Found.Unusable(Fault.CORRUPT));
    }

    @Test
    void the_file_of_another_version_is_told_from_a_corrupt_one() throws IOException {
        ModelFile.write(file, model);
        var bytes = Files.readAllBytes(file);
        bytes[7]++;
        Files.write(file, bytes);

        assertThat(ModelFile.read(file)).isEqualTo(new Found.Unusable(Fault.OTHER_VERSION));
    }

    @Test
    void what_stood_there_stands_where_the_new_one_cannot_be_written() throws IOException {
        ModelFile.write(file, model);
        Files.createDirectory(folder.resolve("model.new"));
        Files.createFile(folder.resolve("model.new/full"));

        assertThatThrownBy(() -> ModelFile.write(file, model)).isInstanceOf(IOException.class);

        assertThat(ModelFile.read(file)).isInstanceOf(Found.Sound.class);
    }
}
