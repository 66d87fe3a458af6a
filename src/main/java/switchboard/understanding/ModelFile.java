package switchboard.understanding;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A model as a file: {@code SWBM}, the format's version (4 bytes), the length of what follows (4 bytes), the model, its SHA-256. A file is whole or
 * it is not there: it is written beside, read back, and moved.
 */
public final class ModelFile {

    private static final int MAGIC = 0x5357424d;
    private static final int VERSION = 3;
    private static final int HEAD = 12;
    private static final int SUM = 32;

    /** What a file was found to be. */
    public sealed interface Found {

        /** The same model has the same hash (hex). */
        record Sound(Model model, String hash) implements Found {}

        record Unusable(Fault fault) implements Found {}
    }

    public enum Fault {
        MISSING,
        /** It ends too early. */
        TRUNCATED,
        /** No model, or a changed one. */
        CORRUPT,
        /** Written by another version of the program. */
        OTHER_VERSION
    }

    /** The same for the same model, hex. */
    public static String hash(Model model) {
        return HexFormat.of().formatHex(sum(ModelBytes.of(model)));
    }

    /** Returns the hash. Refused: an {@link IOException} where the disk refuses; what stood there before stands there still. */
    public static String write(Path file, Model model) throws IOException {
        var bytes = framed(ModelBytes.of(model));
        var beside = file.resolveSibling(file.getFileName() + ".new");
        try {
            put(beside, bytes);
            if (!Arrays.equals(Files.readAllBytes(beside), bytes)) {
                throw new IOException(beside.getFileName() + " does not read as it was written");
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
        try (var folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
        return hash(model);
    }

    private static void put(Path file, byte[] bytes) throws IOException {
        try (var channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            var buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    /** Refused: an {@link IOException} where there is a file that cannot be read. */
    public static Found read(Path file) throws IOException {
        try {
            return read(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return new Found.Unusable(Fault.MISSING);
        }
    }

    private static Found read(byte[] bytes) throws IOException {
        if (bytes.length < HEAD) {
            return new Found.Unusable(Fault.TRUNCATED);
        }
        var head = ByteBuffer.wrap(bytes);
        if (head.getInt() != MAGIC) {
            return new Found.Unusable(Fault.CORRUPT);
        }
        if (head.getInt() != VERSION) {
            return new Found.Unusable(Fault.OTHER_VERSION);
        }
        var length = head.getInt();
        if (length < 0 || bytes.length - HEAD - SUM != length) {
            return new Found.Unusable(
                    length >= 0 && bytes.length - HEAD - SUM < length ? Fault.TRUNCATED : Fault.CORRUPT);
        }
        var body = Arrays.copyOfRange(bytes, HEAD, HEAD + length);
        var sum = sum(body);
        return MessageDigest.isEqual(sum, Arrays.copyOfRange(bytes, HEAD + length, bytes.length))
                ? sound(body, sum)
                : new Found.Unusable(Fault.CORRUPT);
    }

    /** A right sum over wrong contents: somebody made it. */
    private static Found sound(byte[] body, byte[] sum) throws IOException {
        try (var in = new DataInputStream(new ByteArrayInputStream(body))) {
            var model = ModelBytes.read(in);
            return in.read() == -1
                    ? new Found.Sound(model, HexFormat.of().formatHex(sum))
                    : new Found.Unusable(Fault.CORRUPT);
        } catch (EOFException | ModelBytes.Malformed e) {
            return new Found.Unusable(Fault.CORRUPT);
        }
    }

    private static byte[] framed(byte[] body) throws IOException {
        var bytes = new ByteArrayOutputStream(body.length + HEAD + SUM);
        try (var out = new DataOutputStream(bytes)) {
            out.writeInt(MAGIC);
            out.writeInt(VERSION);
            out.writeInt(body.length);
            out.write(body);
            out.write(sum(body));
        }
        return bytes.toByteArray();
    }

    private static byte[] sum(byte[] body) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(body);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private ModelFile() {}
}
