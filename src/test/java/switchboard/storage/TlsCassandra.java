package switchboard.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import switchboard.SwitchboardProcess;
import switchboard.tls.TestAuthority;

/** A node that speaks nothing but TLS: the embedded one, with more in its yaml. */
public final class TlsCassandra implements AutoCloseable {

    private final Process process;
    private final int port;

    /** Shows {@code alias} of that authority's store; returns once it serves. */
    public static TlsCassandra start(Path folder, TestAuthority authority, String alias) throws IOException {
        var ports = CassandraPorts.choose(0);
        var home = new CassandraHome(
                folder,
                Path.of(".cassandra/lib").toAbsolutePath().normalize(),
                "384m",
                ports.nativePort(),
                ports.storagePort());
        var builder = home.prepare();
        Files.writeString(
                folder.resolve("cassandra.yaml"),
                """

                client_encryption_options:
                  enabled: true
                  optional: false
                  keystore: %s
                  keystore_password: %s
                  store_type: PKCS12
                """.formatted(authority.store(alias), TestAuthority.PASSWORD),
                StandardOpenOption.APPEND);
        var it = new TlsCassandra(builder.start(), home.nativePort());
        try {
            SwitchboardProcess.await("Cassandra", () -> {
                if (!it.process.isAlive()) {
                    throw new IllegalStateException("ended with " + it.process.exitValue() + ", see " + home.output());
                }
                return home.ready(it.process.pid());
            });
            return it;
        } catch (RuntimeException e) {
            it.close();
            throw e;
        }
    }

    private TlsCassandra(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Of the native protocol, on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** The end of its stdin is its order to stop. */
    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(Duration.ofSeconds(30))) {
                process.destroyForcibly();
            }
            process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
