package switchboard.joining;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.StreamSupport;
import switchboard.SwitchboardProcess;
import switchboard.contract.JudgedClient;
import switchboard.invariants.Json;
import switchboard.storage.Contact;
import switchboard.storage.MasterKey;
import switchboard.witness.Auditor;
import switchboard.witness.Message;

/** Programs on one keyspace, whose tables are there; which of them are one cluster is for their settings to say. */
final class Programs implements AutoCloseable {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final Path folder;
    private final Map<String, String> common;
    private final List<SwitchboardProcess> all = new ArrayList<>();

    Programs(Path folder, Contact cassandra) {
        this.folder = folder;
        var key = folder.resolve("master.key");
        MasterKey.make(key);
        common = Map.of(
                "SWITCHBOARD_CASSANDRA_CONTACT_POINTS", cassandra.points().getFirst(),
                "SWITCHBOARD_CASSANDRA_KEYSPACE", cassandra.keyspace(),
                "SWITCHBOARD_CASSANDRA_SCHEMA", "wait",
                "SWITCHBOARD_CASSANDRA_PATIENCE", "120s",
                "SWITCHBOARD_MASTER_KEY_FILE", key.toString());
    }

    /** Waits for nothing. */
    SwitchboardProcess begin(String name, Map<String, String> env) {
        var all = new HashMap<>(common);
        all.putAll(env);
        var it = SwitchboardProcess.start(folder.resolve(name), all);
        this.all.add(it);
        return it;
    }

    /** A node that looks for others on a list, itself among them: management ports of 127.0.0.1. */
    static Map<String, String> listed(int management, int artery, int nodes, List<Integer> all) {
        return Map.of(
                "SWITCHBOARD_CLUSTER_DISCOVERY", "config",
                "SWITCHBOARD_CLUSTER_MANAGEMENT_PORT", String.valueOf(management),
                "SWITCHBOARD_CLUSTER_PORT", String.valueOf(artery),
                "SWITCHBOARD_CLUSTER_NODES", String.valueOf(nodes),
                "SWITCHBOARD_CLUSTER_CONTACT_POINTS",
                        String.join(
                                ",", all.stream().map(it -> "127.0.0.1:" + it).toList()));
    }

    /** Returns once it can work. */
    static void awaitReady(SwitchboardProcess it) {
        it.awaitReady();
        SwitchboardProcess.await("ready", () -> get(it.uri("/ready")).status() == 200);
    }

    /** The nodes of the cluster that the one with this management port is of, once they are so many and each takes part. */
    static List<String> awaitMembers(String host, int management, int count) {
        var where = URI.create("http://" + host + ":" + management + "/bootstrap/seed-nodes");
        SwitchboardProcess.await(count + " members", () -> members(where).size() == count);
        return members(where);
    }

    private static List<String> members(URI where) {
        return StreamSupport.stream(
                        Json.read(get(where).body()).path("seedNodes").spliterator(), false)
                .filter(it -> it.path("status").asText().equals("Up"))
                .map(it -> it.path("node").asText())
                .sorted()
                .toList();
    }

    /** What one takes, another shows. */
    static void carry(SwitchboardProcess from, SwitchboardProcess to, String customer) throws Exception {
        var answer = JudgedClient.caller(() -> from.uri("")).post(new Message(customer, "/chat/web", "1", "Hallo"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        var conversation = Json.read(answer.body()).path("conversation").asText();

        assertThat(new Auditor(JudgedClient.caller(() -> to.uri("")))
                        .events(conversation).stream().map(it -> it.type()).toList())
                .contains("message.received");
    }

    /** Below the range that connections are given, and free on all of those addresses. */
    static int free(String... hosts) {
        while (true) {
            var port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            if (List.of(hosts).stream().allMatch(host -> free(host, port))) {
                return port;
            }
        }
    }

    private static boolean free(String host, int port) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(host, port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private record Said(int status, String body) {}

    /** 0: nothing. */
    private static Said get(URI where) {
        try {
            var request =
                    HttpRequest.newBuilder(where).timeout(Duration.ofSeconds(5)).build();
            var answer = HTTP.send(request, BodyHandlers.ofString());
            return new Said(answer.statusCode(), answer.body());
        } catch (IOException e) {
            return new Said(0, "");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        all.forEach(SwitchboardProcess::close);
    }
}
