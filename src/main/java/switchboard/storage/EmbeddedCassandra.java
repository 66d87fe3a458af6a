package switchboard.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.wire.CannotStart;

/**
 * Cassandra in a JVM of its own, one node on 127.0.0.1. It ends with this program, however that ends; when it ends alone
 * it is started again with growing pauses, on the same ports.
 */
public final class EmbeddedCassandra implements AutoCloseable {

    /**
     * How the node is to be.
     *
     * @param folder all that the node stores
     * @param lib Cassandra's jars
     * @param port of the native protocol; 0 takes a free one
     * @param heap as after {@code -Xmx}
     */
    public record Settings(Path folder, Path lib, int port, String heap) {}

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedCassandra.class);
    private static final int PORT_ATTEMPTS = 3;
    private static final Duration START_PATIENCE = Duration.ofMinutes(2);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(250);

    private final CassandraHome home;
    private volatile Process process;
    private volatile boolean stopping;

    /** Starts it and waits until it serves. */
    public static EmbeddedCassandra start(Settings settings) {
        return start(settings, () -> CassandraPorts.choose(settings.port));
    }

    /** Ports that somebody took before the node did are chosen anew, a few times; one that was asked for is not. */
    static EmbeddedCassandra start(Settings settings, Supplier<CassandraPorts> chosen) {
        for (int left = PORT_ATTEMPTS; ; left--) {
            var ports = chosen.get();
            try {
                return new EmbeddedCassandra(new CassandraHome(
                        settings.folder.toAbsolutePath().normalize(),
                        settings.lib.toAbsolutePath().normalize(),
                        settings.heap,
                        ports.nativePort(),
                        ports.storagePort()));
            } catch (CannotStart e) {
                if (left == 1 || settings.port != 0 || !ports.held()) {
                    throw e;
                }
                LOG.warn("{}; one of its ports was taken meanwhile, it is started on others", e.line());
            }
        }
    }

    private EmbeddedCassandra(CassandraHome home) {
        this.home = home;
        this.process = launch();
        try {
            awaitReady();
        } catch (RuntimeException e) { // whatever it is: no process stays behind, and it goes on
            stop(process);
            throw e;
        }
        Thread.ofPlatform().daemon().name("embedded-cassandra").start(this::watch);
    }

    /** Of the native protocol, on 127.0.0.1; stays the same for the life of this object. */
    public int port() {
        return home.nativePort();
    }

    /** Of the process that runs now. */
    public long pid() {
        return process.pid();
    }

    /** Lets it flush and end. */
    @Override
    public void close() {
        synchronized (this) {
            stopping = true;
        }
        stop(process);
    }

    private Process launch() {
        try {
            return home.prepare().start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady() {
        var start = System.nanoTime();
        while (!home.ready(process.pid())) {
            if (ended(Duration.ofMillis(50))) {
                throw new CannotStart(
                        process.exitValue() == CassandraChild.FOLDER_IN_USE
                                ? "data folder in use by another Cassandra: " + home.folder()
                                : "the embedded Cassandra ended with code " + process.exitValue() + " (" + home.reason()
                                        + "), see " + home.output());
            }
            if (System.nanoTime() - start > START_PATIENCE.toNanos()) {
                throw new CannotStart("the embedded Cassandra was not ready after " + START_PATIENCE.toSeconds()
                        + " s, see " + home.output());
            }
        }
    }

    private void watch() {
        var pause = SHORTEST_PAUSE;
        while (!stopping) {
            var code = await(process);
            if (stopping) {
                return;
            }
            LOG.warn("the embedded Cassandra ended with code {}; starting it again in {} ms", code, pause.toMillis());
            pause(pause);
            pause = revive() ? SHORTEST_PAUSE : longer(pause);
        }
    }

    /** Whether it serves again. */
    private boolean revive() {
        synchronized (this) {
            if (stopping) {
                return false;
            }
            process = launch();
        }
        try {
            awaitReady();
            LOG.info("the embedded Cassandra serves again");
            return true;
        } catch (CannotStart e) {
            if (!stopping) {
                LOG.warn("{}", e.line());
            }
            process.destroyForcibly();
            return false;
        }
    }

    private static Duration longer(Duration pause) {
        var twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    private static void stop(Process process) {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(STOP_PATIENCE)) {
                process.destroyForcibly();
            }
            process.waitFor(STOP_PATIENCE);
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private boolean ended(Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStart("interrupted", e);
        }
    }

    private static int await(Process process) {
        return process.onExit().join().exitValue();
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
