package switchboard.joining;

import static org.assertj.core.api.Assertions.assertThat;
import static switchboard.joining.Programs.awaitMembers;
import static switchboard.joining.Programs.awaitReady;
import static switchboard.joining.Programs.carry;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import switchboard.SwitchboardProcess;
import switchboard.storage.TestCassandra;
import switchboard.tls.TestAuthority;

/** Certificates between nodes: whose the authority did not issue is no node. */
class NodesTlsIT {

    @RegisterExtension
    static final TestCassandra cassandra = new TestCassandra();

    @TempDir
    private Path folder;

    private final List<Integer> management =
            IntStream.range(0, 3).map(_ -> Programs.free("127.0.0.1")).boxed().toList();

    @Test
    void a_stranger_does_not_get_in_and_the_same_program_with_a_certificate_of_theirs_does() throws Exception {
        var ours = authority("ours");
        var another = authority("another");
        try (var programs = new Programs(folder, cassandra.contact())) {
            var one = programs.begin("one", env(0, ours));
            var two = programs.begin("two", env(1, ours));
            awaitReady(one);
            awaitReady(two);
            carry(one, two, "first");
            var members = awaitMembers("127.0.0.1", management.get(0), 2);

            var stranger = programs.begin("three", strange(ours, another));
            SwitchboardProcess.await(
                    "the stranger to be turned away",
                    () -> stranger.output().contains("SSLHandshakeException")
                            && stranger.output().contains("Couldn't join seed nodes after [3] attempts"));

            assertThat(stranger.listens()).isFalse();
            assertThat(awaitMembers("127.0.0.1", management.get(1), 2)).isEqualTo(members);
            carry(two, one, "second");
            stranger.kill();
            var third = programs.begin("three", env(2, ours));
            awaitReady(third);
            assertThat(awaitMembers("127.0.0.1", management.get(1), 3)).containsAll(members);
            carry(third, one, "third");
        }
    }

    /** He knows them by their authority, which is no secret, and shows what another has issued. */
    private Map<String, String> strange(TestAuthority ours, TestAuthority another) {
        var env = env(2, another);
        env.put("SWITCHBOARD_CLUSTER_TLS_CA", ours.certificate().toString());
        return env;
    }

    private TestAuthority authority(String name) {
        return new TestAuthority(folder.resolve(name), name);
    }

    private Map<String, String> env(int node, TestAuthority authority) {
        var env = new HashMap<>(Programs.listed(management.get(node), Programs.free("127.0.0.1"), 2, management));
        var shown = authority.issue("node-" + node, "RSA", "dns:switchboard-nodes");
        env.put("SWITCHBOARD_CLUSTER_TLS_CERTIFICATE", shown.certificate().toString());
        env.put("SWITCHBOARD_CLUSTER_TLS_KEY", shown.key().toString());
        env.put("SWITCHBOARD_CLUSTER_TLS_CA", authority.certificate().toString());
        return env;
    }
}
