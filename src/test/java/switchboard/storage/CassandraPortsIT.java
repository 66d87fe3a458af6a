package switchboard.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import switchboard.wire.CannotStart;

/** Ports of the embedded node that somebody takes between their choice and the node's start. */
class CassandraPortsIT {

    @TempDir
    private Path folder;

    @Test
    void a_port_among_nodes_that_was_taken_before_the_node_took_it_is_chosen_anew() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var free = CassandraPorts.choose(0);
            startsOnTheSecond(new CassandraPorts(free.nativePort(), taken.getLocalPort()));
        }
    }

    @Test
    void a_port_of_clients_that_was_taken_before_the_node_took_it_is_chosen_anew() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var free = CassandraPorts.choose(0);
            startsOnTheSecond(new CassandraPorts(taken.getLocalPort(), free.storagePort()));
        }
    }

    private void startsOnTheSecond(CassandraPorts first) {
        var second = CassandraPorts.choose(0);
        var choices = new ArrayDeque<>(List.of(first, second));
        try (var node = EmbeddedCassandra.start(settings(0), choices::remove)) {
            assertThat(choices).isEmpty();
            assertThat(node.port()).isEqualTo(second.nativePort());
        }
    }

    @Test
    void a_port_that_was_asked_for_is_not_exchanged_and_the_line_says_why() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var asked = taken.getLocalPort();
            assertThatThrownBy(() -> EmbeddedCassandra.start(settings(asked)))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("Failed to bind port " + asked);
        }
    }

    @Test
    void the_two_are_never_the_same_and_nobody_listens_on_them() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var free = CassandraPorts.choose(0);
            var one = free.nativePort();
            var other = free.storagePort();
            var candidates = IntStream.of(taken.getLocalPort(), one, one, taken.getLocalPort(), other)
                    .iterator();

            assertThat(CassandraPorts.choose(0, candidates::nextInt)).isEqualTo(new CassandraPorts(one, other));
            assertThat(free.held()).isFalse();
            assertThat(new CassandraPorts(one, taken.getLocalPort()).held()).isTrue();
            assertThat(new CassandraPorts(taken.getLocalPort(), one).held()).isTrue();
        }
    }

    private EmbeddedCassandra.Settings settings(int port) {
        return new EmbeddedCassandra.Settings(folder.resolve("cassandra"), Path.of(".cassandra/lib"), port, "384m");
    }
}
