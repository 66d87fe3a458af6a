package switchboard;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.cluster.Lease;
import switchboard.cluster.Node;
import switchboard.http.Connections;
import switchboard.http.Cors;
import switchboard.http.Server;
import switchboard.logging.Console;
import switchboard.logging.Format;
import switchboard.storage.Cassandra;
import switchboard.storage.Contact;
import switchboard.storage.DataFolder;
import switchboard.storage.EmbeddedCassandra;
import switchboard.storage.MasterKey;
import switchboard.tls.ServerCertificate;
import switchboard.wire.CannotStart;

/** The program: builds every object, in this order; stops them in the opposite one. */
public final class Main {

    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    public static void main(String[] args) {
        var opened = new Opened();
        Runtime.getRuntime().addShutdownHook(new Thread(opened::close, "stop"));
        try {
            Console.take(Format.chosen(), InstantSource.system());
            new Main(Settings.read(), opened).start();
        } catch (CannotStart e) {
            refuse(opened, e.line());
        } catch (RuntimeException | Error e) { // the last who can: said in one line, never a program half alive
            if (!opened.closed()) {
                LOG.error("the start failed", e);
            }
            refuse(opened, e.toString());
        }
    }

    private final Settings settings;
    private final Opened opened;

    private Main(Settings settings, Opened opened) {
        this.settings = settings;
        this.opened = opened;
    }

    private void start() {
        var storage = settings.storage();
        if (storage.making() == Cassandra.Making.ONLY) {
            makeTables(storage);
            return;
        }
        var http = settings.http();
        checkLoopback(http.host());
        if (settings.cluster().clustered()
                && settings.cluster().nodes() > 1
                && storage.external().isEmpty()) {
            throw new CannotStart("settings: nodes of one cluster share one Cassandra: set"
                    + " SWITCHBOARD_CASSANDRA_CONTACT_POINTS");
        }
        checkFree(http);
        var certificate = http.tls().map(TlsSettings::read);

        var folder = opened.open(
                "data",
                () -> DataFolder.open(storage.data()),
                _ -> storage.data().toAbsolutePath().normalize().toString());
        var masterKey = masterKey(folder);
        var contact = storage.external().orElseGet(() -> embedded(folder));
        var config = contact.config().withFallback(settings.config());
        var cassandra = opened.open(
                "session",
                () -> Cassandra.connect(contact, config, storage.making(), storage.replicas(), storage.patience()),
                _ -> contact.toString());
        var times = storage.external().isPresent() ? Lease.Times.USUAL : Lease.Times.USUAL.patient();
        // given back after the node has ended, so after the last write
        var lease = opened.open(
                "lease",
                () -> new Lease(cassandra.session(), folder.node(), times, Main::leaseLost),
                _ -> "of " + folder.node());
        var node = opened.open(
                "node", () -> Node.start(settings.cluster(), config, lease), _ -> "up, term " + lease.term());
        node.ended().thenRun(this::nodeEnded);

        var meters = opened.open("meters", Meters::new, _ -> "on");
        var ready = new Readiness(node.system(), cassandra::ping, () -> lease.held() && node.up());
        var rooms = opened.open(
                "rooms",
                () -> new Rooms(node.system(), cassandra.session(), masterKey, lease, settings, ready, meters),
                it -> it.routes().size() + " groups of routes");
        node.onGone(rooms::nodeGone);
        var server = opened.open(
                "http", () -> new Listening(bind(node, http, certificate, rooms, ready, meters)), Listening::address);
        meters.of(server.server().connections());
        settings.metrics()
                .ifPresent(it ->
                        opened.open("metrics", () -> new Listening(metrics(node, it, rooms)), Listening::address));
        opened.open("streams", rooms::streams, _ -> "at most " + http.streams().inAll());
        Opened.say("listening on " + server.address() + " after " + opened.elapsed());
    }

    /** Needs neither a folder nor a key of its own. */
    private void makeTables(Settings.Storage storage) {
        var contact = storage.external()
                .orElseThrow(
                        () -> new CannotStart("settings: the embedded Cassandra's tables are made by the program that"
                                + " starts it: switchboard.storage.schema = only needs contact points"));
        Cassandra.connect(
                        contact,
                        contact.config().withFallback(settings.config()),
                        storage.making(),
                        storage.replicas(),
                        storage.patience())
                .close();
        Opened.say("the tables of keyspace " + storage.keyspace() + " are there");
    }

