package switchboard.faults;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import switchboard.program.Command;

/** A disk of its own for one folder: an ext4 in a file, which takes a Linux and the right to mount. */
final class Disk implements AutoCloseable {

    private static final List<String> NEEDED = List.of("mkfs.ext4", "mount", "umount", "e2fsck", "fuser");

    private final Path image;
    private final Path folder;

    private Disk(Path image, Path folder) {
        this.image = image;
        this.folder = folder;
    }

    /** Of {@code bytes}, over what is in {@code folder}; the test is skipped where that is not allowed. */
    static Disk over(Path folder, Path image, long bytes) throws IOException {
        NEEDED.forEach(it -> Command.needed(it, "Debian: e2fsprogs, mount, psmisc"));
        try (var file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(bytes);
        }
        Command.PLAIN.run("mkfs.ext4", "-q", "-F", image.toString());
        var mounted = Command.PLAIN.tried(mount(image, folder));
        org.junit.jupiter.api.Assumptions.assumeTrue(
                mounted.code() == 0, () -> "may not mount a disk: " + mounted.errors());
        return new Disk(image, folder);
    }

    private static List<String> mount(Path image, Path folder) {
        return List.of("mount", "-o", "loop,errors=remount-ro", image.toString(), folder.toString());
    }

    /** As the kernel does when a disk has failed: nothing can be written any more, by whoever has a file open either. */
    void becomeReadOnly() {
        Command.PLAIN.run("mount", "-o", "remount,abort", folder.toString());
    }

    /** Who still has files there is killed. */
    void repair() throws IOException {
        Command.PLAIN.tried(List.of("fuser", "-k", "-m", folder.toString()));
        switchboard.SwitchboardProcess.await(
                "the disk to be left",
                () -> Command.PLAIN.tried(List.of("umount", folder.toString())).code() == 0);
        var checked = Command.PLAIN.tried(List.of("e2fsck", "-f", "-y", image.toString()));
        if (checked.code() > 1) { // 1: errors were corrected
            throw new IllegalStateException(checked.output() + checked.errors());
        }
        Command.PLAIN.run(mount(image, folder).toArray(String[]::new));
    }

    @Override
    public void close() {
        Command.PLAIN.run("umount", folder.toString());
    }
}
