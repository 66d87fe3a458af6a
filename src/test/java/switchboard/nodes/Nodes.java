package switchboard.nodes;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import switchboard.SwitchboardProcess;
import switchboard.load.Proc;
import switchboard.storage.EmbeddedCassandra;
import switchboard.storage.MasterKey;

/**
 * Nodes of one cluster over one Cassandra, each reached by the others and reaching the database through relays that can be closed;
 * before them a port that leads to those that are ready, as a load balancer's does.
 */
final class Nodes implements AutoCloseable {

    private static final Duration LOOK = Duration.ofMillis(300);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

    /** No bytes pass from one node to another. */
    private record Way(int from, int to) {}

    private final Path folder;
    private final Map<String, String> env;
    private final EmbeddedCassandra cassandra;
    private final @Nullable SwitchboardProcess[] processes;
    private final List<Integer> managementPorts = new ArrayList<>();
    private final List<Integer> artery = new ArrayList<>();
    private final List<Relay> toNode = new ArrayList<>();
    private final List<Relay> toCassandra = new ArrayList<>();
    private final Relay balancer;
    private final Sockets sockets;
    private final Set<Way> cut = ConcurrentHashMap.newKeySet();
    private final Set<Integer> withoutCassandra = ConcurrentHashMap.newKeySet();
    private final Set<Integer> ready = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Not started yet, but Cassandra is; what is stored lies in {@code folder}. */
    Nodes(Path folder, int count, Map<String, String> env) throws IOException {
        this.folder = folder;
        this.env = env;
        this.processes = new SwitchboardProcess[count];
        this.sockets = new Sockets(count, this::pid);
        cassandra = EmbeddedCassandra.start(
                new EmbeddedCassandra.Settings(folder.resolve("cassandra"), Path.of(".cassandra/lib"), 0, "384m"));
        MasterKey.make(folder.resolve("master.key"));
        for (int i = 0; i < count; i++) {
            var to = i;
            managementPorts.add(free());
            artery.add(free());
            toNode.add(new Relay(
                    () -> Relay.local(artery.get(to)),
                    port -> cut.isEmpty()
                            || sockets.owner(port).stream().noneMatch(from -> cut.contains(new Way(from, to)))));
            toCassandra.add(new Relay(() -> Relay.local(cassandra.port()), _ -> !withoutCassandra.contains(to)));
            Files.writeString(
                    folder.resolve("node-" + i + ".conf"),
                    "pekko.remote.artery.bind { hostname = \"127.0.0.1\", port = " + artery.get(i) + " }\n");
        }
        balancer = new Relay(() -> Relay.local(process(anyReady()).port()), Relay.Gate.OPEN);
        Thread.ofVirtual().start(this::watch);
    }

    int count() {
        return processes.length;
    }

    /** Of whichever is ready. */
    URI address() {
        return URI.create("http://127.0.0.1:" + balancer.port());
    }

    /** Of that one alone. */
    URI address(int node) {
        return process(node).uri("");
    }

    /** Those that run. */
    List<Proc> running() {
        return IntStream.range(0, count())
                .filter(node -> !process(node).ended())
                .mapToObj(node -> new Proc(process(node).pid()))
                .toList();
    }

    Proc database() {
        return new Proc(cassandra.pid());
    }

    EmbeddedCassandra cassandra() {
        return cassandra;
    }

    /** All, side by side; returns once they serve. */
    void startAll() {
        IntStream.range(0, count()).forEach(this::begin);
        IntStream.range(0, count()).map(i -> count() - 1 - i).forEach(this::awaitReady);
    }

    /** Returns once it serves. */
    void start(int node) {
        begin(node);
        awaitReady(node);
    }

    /** Waits for nothing. */
    void begin(int node) {
        sockets.forget();
        processes[node] = SwitchboardProcess.start(folder.resolve("data-" + node), env(node));
    }

    void awaitReady(int node) {
        SwitchboardProcess.await("node " + node, () -> {
            if (process(node).ended()) {
                throw new IllegalStateException(
                        "node " + node + " has ended:\n" + process(node).output());
            }
            return ready.contains(node);
        });
    }

    SwitchboardProcess process(int node) {
        var it = processes[node];
        if (it == null) {
            throw new IllegalStateException("node " + node + " does not run");
        }
        return it;
    }

