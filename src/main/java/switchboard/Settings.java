package switchboard;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import switchboard.storage.Contact;
import switchboard.wire.CannotStart;

/**
 * All settings, read once; {@code application.conf} says what each means.
 *
 * @param config everything, for the libraries that read it themselves
 */
record Settings(Http http, Storage storage, Log log, boolean localKeys, Config config) {

    /** Where it listens; port 0 takes a free one. */
    record Http(String host, int port) {}

    /**
     * Where things are kept.
     *
     * @param external another's Cassandra; empty for the embedded node
     */
    record Storage(
            Path data,
            String keyspace,
            Optional<Contact> external,
            int replicas,
            Duration patience,
            Embedded embedded) {}

    /** The embedded node. */
    record Embedded(Path lib, int port, String heap) {}

    /** The keys: the file of the master key, and how many data keys lie ready. */
    record Log(Optional<Path> masterKeyFile, int readyKeys) {}

    private static final Pattern POINT = Pattern.compile("[^\\s:,]+:[0-9]{1,5}");

    /** From {@code application.conf}, the environment, and the operator's file that {@code SWITCHBOARD_CONF} names. */
    static Settings read() {
        try {
            return of(ConfigFactory.load(operators(Optional.ofNullable(System.getenv("SWITCHBOARD_CONF")))));
        } catch (ConfigException e) {
            throw new CannotStart("settings: " + e.getMessage(), e);
        }
    }

    static Settings of(Config config) {
        var it = config.getConfig("switchboard");
        var storage = storage(it.getConfig("storage"));
        var http = new Http(it.getString("http.host"), it.getInt("http.port"));
        var log = new Log(text(it, "log.master-key-file").map(Path::of), it.getInt("log.ready-keys"));
        return new Settings(http, storage, log, it.getBoolean("security.local-keys"), config);
    }

    private static Storage storage(Config it) {
        var points = points(it.getString("contact-points"));
        var keyspace = it.getString("keyspace");
        return new Storage(
                Path.of(it.getString("data")),
                keyspace,
                points.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Contact(
                                points,
                                it.getString("datacenter"),
                                keyspace,
                                it.getString("user"),
                                it.getString("password"))),
                it.getInt("replicas"),
                it.getDuration("patience"),
                new Embedded(
                        Path.of(it.getString("embedded.lib")),
                        it.getInt("embedded.port"),
                        it.getString("embedded.heap")));
    }

    private static List<String> points(String list) {
        var points = Pattern.compile("[\\s,]+")
                .splitAsStream(list)
                .filter(point -> !point.isEmpty())
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

    private static Config operators(Optional<String> file) {
        var defaults = ConfigFactory.defaultApplication();
        if (file.isEmpty() || file.get().isBlank()) {
            return defaults;
        }
        var path = Path.of(file.get());
        if (!Files.isReadable(path)) {
            throw new CannotStart("settings: SWITCHBOARD_CONF names a file that cannot be read: " + path);
        }
        return ConfigFactory.parseFile(path.toFile()).withFallback(defaults);
    }

    private static Optional<String> text(Config it, String key) {
        return Optional.of(it.getString(key)).filter(value -> !value.isBlank());
    }
}
