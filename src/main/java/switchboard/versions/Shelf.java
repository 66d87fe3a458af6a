package switchboard.versions;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.understanding.Model;
import switchboard.understanding.ModelFile;

/**
 * A tenant's versions in a folder: a file {@code HASH.model} each, and {@code catalog}. A model is written before the catalog names it and
 * removed after it does no more, so that whenever the program is killed what the catalog names is there. One thread at a time.
 */
final class Shelf {

    private static final Logger LOG = LoggerFactory.getLogger(Shelf.class);
    private static final String CATALOG = "catalog";
    private static final String MODEL = ".model";
    private static final String UNTAUGHT = "0".repeat(64);

    /** A version and what it knows. */
    record Found(Version version, Model model) {

        /** By that version of what its tenant knows, too; the same examples showed the same. */
        Found taughtBy(Lesson lesson) {
            return new Found(
                    new Version(
                            version.hash(),
                            version.at(),
                            version.taught(),
                            version.lesson().by(lesson)),
                    model);
        }
    }

    private final Path folder;
    private final int most;
    private Catalog catalog;

    /** Refused: an {@link IOException} where the folder cannot be read or made. */
    Shelf(Path folder, int most) throws IOException {
        this.folder = folder;
        this.most = most;
        Files.createDirectories(folder);
        this.catalog = read();
    }

    Catalog catalog() {
        return catalog;
    }

    /** The one that serves, or else the newest that can be read. */
    Optional<Found> serving() throws IOException {
        var wanted = new ArrayList<>(catalog.version(catalog.serving()).stream().toList());
        wanted.addAll(catalog.versions().reversed());
        for (var version : wanted) {
            var found = load(version);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    Optional<Found> load(Version version) throws IOException {
        return switch (ModelFile.read(file(version.hash()))) {
            case ModelFile.Found.Sound sound
            when sound.hash().equals(version.hash()) -> Optional.of(new Found(version, sound.model()));
            case ModelFile.Found.Sound _ -> unusable(version, ModelFile.Fault.CORRUPT);
            case ModelFile.Found.Unusable unusable -> unusable(version, unusable.fault());
        };
    }

    private Optional<Found> unusable(Version version, ModelFile.Fault fault) {
        LOG.warn("versions: {} of {} cannot serve: {}", version.hash(), folder.getFileName(), fault);
        return Optional.empty();
    }

    /** Refused: an {@link IOException} where the disk refuses; then all is as it was. */
    void keep(Version version, Model model) throws IOException {
        var before = catalog;
        ModelFile.write(file(version.hash()), model);
        change(catalog.with(version, most));
        for (var old : before.versions()) {
            if (catalog.version(old.hash()).isEmpty()) {
                Files.deleteIfExists(file(old.hash()));
            }
        }
    }

    /** Refused: an {@link IOException} where the disk refuses; then all is as it was. */
    void change(Catalog changed) throws IOException {
        var beside = folder.resolve(CATALOG + ".new");
        try {
            try (var channel = FileChannel.open(
                    beside,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                var bytes = ByteBuffer.wrap(changed.text().getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(
                    beside,
                    folder.resolve(CATALOG),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
        catalog = changed;
    }

    private Path file(String hash) {
        return folder.resolve(hash + MODEL);
    }

    private Catalog read() throws IOException {
        var files = files();
        var found = text().flatMap(Catalog::read);
        if (found.isEmpty()) {
            return files.stream()
                    .map(this::unlisted)
                    .reduce(Catalog.EMPTY, (all, one) -> all.with(one, most), (_, all) -> all);
        }
        for (var file : files) {
            if (found.get().version(hash(file)).isEmpty()) {
                Files.deleteIfExists(
                        file); // the program was killed before the catalog named it, or after it did no more
            }
        }
        return found.get();
    }

    private Optional<String> text() throws IOException {
        try {
            return Optional.of(new String(Files.readAllBytes(folder.resolve(CATALOG)), StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private Version unlisted(Path file) {
        return new Version(
                hash(file), java.time.Instant.ofEpochMilli(file.toFile().lastModified()), UNTAUGHT);
    }

    private static String hash(Path file) {
        return file.getFileName().toString().replace(MODEL, "");
    }

    /** Of models, the oldest first. */
    private List<Path> files() throws IOException {
        try (var all = Files.list(folder)) {
            return all.filter(file -> file.getFileName().toString().matches("[0-9a-f]{64}\\" + MODEL))
                    .sorted(Comparator.comparingLong(
                                    (Path file) -> file.toFile().lastModified())
                            .thenComparing(Path::getFileName))
                    .toList();
        }
    }
}
