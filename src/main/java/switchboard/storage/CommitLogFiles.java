package switchboard.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the embedded node's commit log needs so that a full disk neither loses an acknowledged write nor keeps the node
 * from starting again. Runs in the node's JVM: nothing but the JDK is used, and there is no nested class.
 *
 * <p>Cassandra 5.0 writes a section with one call and does not look at how much of it was written: on a full disk the
 * rest is missing, the write is acknowledged all the same, and the torn section stops every later start. {@link
 * CassandraJar} puts {@link #write} in that call's place.
 */
public final class CommitLogFiles {

    private static final int AHEAD = 1 << 20;
    private static volatile int block = 4096;

    /** Before Cassandra starts: removes segments that no header was ever written to; replay would stop at them. */
    static void prepare(Path folder) throws IOException {
        Files.createDirectories(folder);
        block = Math.toIntExact(Files.getFileStore(folder).getBlockSize());
        try (var files = Files.newDirectoryStream(folder, "CommitLog-*.log")) {
            for (var file : files) {
                if (isZeros(file)) {
                    Files.delete(file);
                }
            }
        }
    }

    /**
     * Writes all of {@code section} at the channel's position, in place of {@link FileChannel#write(ByteBuffer)}. The
     * file is made long enough first, with zeros, which replay reads as its end: when that fails nothing else was
     * written, and the channel is as it was.
     */
    public static int write(FileChannel channel, ByteBuffer section) throws IOException {
        var length = section.remaining();
        extend(channel, channel.position() + length);
        while (section.hasRemaining()) {
            channel.write(section);
        }
        return length;
    }

    /** Some way ahead, so that few writes have to. */
    private static void extend(FileChannel channel, long needed) throws IOException {
        var size = channel.size();
        if (size >= needed) {
            return;
        }
        var zeros = ByteBuffer.allocateDirect(AHEAD + block).alignedSlice(block);
        try {
            for (var at = size; at < needed; ) {
                zeros.clear().limit(AHEAD);
                while (zeros.hasRemaining()) {
                    at += channel.write(zeros, at);
                }
            }
        } catch (IOException e) {
            channel.truncate(size);
            throw e;
        }
    }

    private static boolean isZeros(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            var bytes = new byte[1 << 16];
            for (int count; (count = in.read(bytes)) > 0; ) {
                for (int i = 0; i < count; i++) {
                    if (bytes[i] != 0) {
                        return false;
                    }
                }
            }
            return true;
        }
    }

    private CommitLogFiles() {}
}
