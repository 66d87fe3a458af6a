package switchboard.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import switchboard.understanding.Example;
import switchboard.understanding.Model;
import switchboard.understanding.ModelFile;
import switchboard.understanding.Shop;

class ShelfTest {

    private static final int MOST = 2;

    @TempDir
    private Path folder;

    private final List<Model> models = new ArrayList<>();
    private final List<Version> versions = new ArrayList<>();

    @BeforeEach
    void learn() throws InterruptedException {
        for (var word : List.of("parcel", "letter", "crate")) {
            var examples = new ArrayList<>(Shop.EXAMPLES);
            examples.add(new Example("my " + word + " is gone", "status"));
            var model = Shop.trained(examples).model();
            models.add(model);
            versions.add(
                    new Version(ModelFile.hash(model), Instant.ofEpochSecond(versions.size()), Taught.hash(examples)));
        }
    }

    private Shelf shelf() throws IOException {
        return new Shelf(folder.resolve("shop"), MOST);
    }

    private void keep(int... which) throws IOException {
        var shelf = shelf();
        for (var one : which) {
            shelf.keep(versions.get(one), models.get(one));
        }
    }

    private Path file(int one) {
        return folder.resolve("shop").resolve(versions.get(one).hash() + ".model");
    }

    private Version serving() throws IOException {
        return shelf().serving().orElseThrow().version();
    }

    @Test
    void an_empty_shelf_serves_nothing() throws IOException {
        assertThat(shelf().serving()).isEmpty();
    }

    @Test
    void the_newest_serves_and_the_oldest_goes() throws IOException {
        keep(0, 1, 2);

        assertThat(serving()).isEqualTo(versions.get(2));
        assertThat(shelf().catalog().versions()).containsExactly(versions.get(1), versions.get(2));
        assertThat(file(0)).doesNotExist();
    }

    @Test
    void the_one_that_is_pinned_stays_however_many_come() throws IOException {
        keep(0);
        var shelf = shelf();
        shelf.change(shelf.catalog().serving(versions.get(0).hash(), true));
        keep(1, 2);

        assertThat(serving()).isEqualTo(versions.get(0));
        assertThat(shelf().catalog().versions()).containsExactly(versions.get(0), versions.get(2));
    }

    @Test
    void where_the_file_is_missing_the_newest_good_one_serves() throws IOException {
        keep(0, 1);
        Files.delete(file(1));

        assertThat(serving()).isEqualTo(versions.get(0));
    }

    @Test
    void where_the_file_is_damaged_the_newest_good_one_serves() throws IOException {
        keep(0, 1);
        var bytes = Files.readAllBytes(file(1));
        bytes[bytes.length / 2] ^= 1;
        Files.write(file(1), bytes);

        assertThat(serving()).isEqualTo(versions.get(0));
    }

    @Test
    void another_model_under_its_name_does_not_serve() throws IOException {
        keep(0, 1);
        Files.write(file(1), Files.readAllBytes(file(0)));

        assertThat(serving()).isEqualTo(versions.get(0));
    }

    @Test
    void killed_before_the_catalog_named_it_the_one_before_serves_and_the_file_goes() throws IOException {
        keep(0);
        ModelFile.write(file(1), models.get(1));

        assertThat(serving()).isEqualTo(versions.get(0));
        assertThat(file(1)).doesNotExist();
    }

    @Test
    void killed_before_the_old_file_was_removed_it_is_removed_at_the_next_start() throws IOException {
        keep(0, 1);
        var old = Files.readAllBytes(file(0));
        keep(2);
        Files.write(file(0), old);

        assertThat(serving()).isEqualTo(versions.get(2));
        assertThat(file(0)).doesNotExist();
    }

    @Test
    void killed_while_it_wrote_the_half_file_is_no_version() throws IOException {
        keep(0);
        Files.write(folder.resolve("shop").resolve("catalog.new"), new byte[] {1});
        Files.write(folder.resolve("shop").resolve(versions.get(1).hash() + ".model.new"), new byte[] {1});

        assertThat(serving()).isEqualTo(versions.get(0));
        keep(1);
        assertThat(serving()).isEqualTo(versions.get(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "SWBV 2\nserving - latest\n",
                "SWBV 1\nserving - latest\nabc\n",
                "SWBV 1\nserving x latest\n"
            })
    void where_the_catalog_is_damaged_it_is_made_from_the_files(String text) throws IOException {
        keep(0, 1);
        Files.writeString(folder.resolve("shop").resolve("catalog"), text);

        assertThat(shelf().serving()).isPresent();
        assertThat(shelf().catalog().versions())
                .extracting(Version::hash)
                .containsExactlyInAnyOrder(
                        versions.get(0).hash(), versions.get(1).hash());
    }

    @Test
    void a_catalog_from_before_lessons_were_kept_is_read_as_ever() throws IOException {
        keep(0, 1);
        var lines = new StringBuilder("SWBV 1\nserving " + versions.get(0).hash() + " pinned");
        for (var version : versions.subList(0, 2)) {
            lines.append("\n" + version.hash() + " " + version.at() + " " + version.taught());
        }
        Files.writeString(folder.resolve("shop").resolve("catalog"), lines.append('\n'));

        assertThat(serving()).isEqualTo(versions.get(0));
        assertThat(shelf().catalog().versions()).containsExactly(versions.get(0), versions.get(1));
    }

    @Test
    void what_a_version_was_taught_is_kept_with_it() throws IOException {
        var lesson = new Lesson("12", 540, 54, List.of("en", "de"), .94173, new Lesson.Notes(1, 2, 3));
        var plain = versions.get(0);
        shelf().keep(new Version(plain.hash(), plain.at(), plain.taught(), lesson), models.get(0));

        var read = serving().lesson();

        assertThat(read).isEqualTo(new Lesson("12", 540, 54, List.of("de", "en"), .9417, new Lesson.Notes(1, 2, 3)));
    }

    @Test
    void where_the_disk_refuses_all_is_as_it_was() throws IOException {
        keep(0);
        var shelf = shelf();
        Files.createDirectories(folder.resolve("shop").resolve("catalog.new").resolve("in the way"));

        assertThatThrownBy(() -> shelf.keep(versions.get(1), models.get(1))).isInstanceOf(IOException.class);

        assertThat(shelf.catalog().serving()).isEqualTo(versions.get(0).hash());
        assertThat(serving()).isEqualTo(versions.get(0));
    }
}
