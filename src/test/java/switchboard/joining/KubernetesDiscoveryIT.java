package switchboard.joining;

import static org.assertj.core.api.Assertions.assertThat;
import static switchboard.joining.Programs.awaitMembers;
import static switchboard.joining.Programs.carry;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import switchboard.SwitchboardProcess;
import switchboard.joining.KubernetesApi.Asked;
import switchboard.storage.TestCassandra;
import switchboard.tls.TestAuthority;

/** What the manifests say and what discovery does, held against an API server: settings, labels, port names, rights. */
class KubernetesDiscoveryIT {

    private static final String NAMESPACE = "switchboard";
    private static final String TOKEN = "the.account's.token";
    private static final List<String> OURS = List.of("127.0.0.1", "127.0.0.2", "127.0.0.3");
    private static final List<String> NOBODY = List.of("127.0.0.4", "127.0.0.5", "127.0.0.6");

    @RegisterExtension
    static final TestCassandra cassandra = new TestCassandra();

    @TempDir
    private Path folder;

    private final int management =
            Programs.free(Stream.concat(OURS.stream(), NOBODY.stream()).toArray(String[]::new));
    private final int artery = Programs.free(OURS.toArray(String[]::new));

    @Test
    void three_pods_find_each_other_by_the_api_with_the_roles_rights_and_no_others() throws Exception {
        var authority = new TestAuthority(folder.resolve("authority"), "cluster");
        authority.issue("api", "RSA", "ip:127.0.0.1");
        try (var api = new KubernetesApi(authority.server("api"), NAMESPACE, TOKEN, Pods.role());
                var others = new Uncalled(management);
                var programs = new Programs(folder, cassandra.contact())) {
            var pods = new Pods(NAMESPACE, management);
            for (var ip : OURS) {
                api.add(pods.running("switchboard-" + ip, ip));
            }
            api.add(pods.another("another", NOBODY.get(0)));
            api.add(pods.pending("pending", NOBODY.get(1)));
            api.add(pods.ending("ending", NOBODY.get(2)));
            api.add(pods.unscheduled("unscheduled"));

            var nodes = new ArrayList<SwitchboardProcess>();
            for (var ip : OURS) {
                nodes.add(programs.begin(ip, env(authority, api, ip)));
            }
            nodes.forEach(Programs::awaitReady);

            var members = awaitMembers(OURS.getFirst(), management, 3);
            assertThat(members)
                    .containsExactlyElementsOf(OURS.stream()
                            .map(ip -> "pekko://switchboard@" + ip + ":" + artery)
                            .toList());
            for (var ip : OURS) {
                assertThat(awaitMembers(ip, management, 3)).isEqualTo(members);
            }
            carry(nodes.get(0), nodes.get(1), "one");
            carry(nodes.get(2), nodes.get(0), "two");
            assertThat(api.asked())
                    .as("by each of them")
                    .hasSizeGreaterThanOrEqualTo(3)
                    .containsOnly(new Asked("list", "pods", NAMESPACE, "app.kubernetes.io/name=switchboard", 200));
            assertThat(verbs()).as("what is granted is asked, all of it").containsExactly("list");
            assertThat(others.calls()).isZero();
        }
    }

    /** As in the manifests, but for what this machine is not. */
    private Map<String, String> env(TestAuthority authority, KubernetesApi api, String ip) throws IOException {
        var env = new HashMap<String, String>();
        Pods.settings().forEach((name, value) -> {
            if (name.matches("SWITCHBOARD_CLUSTER_(DISCOVERY|SERVICE|NODES)")) {
                env.put(name, value);
            }
        });
        env.put("SWITCHBOARD_CLUSTER_HOST", ip);
        // one of them asks for its own, as it is written in each pod
        env.put("SWITCHBOARD_CLUSTER_NAMESPACE", ip.equals(OURS.getFirst()) ? "" : NAMESPACE);
        env.put("SWITCHBOARD_CLUSTER_PORT", String.valueOf(artery));
        env.put("SWITCHBOARD_CLUSTER_MANAGEMENT_PORT", String.valueOf(management));
        env.put("SWITCHBOARD_CONF", account(authority).toString());
        env.put("KUBERNETES_SERVICE_HOST", "127.0.0.1");
        env.put("KUBERNETES_SERVICE_PORT", String.valueOf(api.port()));
        return env;
    }

    /** What Kubernetes puts into each pod, in another folder. */
    private Path account(TestAuthority authority) throws IOException {
        var token = Files.writeString(folder.resolve("token"), TOKEN);
        var namespace = Files.writeString(folder.resolve("namespace"), NAMESPACE);
        return Files.writeString(
                folder.resolve("account.conf"),
                "pekko.discovery.kubernetes-api { api-ca-path = \"%s\", api-token-path = \"%s\", pod-namespace-path = \"%s\" }\n"
                        .formatted(authority.certificate(), token, namespace));
    }

    private static List<String> verbs() throws IOException {
        return StreamSupport.stream(Pods.role().at("/rules/0/verbs").spliterator(), false)
                .map(it -> it.asText())
                .toList();
    }

    /** Where those listen whom nobody should call. */
    private static final class Uncalled implements AutoCloseable {

        private final List<ServerSocket> sockets = new ArrayList<>();
        private final AtomicInteger calls = new AtomicInteger();

        Uncalled(int port) throws IOException {
            for (var ip : NOBODY) {
                var socket = new ServerSocket(port, 10, InetAddress.getByName(ip));
                sockets.add(socket);
                Thread.ofVirtual().start(() -> accept(socket));
            }
        }

        private void accept(ServerSocket socket) {
            try {
                while (!socket.isClosed()) {
                    socket.accept().close();
                    calls.incrementAndGet();
                }
            } catch (IOException e) {
                // closed: the test is over
            }
        }

        int calls() {
            return calls.get();
        }

        @Override
        public void close() throws IOException {
            for (var socket : sockets) {
                socket.close();
            }
        }
    }
}
