package switchboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import switchboard.invariants.Json;
import switchboard.storage.MasterKey;
import switchboard.storage.TlsCassandra;
import switchboard.tls.Authorities;
import switchboard.tls.ServerCertificate;
import switchboard.tls.TestAuthority;
import switchboard.witness.Caller;
import switchboard.witness.Message;

/** The program as operators run it: HTTPS, a Cassandra that speaks nothing but TLS, its log in JSON. */
class TlsIT {

    private static final String NAMES = "ip:127.0.0.1,dns:localhost";

    @TempDir
    private static Path folder;

    private static TestAuthority authority;
    private static ServerCertificate.Files server;
    private static TlsCassandra cassandra;

    @BeforeAll
    static void start() throws IOException {
        var nodes = new TestAuthority(folder, "nodes");
        nodes.issue("node", "RSA", NAMES);
        authority = nodes;
        server = new TestAuthority(folder, "servers").issue("server", "EC", NAMES);
        cassandra = TlsCassandra.start(Files.createDirectory(folder.resolve("cassandra")), nodes, "node");
    }

    @AfterAll
    static void stop() throws IOException {
        cassandra.close();
    }

    @Test
    void this_cassandra_does_not_speak_plainly() {
        var builder = CqlSession.builder()
                .addContactPoint(new InetSocketAddress(InetAddress.getLoopbackAddress(), cassandra.port()))
                .withLocalDatacenter("datacenter1");

        assertThatThrownBy(builder::build).isInstanceOf(AllNodesFailedException.class);
    }

    @Test
    void one_that_shows_another_authoritys_certificate_is_refused_in_one_line() {
        var other = new TestAuthority(folder, "other").certificate();
        var env = new HashMap<>(env("refused"));
        env.put("SWITCHBOARD_CASSANDRA_TLS_CA", other.toString());
        env.remove("SWITCHBOARD_LOG_FORMAT");

        try (var program = SwitchboardProcess.start(folder.resolve("refused"), env)) {
            assertThat(program.exit()).isEqualTo(1);
            assertThat(program.output().lines().filter(line -> line.startsWith("switchboard cannot start: ")))
                    .singleElement()
                    .asString()
                    .contains("Cassandra's certificate is not trusted: keyspace refused at 127.0.0.1:", "PKIX path");
        }
    }

    @Test
    void the_program_serves_https_with_session_and_journal_over_tls_and_says_it_in_json() throws Exception {
        try (var program = SwitchboardProcess.ready(folder.resolve("served"), env("served"))) {
            assertThat(program.output()).contains("listening on https://127.0.0.1:" + program.port());
            assertThat(program.cassandra()).isEmpty();

            assertThat(posted(program)).isEqualTo(201);
            program.terminate();

            assertThat(program.output().lines()).hasSizeGreaterThan(5).allSatisfy(TlsIT::assertLine);
        }
    }

    @Test
    void a_refusal_to_start_is_json_too() throws IOException {
        try (var held = new ServerSocket(0)) {
            var env = new HashMap<>(env("held"));
            env.put("SWITCHBOARD_HTTP_PORT", String.valueOf(held.getLocalPort()));

            try (var program = SwitchboardProcess.start(folder.resolve("held"), env)) {
                assertThat(program.exit()).isEqualTo(1);
                assertThat(program.output().lines()).isNotEmpty().allSatisfy(TlsIT::assertLine);
                var last = Json.read(program.output().lines().toList().getFirst());
                assertThat(last.path("level").asText()).isEqualTo("ERROR");
                assertThat(last.path("message").asText())
                        .startsWith("switchboard cannot start: cannot listen on 127.0.0.1:" + held.getLocalPort());
            }
        }
    }

    @Test
    void an_unknown_format_is_refused() {
        try (var program = SwitchboardProcess.start(folder.resolve("xml"), Map.of("SWITCHBOARD_LOG_FORMAT", "xml"))) {
            ProgramIT.assertRefused(program, "SWITCHBOARD_LOG_FORMAT is text or json, not: xml");
        }
    }

    @Test
    void certificates_that_cannot_be_used_are_refused_before_anything_is_started() {
        var env = new HashMap<>(env("broken"));
        env.put("SWITCHBOARD_HTTP_TLS_KEY", server.certificate().toString());
        env.remove("SWITCHBOARD_LOG_FORMAT");

        try (var program = SwitchboardProcess.start(folder.resolve("broken"), env)) {
            ProgramIT.assertRefused(
                    program, "TLS: no unencrypted PKCS#8 key (BEGIN PRIVATE KEY) in " + server.certificate());
        }
    }

    private int posted(SwitchboardProcess program) throws IOException, InterruptedException {
        var trusted = Authorities.trusted(folder.resolve("server.crt"));
        try (var client = HttpClient.newBuilder().sslContext(trusted).build()) {
            var event = Caller.event(new Message("a", "/chat/site", "e1", "Hello"));
            var request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + program.port() + "/v1/events"))
                    .header("Authorization", "Bearer gateway.local-only")
                    .header("Content-Type", "application/cloudevents+json")
                    .POST(BodyPublishers.ofString(event));
            return client.send(request.build(), BodyHandlers.ofString()).statusCode();
        }
    }

    private static void assertLine(String line) {
        var it = Json.read(line);
        assertThat(it.isObject()).isTrue();
        assertThat(it.path("timestamp").asText()).endsWith("Z");
        assertThat(it.path("level").asText()).isNotEmpty();
        assertThat(it.path("message").asText()).isNotEmpty();
    }

    private static Map<String, String> env(String keyspace) {
        var key = folder.resolve(keyspace + ".key");
        MasterKey.make(key);
        return Map.of(
                "SWITCHBOARD_CASSANDRA_CONTACT_POINTS",
                "127.0.0.1:" + cassandra.port(),
                "SWITCHBOARD_CASSANDRA_KEYSPACE",
                keyspace,
                "SWITCHBOARD_CASSANDRA_TLS_CA",
                authority.certificate().toString(),
                "SWITCHBOARD_CASSANDRA_CONSISTENCY",
                "LOCAL_QUORUM",
                "SWITCHBOARD_HTTP_TLS_CERTIFICATE",
                server.certificate().toString(),
                "SWITCHBOARD_HTTP_TLS_KEY",
                server.key().toString(),
                "SWITCHBOARD_LOG_FORMAT",
                "json",
                "SWITCHBOARD_MASTER_KEY_FILE",
                key.toString());
    }
}
