package switchboard.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import switchboard.wire.CannotStart;

/**
 * The file with the key that wraps all other keys: 32 random bytes as base64, readable by its owner alone. Without it
 * nothing that came from customers can be read again: it is backed up apart from the database.
 */
public final class MasterKey {

    private static final int BYTES = 32;

    /** The key in {@code file}, which must exist. */
    public static byte[] read(Path file) {
        try {
            var key = Base64.getDecoder().decode(Files.readString(file).strip());
            if (key.length == BYTES) {
                return key;
            }
            throw new CannotStart("master key file " + file + " has " + key.length + " bytes, not " + BYTES);
        } catch (IOException e) {
            throw new CannotStart(
                    "master key file cannot be read: " + file
                            + "; make one with: openssl rand -base64 32, or restore it from its backup",
                    e);
        } catch (IllegalArgumentException e) {
            throw new CannotStart("master key file is not base64: " + file, e);
        }
    }

    /** Makes a new one, on disk when this returns. An existing file stays. */
    public static void make(Path file) {
        var key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var temporary = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(temporary);
            try (var channel = FileChannel.open(
                    temporary, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), owner)) {
                channel.write(ByteBuffer.wrap(
                        (Base64.getEncoder().encodeToString(key) + "\n").getBytes(StandardCharsets.US_ASCII)));
                channel.force(true);
            }
            Files.move(temporary, file);
        } catch (IOException e) {
            throw new CannotStart("master key file cannot be made: " + file + " (" + e + ")", e);
        }
    }

    private MasterKey() {}
}
