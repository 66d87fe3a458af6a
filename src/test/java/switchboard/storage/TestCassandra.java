package switchboard.storage;

import com.datastax.oss.driver.api.core.CqlSession;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One embedded Cassandra for all tests of a JVM, and a fresh keyspace with all tables for each test class.
 *
 * <pre>{@code @RegisterExtension static final TestCassandra cassandra = new TestCassandra();}</pre>
 */
public final class TestCassandra implements BeforeAllCallback, AfterAllCallback {

    private static final AtomicInteger KEYSPACES = new AtomicInteger();

    private final String keyspace = "test_" + KEYSPACES.incrementAndGet();
    private @Nullable Shared shared;
    private @Nullable Cassandra cassandra;

    @Override
    public void beforeAll(ExtensionContext context) {
        shared = context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .getOrComputeIfAbsent("cassandra", _ -> Shared.start(), Shared.class);
        cassandra = Cassandra.connect(contact(), config(), Cassandra.Making.MAKE, 1, Duration.ofSeconds(60));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        started(cassandra).close();
    }

    /** In this class's keyspace. */
    public CqlSession session() {
        return started(cassandra).session();
    }

    public Cassandra cassandra() {
        return started(cassandra);
    }

    public String keyspace() {
        return keyspace;
    }

    public Contact contact() {
        return contact(keyspace);
    }

    /** The shared node, another keyspace. */
    public Contact contact(String another) {
        return Contact.local(started(shared).node.port(), another);
    }

    /** For an actor system with the journal in this class's keyspace: the program's own settings. */
    public Config config() {
        return contact().config().withFallback(ConfigFactory.load());
    }

    private static <T> T started(@Nullable T it) {
        if (it == null) {
            throw new IllegalStateException("needs @RegisterExtension static");
        }
        return it;
    }

    private record Shared(EmbeddedCassandra node, Path folder) implements AutoCloseable {

        static Shared start() {
            try {
                var folder = Files.createTempDirectory("switchboard-cassandra");
                var settings = new EmbeddedCassandra.Settings(folder, Path.of(".cassandra/lib"), 0, "384m");
                return new Shared(EmbeddedCassandra.start(settings), folder);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() throws IOException {
            node.close();
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
