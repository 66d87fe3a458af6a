package switchboard;

import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import switchboard.storage.Consistency;
import switchboard.storage.Contact;
import switchboard.wire.CannotStart;

/** {@code switchboard.storage}: a Cassandra of the operator's own, and how it is spoken to. */
final class ContactSettings {

    private static final Pattern POINT = Pattern.compile("[^\\s:,]+:[0-9]{1,5}");
    private static final int LONGEST_PASSWORD = 4 * 1024;

    /** Empty where none is named: the embedded node. */
    static Optional<Contact> of(Config it) {
        var consistency = Consistency.named(it.getString("consistency"));
        var points = points(it.getString("contact-points"));
        if (points.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Contact(
                points,
                it.getString("datacenter"),
                it.getString("keyspace"),
                it.getString("user"),
                password(it),
                consistency,
                Settings.text(it, "tls.ca").map(ca -> new Contact.Tls(Path.of(ca), it.getBoolean("tls.verify-host")))));
    }

    private static List<String> points(String list) {
        var points = Settings.words(list).stream()
                .map(point -> point.contains(":") ? point : point + ":9042")
                .toList();
        points.stream()
                .filter(point -> !POINT.matcher(point).matches())
                .findFirst()
                .ifPresent(point -> {
                    throw new CannotStart("settings: a contact point is host:port, not: " + point);
                });
        return points;
    }

    private static String password(Config it) {
        return Settings.text(it, "password-file")
                .map(file -> read(Path.of(file)))
                .orElseGet(() -> it.getString("password"));
    }

    /** One newline at the end belongs to the file, everything else to the password. */
    private static String read(Path file) {
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(LONGEST_PASSWORD + 1);
            if (bytes.length > LONGEST_PASSWORD) {
                throw new CannotStart("settings: the password file has more than 4 KiB: " + file);
            }
            var password = new String(bytes, StandardCharsets.UTF_8).replaceFirst("\\r?\\n\\z", "");
            if (password.isEmpty()) {
                throw new CannotStart("settings: the password file is empty: " + file);
            }
            return password;
        } catch (IOException e) {
            throw new CannotStart("settings: the password file cannot be read: " + file, e);
        }
    }

    private ContactSettings() {}
}
