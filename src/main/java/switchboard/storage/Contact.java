package switchboard.storage;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where Cassandra is, and as whom.
 *
 * @param points {@code host:port}
 * @param user empty: without a password
 * @param tls empty: in the clear
 */
public record Contact(
        List<String> points,
        String datacenter,
        String keyspace,
        String user,
        String password,
        Consistency consistency,
        Optional<Tls> tls) {

    /**
     * Encrypted, with a Cassandra that shows who it is.
     *
     * @param authorities PEM of those whose word is taken for it
     * @param verifyHost whether its certificate must name the host that was asked for
     */
    public record Tls(Path authorities, boolean verifyHost) {}

    public Contact {
        points = List.copyOf(points);
    }

    /** The embedded node. */
    public static Contact local(int port, String keyspace) {
        return new Contact(
                List.of("127.0.0.1:" + port), "datacenter1", keyspace, "", "", Consistency.QUORUM, Optional.empty());
    }

    /** For the driver (our session's and the journal's) and the journal, to be laid over the rest. */
    public Config config() {
        var values = new HashMap<String, Object>(Map.of(
                "datastax-java-driver.basic.contact-points", points,
                "datastax-java-driver.basic.load-balancing-policy.local-datacenter", datacenter,
                "datastax-java-driver.advanced.metadata.schema.refreshed-keyspaces", List.of(keyspace),
                "pekko.persistence.cassandra.journal.keyspace", keyspace));
        values.putAll(consistency.settings());
        if (!user.isEmpty()) {
            values.put("datastax-java-driver.advanced.auth-provider.class", "PlainTextAuthProvider");
            values.put("datastax-java-driver.advanced.auth-provider.username", user);
            values.put("datastax-java-driver.advanced.auth-provider.password", password);
        }
        tls.ifPresent(it -> values.putAll(TrustedNodes.settings(it)));
        return ConfigFactory.parseMap(values, "where Cassandra is");
    }

    @Override
    public String toString() {
        return "keyspace " + keyspace + " at " + String.join(", ", points) + (tls.isPresent() ? " over TLS" : "");
    }
}
