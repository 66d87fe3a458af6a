package switchboard.storage;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.metadata.NodeState;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import switchboard.tls.Authorities;
import switchboard.wire.CannotStart;

/** Cassandra, checked and with its tables: the one session beside the journal's own. */
public final class Cassandra implements AutoCloseable {

    private static final Set<String> DURABLE = Set.of("group", "batch");

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final CqlSession session;

    /** Who makes keyspace and tables. Several that start at once should not make them together. */
    public enum Making {
        /** This program, what is missing. */
        MAKE,
        /** Another one: it is waited for. */
        WAIT,
        /** This program, which does nothing else. */
        ONLY
    }

    /**
     * Connects, checks that an acknowledged write is on disk, and makes what is missing, or waits for it.
     *
     * @param config the program's, with {@link Contact#config()} over it
     * @param making who makes what is missing
     * @param replicas of a new keyspace
     * @param patience how long to go on trying
     */
    public static Cassandra connect(Contact contact, Config config, Making making, int replicas, Duration patience) {
        var session = open(contact, config, patience);
        try {
            session.getMetadata().getNodes().values().forEach(node -> checkDurable(session, node));
            if (making == Making.WAIT) {
                Schema.await(session, contact.keyspace(), patience);
            } else {
                Schema.make(session, contact.keyspace(), contact.datacenter(), replicas);
            }
            return new Cassandra(session);
        } catch (RuntimeException e) { // whatever it is: no session stays behind, and it goes on
            session.close();
            throw e;
        }
    }

    private Cassandra(CqlSession session) {
        this.session = session;
    }

    /** In the keyspace. */
    public CqlSession session() {
        return session;
    }

    /** Whether it answers now; fails when it does not. */
    public CompletionStage<?> ping() {
        return session.executeAsync(SimpleStatement.newInstance("SELECT version FROM meta WHERE name = 'schema'")
                .setTimeout(Duration.ofSeconds(2)));
    }

    @Override
    public void close() {
        session.close();
    }

    private static CqlSession open(Contact contact, Config config, Duration patience) {
        var driver = config.getConfig("datastax-java-driver").root().render(ConfigRenderOptions.concise());
        contact.tls().ifPresent(it -> Authorities.trusted(it.authorities()));
        var start = System.nanoTime();
        while (true) {
            try {
                return CqlSession.builder()
                        .withConfigLoader(DriverConfigLoader.fromString("datastax-java-driver " + driver))
                        .build();
            } catch (AllNodesFailedException e) {
                checkTrusted(contact, e);
                if (System.nanoTime() - start > patience.toNanos()) {
                    throw new CannotStart("Cassandra does not answer: " + contact, e);
                }
                Pause.of(PAUSE);
            }
        }
    }

    /** Whom it does not know it will not know the next time. */
    private static void checkTrusted(Contact contact, AllNodesFailedException failed) {
        failed.getAllErrors().values().stream()
                .flatMap(List::stream)
                .flatMap(error -> Stream.iterate(error, Objects::nonNull, Throwable::getCause))
                .filter(CertificateException.class::isInstance)
                .findFirst()
                .ifPresent(why -> {
                    throw new CannotStart(
                            "Cassandra's certificate is not trusted: " + contact + ": " + why.getMessage(), failed);
                });
    }

    private static void checkDurable(CqlSession session, Node node) {
        if (node.getState() == NodeState.DOWN) {
            return;
        }
        var row = session.execute(SimpleStatement.newInstance(
                                "SELECT value FROM system_views.settings WHERE name = 'commitlog_sync'")
                        .setNode(node))
                .one();
        var sync = row == null ? "unknown" : String.valueOf(row.getString("value"));
        if (!DURABLE.contains(sync)) {
            throw new CannotStart(
                    "Cassandra at %s has commitlog_sync: %s and would lose acknowledged events; set group or batch"
                            .formatted(node.getEndPoint(), sync));
        }
    }
}
