package switchboard.image;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import switchboard.SwitchboardProcess;
import switchboard.nodes.Relay;
import switchboard.program.Command;
import switchboard.storage.EmbeddedCassandra;
import switchboard.storage.MasterKey;
import switchboard.tls.TestAuthority;

/** The image as operators get it, but for its base; three of it find each other by a name, as behind a headless service. */
@Tag("full")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImageIT {

    private static final String BASE = "docker.io/library/eclipse-temurin:25-jre";
    private static final String IMAGE = "localhost/switchboard:test";
    private static final List<String> NEEDED = List.of("podman", "buildah", "mmdebstrap", "iptables", "mvn");
    private static final String USER = "10001";
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    @TempDir
    private Path folder;

    private Containers containers;

    @BeforeAll
    void build() throws IOException {
        var missing = NEEDED.stream().filter(it -> !Command.there(it)).toList();
        assumeTrue(missing.isEmpty(), () -> "the image is not tried here, for want of " + missing);
        assumeTrue(
                Files.getOwner(Path.of("/proc/self")).getName().equals("root"),
                "the image is not tried here: its stand-in base and its network need root");
        containers = new Containers(Path.of("target/image"));
        if (containers
                        .command()
                        .tried(List.of("podman", "image", "exists", BASE))
                        .code()
                != 0) {
            containers.command().run("src/test/image/stand-in", BASE);
        }
        containers.command().run("src/main/image/build", IMAGE, BASE);
    }

    @AfterAll
    void remove() {
        if (containers != null) {
            containers.close();
        }
    }

    @Test
    void has_neither_a_compiler_nor_a_database() {
        var files = containers.once("--user", "0", "--entrypoint", "find", IMAGE, "/", "-xdev", "-type", "f");

        assertThat(files.code()).as(files.errors()).isZero();
        assertThat(files.output())
                .contains("/opt/switchboard/switchboard.jar", "/opt/switchboard/switchboard.aot")
                .doesNotContain("cassandra-all", "/javac", "/mvn", "/training", ".dylib", ".dll");
    }

    @Test
    void says_in_one_line_that_it_needs_a_database() {
        var said = containers.once("--read-only", "--tmpfs", "/tmp", "--volume", "/var/lib/switchboard", IMAGE);

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.errors().lines().filter(it -> it.startsWith("switchboard")))
                .singleElement()
                .asString()
                .contains("SWITCHBOARD_CASSANDRA_CONTACT_POINTS");
    }

    @Test
    void three_find_each_other_and_lose_two() throws Exception {
        var node = new EmbeddedCassandra.Settings(folder.resolve("cassandra"), Path.of(".cassandra/lib"), 0, "384m");
        prepare();
        var gateway = containers.gateway(BASE);
        try (var cassandra = EmbeddedCassandra.start(node);
                var relay = new Relay(gateway, () -> Relay.local(cassandra.port()), Relay.Gate.OPEN)) {
            for (int i = 1; i <= 3; i++) {
                containers.create(
                        i,
                        IMAGE,
                        "switchboard-nodes",
                        env(i, gateway.getHostAddress() + ":" + relay.port()),
                        options(i));
                containers.start(i);
            }
            ready(1, 2, 3);
            for (int i = 1; i <= 3; i++) {
                confined(containers.pid(i));
            }
            var conversation = post(1, "first");
            assertThat(read(2, conversation)).contains("first");

            containers.kill(3, "TERM");
            assertThat(containers.exit(3)).isEqualTo(143);
            assertThat(containers.logs(3)).contains("stopping streams", "stopping lease", "stopped (");
            assertThat(post(1, "second")).isEqualTo(conversation);

            containers.start(3);
            ready(3);
            assertThat(read(3, conversation)).contains("first", "second");

            containers.kill(2, "KILL");
            assertThat(containers.exit(2)).isEqualTo(137);
            assertThat(post(3, "third")).isEqualTo(conversation);
            assertThat(read(1, conversation)).contains("first", "second", "third");
        } finally {
            for (int i = 1; i <= 3; i++) {
                Files.writeString(Path.of("target/image/node-" + i + ".log"), containers.logs(i));
            }
        }
    }

    /** Without any right, and the root can't be written to; the program is the first process, so that it hears the order to stop. */
    private static void confined(long pid) throws IOException {
        var status = Files.readAllLines(Path.of("/proc/" + pid + "/status"));
        assertThat(status)
                .contains("Name:\tjava", "CapEff:\t0000000000000000", "CapBnd:\t0000000000000000", "NoNewPrivs:\t1")
                .anyMatch(it -> it.matches("Uid:\t10001\t10001\t10001\t10001"))
                .anyMatch(it -> it.matches("Gid:\t10001\t10001\t10001\t10001"))
                .anyMatch(it -> it.matches("NSpid:\t\\d+\t1"));
        try (var mounts = Files.lines(Path.of("/proc/" + pid + "/mountinfo"))) {
            var writable = mounts.map(it -> it.split(" "))
                    .filter(it -> it[5].startsWith("rw"))
                    .map(it -> it[4])
                    .filter(it -> !it.matches("/(proc|dev|sys|etc|run)(/.*)?"))
                    .collect(toSet());
            assertThat(writable).isEqualTo(Set.of("/tmp", "/var/lib/switchboard"));
        }
    }

    private void prepare() throws Exception {
        var etc = Files.createDirectories(folder.resolve("etc"));
        MasterKey.make(etc.resolve("master.key"));
        Files.writeString(
                etc.resolve("keys.conf"),
                "switchboard.security.keys = [%s, %s]\n"
                        .formatted(key("gateway", ", channels = [chat]"), key("supervisor", "")));
        var authority = new TestAuthority(etc, "nodes");
        Files.copy(authority.certificate(), etc.resolve("ca.crt"));
        for (int i = 1; i <= 3; i++) {
            authority.issue("node-" + i, "RSA", "dns:switchboard-nodes");
            Files.createDirectories(folder.resolve("data-" + i));
        }
        containers.command().run("chown", "-R", USER + ":" + USER, folder.toString());
        containers.command().run("chmod", "711", folder.toString());
    }

    private static String key(String role, String more) throws Exception {
        var hash = MessageDigest.getInstance("SHA-256").digest(role.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return "{id = %1$s, tenant = acme, role = %1$s, secret-sha256 = \"%2$s\"%3$s}"
                .formatted(role, HexFormat.of().formatHex(hash), more);
    }

    private Map<String, String> env(int number, String cassandra) {
        return Map.ofEntries(
                Map.entry("SWITCHBOARD_CONF", "/etc/switchboard/keys.conf"),
                Map.entry("SWITCHBOARD_MASTER_KEY_FILE", "/etc/switchboard/master.key"),
                Map.entry("SWITCHBOARD_CASSANDRA_CONTACT_POINTS", cassandra),
                Map.entry("SWITCHBOARD_CASSANDRA_SCHEMA", number == 1 ? "make" : "wait"),
                Map.entry("SWITCHBOARD_CASSANDRA_PATIENCE", "300s"),
                Map.entry("SWITCHBOARD_CLUSTER_DISCOVERY", "dns"),
                Map.entry("SWITCHBOARD_CLUSTER_SERVICE", "switchboard-nodes"),
                Map.entry("SWITCHBOARD_CLUSTER_HOST", containers.address(number)),
                Map.entry("SWITCHBOARD_CLUSTER_TLS_CERTIFICATE", "/etc/switchboard/node-" + number + ".crt"),
                Map.entry("SWITCHBOARD_CLUSTER_TLS_KEY", "/etc/switchboard/node-" + number + ".key"),
                Map.entry("SWITCHBOARD_CLUSTER_TLS_CA", "/etc/switchboard/ca.crt"),
                // on: it would not start without what it was trained for
                Map.entry("JDK_JAVA_OPTIONS", "-Xmx512m -XX:ActiveProcessorCount=2 -XX:AOTMode=on"));
    }

    private List<String> options(int number) {
        return List.of(
                "--volume", folder.resolve("etc") + ":/etc/switchboard:ro",
                "--volume", folder.resolve("data-" + number) + ":/var/lib/switchboard");
    }

    private void ready(int... numbers) {
        IntStream.of(numbers)
                .forEach(it -> SwitchboardProcess.await("container " + it, () -> {
                    if (!containers.runs(it)) {
                        throw new IllegalStateException("container " + it + " has ended:\n" + containers.logs(it));
                    }
                    return answers(it, "/ready", "")
                            .filter(code -> code.statusCode() == 200)
                            .findAny()
                            .isPresent();
                }));
    }

    /** Said by the same customer, again and again until it is taken; the conversation's id. */
    private String post(int number, String id) {
        var event = """
                {"specversion": "1.0", "type": "message.received", "source": "/chat/site", "id": "%1$s", "subject": "visitor",
                 "data": {"text": "I want a person, %1$s"}}""".formatted(id);
        var answer = answered(number, "/v1/events", event);
        return answer.replaceAll("(?s).*\"conversation\":\"([^\"]*)\".*", "$1");
    }

    private String read(int number, String conversation) {
        return answered(number, "/v1/conversations/" + conversation + "/events", "");
    }

    /** What moves to another node is answered with "come again" meanwhile. */
    private String answered(int number, String path, String body) {
        var taken = new String[1];
        SwitchboardProcess.await("an answer of " + number + " to " + path, () -> {
            var found = answers(number, path, body).findAny();
            found.filter(it -> it.statusCode() < 300).ifPresent(it -> taken[0] = it.body());
            found.filter(it -> it.statusCode() >= 400 && it.statusCode() < 500).ifPresent(it -> {
                throw new IllegalStateException(path + ": " + it.body());
            });
            return taken[0] != null;
        });
        return taken[0];
    }

    private Stream<HttpResponse<String>> answers(int number, String path, String body) {
        var role = body.isEmpty() ? "supervisor" : "gateway";
        var request = HttpRequest.newBuilder(URI.create("http://" + containers.address(number) + ":8080" + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + role + "." + role);
        var asked = body.isEmpty()
                ? request
                : request.header("Content-Type", "application/cloudevents+json")
                        .POST(HttpRequest.BodyPublishers.ofString(body));
        try {
            return Stream.of(HTTP.send(asked.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            return Stream.empty();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