    private Contact embedded(DataFolder folder) {
        var it = settings.storage().embedded();
        Opened.say("cassandra  starting");
        var node = opened.open(
                "cassandra",
                () -> EmbeddedCassandra.start(
                        new EmbeddedCassandra.Settings(folder.cassandra(), it.lib(), it.port(), it.heap())),
                started -> "ready on port " + started.port() + ", process " + started.pid());
        return Contact.local(node.port(), settings.storage().keyspace());
    }

    /** Made at the very first start of the embedded node alone: a new key beside old data would read nothing. */
    private byte[] masterKey(DataFolder folder) {
        var file =
                settings.log().masterKeyFile().orElse(settings.storage().data().resolve("master.key"));
        if (settings.storage().external().isEmpty() && !Files.exists(file) && !Files.exists(folder.cassandra())) {
            MasterKey.make(file);
        }
        return MasterKey.read(file);
    }

    private void checkLoopback(String host) {
        try {
            var loopback = Arrays.stream(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
            if (settings.localKeys() && !loopback) {
                throw new CannotStart("with the local keys, which everybody knows, it listens on loopback only, not on "
                        + host + ": set SWITCHBOARD_LOCAL_KEYS=off and configure keys");
            }
        } catch (UnknownHostException e) {
            throw new CannotStart("no such host to listen on: " + host, e);
        }
    }

    /** Before anything is started for nothing; the bind itself finds it too. */
    private static void checkFree(Settings.Http http) {
        try (var socket = new ServerSocket(http.port(), 1, InetAddress.getAllByName(http.host())[0])) {
            LOG.debug("{} is free", socket.getLocalPort());
        } catch (IOException e) {
            throw new CannotStart("cannot listen on %s:%d: %s".formatted(http.host(), http.port(), e.getMessage()), e);
        }
    }

    private Server bind(
            Node node,
            Settings.Http http,
            Optional<ServerCertificate> certificate,
            Rooms rooms,
            Readiness ready,
            Meters meters) {
        var where = new Server.Settings(
                http.host(),
                http.port(),
                settings.localKeys(),
                http.cors(),
                http.limits(),
                settings.conversation().patience().plus(http.bodyDeadline()),
                certificate.map(it -> it::engine));
        return listening(Server.start(node.system(), where, ready::ready, rooms.routes(), meters::answered), where);
    }

    /** For operators' eyes: no credential is asked for, no web page may ask, and it is plain: networks' rules keep others away. */
    private static Server metrics(Node node, Settings.Metrics it, Rooms rooms) {
        var limits = new Connections.Limits(64, 64, Duration.ofMinutes(2), Duration.ofMinutes(2));
        var where = new Server.Settings(it.host(), it.port(), false, Cors.NONE, limits, Duration.ofSeconds(10));
        return listening(Server.start(node.system(), where, () -> true, List.of(rooms.metrics())), where);
    }

    private static Server listening(CompletionStage<Server> starting, Server.Settings where) {
        try {
            return starting.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw new CannotStart("cannot listen on %s:%d: %s".formatted(where.host(), where.port(), e.getCause()), e);
        }
    }

    private record Listening(Server server) implements AutoCloseable {

        String address() {
            var at = server.address();
            return server.scheme() + "://" + at.getHostString() + ":" + at.getPort();
        }

        @Override
        public void close() {
            server.stop(Duration.ofSeconds(10))
                    .toCompletableFuture()
                    .orTimeout(30, TimeUnit.SECONDS)
                    .join();
        }
    }

    /** Ends at once: an ordered stop would still write. */
    private static void leaseLost() {
        System.err.println("switchboard stops: the lease is lost");
        Runtime.getRuntime().halt(1);
    }

    /** The others have given this node up, or it them. Its lease is given back at once: they wait for it. */
    private void nodeEnded() {
        if (!opened.closed()) {
            System.err.println("switchboard stops: the actor system has ended");
            opened.lost("node");
            System.exit(1);
        }
    }

    private static void refuse(Opened opened, String line) {
        if (!opened.closed()) {
            System.err.println("switchboard cannot start: " + line);
        }
        System.exit(1);
    }
}