    /** Kill -9. */
    void kill(int node) {
        ready.remove(node);
        process(node).kill();
    }

    /** SIGTERM; returns the exit code. */
    int terminate(int node) {
        return process(node).terminate();
    }

    /** SIGSTOP. */
    void pause(int node) {
        signal(process(node).pid(), "STOP");
    }

    /** SIGCONT. */
    void resume(int node) {
        signal(process(node).pid(), "CONT");
    }

    /** Whether what it says has that in it. */
    boolean says(int node, String what) {
        return process(node).output().contains(what);
    }

    /** Nothing passes between those and the others, or it does again. */
    void partition(Set<Integer> some, boolean closed) {
        for (int a : some) {
            IntStream.range(0, count()).filter(b -> !some.contains(b)).forEach(b -> {
                oneWay(a, b, closed);
                oneWay(b, a, closed);
            });
        }
    }

    /** Nothing passes in that direction, or it does again. */
    void oneWay(int from, int to, boolean closed) {
        if (closed) {
            cut.add(new Way(from, to));
        } else {
            cut.remove(new Way(from, to));
        }
    }

    /** It cannot reach the database, or can again. */
    void cutFromCassandra(int node, boolean closed) {
        if (closed) {
            withoutCassandra.add(node);
        } else {
            withoutCassandra.remove(node);
        }
    }

    static void signal(long pid, String signal) {
        try {
            var code = new ProcessBuilder("kill", "-" + signal, String.valueOf(pid))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("kill -" + signal + " " + pid + " ended with " + code);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, String> env(int node) {
        var all = new HashMap<>(Map.of(
                "SWITCHBOARD_CASSANDRA_CONTACT_POINTS",
                        "127.0.0.1:" + toCassandra.get(node).port(),
                "SWITCHBOARD_CASSANDRA_SCHEMA", node == 0 ? "make" : "wait",
                "SWITCHBOARD_CASSANDRA_PATIENCE", "120s",
                "SWITCHBOARD_MASTER_KEY_FILE", folder.resolve("master.key").toString(),
                "SWITCHBOARD_CLUSTER_DISCOVERY", "config",
                "SWITCHBOARD_CLUSTER_PORT", String.valueOf(toNode.get(node).port()),
                "SWITCHBOARD_CLUSTER_MANAGEMENT_PORT", String.valueOf(managementPorts.get(node)),
                "SWITCHBOARD_CLUSTER_CONTACT_POINTS",
                        managementPorts.stream()
                                .map(port -> "127.0.0.1:" + port)
                                .collect(Collectors.joining(",")),
                "SWITCHBOARD_CLUSTER_NODES", String.valueOf(count() / 2 + 1),
                "SWITCHBOARD_CONF", folder.resolve("node-" + node + ".conf").toString()));
        all.putAll(env);
        return all;
    }

    private OptionalInt pid(int node) {
        var it = processes[node];
        return it == null ? OptionalInt.empty() : OptionalInt.of(Math.toIntExact(it.pid()));
    }

    private int anyReady() {
        var some = List.copyOf(ready);
        return some.isEmpty()
                ? ThreadLocalRandom.current().nextInt(count())
                : some.get(ThreadLocalRandom.current().nextInt(some.size()));
    }

    private void watch() {
        while (!closed) {
            IntStream.range(0, count()).forEach(node -> {
                if (serves(node)) {
                    ready.add(node);
                } else {
                    ready.remove(node);
                }
            });
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private boolean serves(int node) {
        var it = processes[node];
        if (it == null || !it.listens()) {
            return false;
        }
        var request = HttpRequest.newBuilder(it.uri("/ready"))
                .timeout(Duration.ofSeconds(2))
                .build();
        try {
            return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int free() throws IOException {
        while (true) {
            // below the range that connections are given
            var port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1)); // held: another one
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        for (var it : processes) {
            if (it != null) {
                signal(it);
                it.close();
            }
        }
        balancer.close();
        toNode.forEach(Relay::close);
        toCassandra.forEach(Relay::close);
        cassandra.close();
    }

    /** One that is paused cannot be waited for. */
    private static void signal(SwitchboardProcess it) {
        if (ProcessHandle.of(it.pid()).isPresent()) {
            signal(it.pid(), "CONT");
        }
    }
}
