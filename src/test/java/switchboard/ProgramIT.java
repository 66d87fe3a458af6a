package switchboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import switchboard.contract.JudgedClient;

/** The life of one program with its embedded Cassandra, in order, because each start takes a while. */
@TestMethodOrder(OrderAnnotation.class)
class ProgramIT {

    private static final HttpClient HTTP = JudgedClient.create();

    @TempDir
    static Path folder;

    private static SwitchboardProcess program;

    @BeforeAll
    static void start() {
        program = SwitchboardProcess.ready(folder.resolve("data"), Map.of());
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    @Test
    @Order(1)
    void a_program_that_listens_is_ready() {
        assertThat(status(program, "/alive")).isEqualTo(200);
        assertThat(status(program, "/ready")).isEqualTo(200);
    }

    @Test
    @Order(2)
    void the_master_key_is_made_at_the_first_start_for_its_owner_alone() throws IOException {
        var permissions = Files.getPosixFilePermissions(folder.resolve("data/master.key"));

        assertThat(permissions.stream().map(Enum::name)).containsExactlyInAnyOrder("OWNER_READ", "OWNER_WRITE");
    }

    @Test
    @Order(3)
    void cassandras_idle_workers_look_for_work_no_oftener_than_the_kernel_may_wake_them_together() throws IOException {
        var pid = "" + program.cassandra().getFirst().pid();
        var threads = Path.of("/proc", pid, "task");
        // Of another process the kernel does not say it to everybody.
        assumeTrue(Files.isDirectory(threads) && !named(threads.resolve(pid)).isEmpty());

        try (var all = Files.list(threads)) {
            assertThat(all.map(ProgramIT::named)
                            .filter(it -> it.startsWith("Native-Transpor"))
                            .toList())
                    .isNotEmpty()
                    .allMatch(it -> it.endsWith(" 500000"));
        }
    }

    /** A thread's name and how much later than asked for it may be woken, in nanoseconds; empty where it is gone. */
    private static String named(Path thread) {
        try {
            var slack = Path.of("/proc", thread.getFileName().toString(), "timerslack_ns");
            return Files.readString(thread.resolve("comm")).strip() + " "
                    + Files.readString(slack).strip();
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    @Order(3)
    void a_data_folder_in_use_is_refused_in_one_line() {
        try (var second = SwitchboardProcess.start(folder.resolve("data"), Map.of())) {
            assertRefused(second, "data folder in use by another program: " + folder.resolve("data"));
        }
    }

    @Test
    @Order(4)
    void a_held_port_is_refused_in_one_line() throws IOException {
        try (var held = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var second = SwitchboardProcess.start(
                        folder.resolve("other"), Map.of("SWITCHBOARD_HTTP_PORT", "" + held.getLocalPort()))) {
            assertRefused(second, "cannot listen on 127.0.0.1:" + held.getLocalPort() + ": Address already in use");
        }
    }

    @Test
    @Order(4)
    void nodes_with_a_cassandra_each_are_no_cluster() {
        var env = Map.of(
                "SWITCHBOARD_CLUSTER_DISCOVERY", "config", "SWITCHBOARD_CLUSTER_CONTACT_POINTS", "127.0.0.1:7626");
        try (var second = SwitchboardProcess.start(folder.resolve("other"), env)) {
            assertRefused(
                    second,
                    "settings: nodes of one cluster share one Cassandra: set SWITCHBOARD_CASSANDRA_CONTACT_POINTS");
        }
    }

    @Test
    @Order(5)
    void with_the_local_keys_only_loopback_is_listened_on() {
        try (var second =
                SwitchboardProcess.start(folder.resolve("other"), Map.of("SWITCHBOARD_HTTP_HOST", "0.0.0.0"))) {
            assertRefused(
                    second,
                    "with the local keys, which everybody knows, it listens on loopback only, not on 0.0.0.0:"
                            + " set SWITCHBOARD_LOCAL_KEYS=off and configure keys");
        }
    }

    @Test
    @Order(6)
    void a_killed_cassandra_comes_back_while_it_is_not_ready() {
        var killed = program.cassandra().getFirst();

        killed.destroyForcibly();

        SwitchboardProcess.awaitGone(killed);
        SwitchboardProcess.await("not ready", () -> status(program, "/ready") == 503);
        assertThat(status(program, "/alive")).isEqualTo(200);
        SwitchboardProcess.await("ready again", () -> status(program, "/ready") == 200);
        assertThat(program.cassandra()).hasSize(1).doesNotContain(killed);
    }

    @Test
    @Order(7)
    void kill_9_leaves_no_cassandra_behind() {
        var cassandra = program.cassandra().getFirst();

        program.kill();

        SwitchboardProcess.awaitGone(cassandra);
    }

    @Test
    @Order(8)
    void the_next_start_goes_on_at_once_where_the_killed_one_stopped() {
        program.close();

        program = SwitchboardProcess.ready(folder.resolve("data"), Map.of());

        assertThat(program.output()).contains("node       up, term 2");
        assertThat(status(program, "/ready")).isEqualTo(200);
    }

    @Test
    @Order(9)
    void sigterm_stops_everything_in_order() {
        var cassandra = program.cassandra().getFirst();

        var code = program.terminate();

        assertThat(code).isEqualTo(143);
        assertThat(program.output().lines().filter(line -> line.startsWith("stopping")))
                .containsSubsequence(
                        "stopping http",
                        "stopping node",
                        "stopping lease",
                        "stopping session",
                        "stopping cassandra",
                        "stopping data");
        assertThat(cassandra.isAlive()).isFalse();
    }

    @Test
    @Order(10)
    void a_master_key_that_is_gone_is_not_made_again_beside_old_data() throws IOException {
        Files.delete(folder.resolve("data/master.key"));

        try (var next = SwitchboardProcess.start(folder.resolve("data"), Map.of())) {
            assertThat(next.exit()).isEqualTo(1);
            assertThat(next.output()).contains("master key file cannot be read: " + folder.resolve("data/master.key"));
        }
    }

    @Test
    @Order(11)
    void a_cassandra_that_syncs_periodically_is_refused() {
        var periodic = "-Dcassandra.config.allow_system_properties=true -Dcassandra.settings.commitlog_sync=periodic"
                + " -Dcassandra.settings.commitlog_sync_period=10s";

        try (var next = SwitchboardProcess.start(folder.resolve("periodic"), Map.of("JDK_JAVA_OPTIONS", periodic))) {
            assertThat(next.exit()).isEqualTo(1);
            assertThat(next.output())
                    .contains("has commitlog_sync: periodic and would lose acknowledged events; set group or batch");
        }
    }

    /** One line, nothing else, and the code 1. */
    static void assertRefused(SwitchboardProcess second, String line) {
        assertThat(second.exit()).isEqualTo(1);
        assertThat(second.output().lines().filter(said -> !isProgress(said)))
                .containsExactly("switchboard cannot start: " + line);
    }

    static boolean isProgress(String line) {
        return Set.of("data ", "sessi", "cassa", "stopp").stream().anyMatch(line::startsWith);
    }

    static int status(SwitchboardProcess program, String path) {
        try {
            var request = HttpRequest.newBuilder(program.uri(path)).build();
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
