package switchboard.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import switchboard.wire.CannotStart;

/** Where a program keeps what is its own. Locked while it runs; the kernel frees the lock when it is gone. */
public final class DataFolder implements AutoCloseable {

    private final Path path;
    private final FileChannel lock;

    /** Makes it where it is missing; refuses while another program has it. */
    public static DataFolder open(Path path) {
        try {
            Files.createDirectories(path);
            var lock = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(lock)) {
                lock.close();
                throw new CannotStart("data folder in use by another program: " + path);
            }
            return new DataFolder(path, lock);
        } catch (IOException e) {
            throw new CannotStart("data folder cannot be used: " + path + " (" + e + ")", e);
        }
    }

    private DataFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** The embedded node's place. */
    public Path cassandra() {
        return path.resolve("cassandra");
    }

    /** This program's name among those that may want the same keyspace; stays for the life of the folder. */
    public String node() {
        var file = path.resolve("node");
        try {
            if (!Files.exists(file)) {
                Files.writeString(file, "node-" + UUID.randomUUID());
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new CannotStart("data folder cannot be used: " + file + " (" + e + ")", e);
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            @Nullable Object lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }
}
