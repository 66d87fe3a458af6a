package switchboard.http;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import switchboard.tls.Authorities;
import switchboard.tls.ServerCertificate;
import switchboard.tls.TestAuthority;

/** HTTPS with a client that knows the authority, and while the files change. */
class TlsServerTest {

    private static final String NAMES = "ip:127.0.0.1,dns:localhost";
    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    private static Path folder;

    private static ActorTestKit actors;
    private static TestAuthority authority;
    private static ServerCertificate.Files first;
    private static ServerCertificate.Files second;

    private final ServerCertificate.Files used =
            new ServerCertificate.Files(folder.resolve("tls.crt"), folder.resolve("tls.key"));
    private Server server;

    @BeforeAll
    static void issue() {
        actors = ActorTestKit.create();
        authority = new TestAuthority(folder, "one");
        first = authority.issue("first", "RSA", NAMES);
        second = authority.issue("second", "EC", NAMES);
    }

    @AfterAll
    static void stopActors() {
        actors.shutdownTestKit();
    }

    @BeforeEach
    void start() throws Exception {
        put(first);
        var certificate = ServerCertificate.read(used, Duration.ZERO);
        var settings = new Server.Settings(
                "127.0.0.1",
                0,
                false,
                Cors.NONE,
                new Connections.Limits(64, 64, LONG, LONG),
                LONG,
                Optional.of(certificate::engine));
        server = Server.start(actors.system(), settings, () -> true, List.of(path("quick", () -> complete("quick"))))
                .toCompletableFuture()
                .join();
    }

    @AfterEach
    void stop() {
        server.stop(LONG).toCompletableFuture().join();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void a_client_that_knows_the_authority_is_answered(String protocol) throws Exception {
        var parameters = new SSLParameters();
        parameters.setProtocols(new String[] {protocol});
        try (var client =
                client(authority.certificate()).sslParameters(parameters).build()) {

            var answer = get(client);

            assertThat(answer.body()).isEqualTo("quick");
            assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo(protocol);
            assertThat(server.scheme()).isEqualTo("https");
        }
    }

    @Test
    void a_protocol_that_is_broken_is_not_spoken() {
        var parameters = new SSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.1"});
        try (var client =
                client(authority.certificate()).sslParameters(parameters).build()) {
            assertThatThrownBy(() -> get(client)).isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void a_client_that_knows_another_authority_goes_away() {
        var other = new TestAuthority(folder, "other").certificate();
        try (var client = client(other).build()) {
            assertThatThrownBy(() -> get(client)).isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void plain_http_is_refused() throws Exception {
        try (var client = Client.to(server, "127.0.0.1")) {
            assertThat(client.sends("GET /quick HTTP/1.1\r\nHost: a\r\n\r\n").rest())
                    .doesNotContain("HTTP/1.1", "quick");
        }
        try (var client = HttpClient.newHttpClient()) {
            assertThatThrownBy(() -> client.send(request("http"), BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void a_renewed_certificate_is_shown_to_new_connections() throws Exception {
        try (var before = client(authority.certificate()).build()) {
            assertThat(shown(before)).isEqualTo("CN=first");

            put(second);

            assertThat(newlyShown()).isEqualTo("CN=second");
            assertThat(shown(before)).isEqualTo("CN=first");
        }
    }

    @Test
    void while_files_are_half_renewed_or_broken_or_gone_the_one_before_is_shown() throws Exception {
        copy(second.certificate(), used.certificate());
        assertThat(newlyShown()).isEqualTo("CN=first");

        Files.writeString(used.certificate(), "broken");
        assertThat(newlyShown()).isEqualTo("CN=first");

        Files.delete(used.certificate());
        assertThat(newlyShown()).isEqualTo("CN=first");

        put(second);
        assertThat(newlyShown()).isEqualTo("CN=second");
    }

    private String newlyShown() throws Exception {
        try (var client = client(authority.certificate()).build()) {
            return shown(client);
        }
    }

    private String shown(HttpClient client) throws Exception {
        var session = get(client).sslSession().orElseThrow();
        return ((X509Certificate) session.getPeerCertificates()[0])
                .getSubjectX500Principal()
                .getName();
    }

    private static HttpClient.Builder client(Path authority) {
        return HttpClient.newBuilder().sslContext(Authorities.trusted(authority));
    }

    private HttpResponse<String> get(HttpClient client) throws IOException, InterruptedException {
        return client.send(request("https"), BodyHandlers.ofString());
    }

    private HttpRequest request(String scheme) {
        return HttpRequest.newBuilder(
                        URI.create(scheme + "://127.0.0.1:" + server.address().getPort() + "/quick"))
                .timeout(LONG)
                .build();
    }

    private void put(ServerCertificate.Files files) throws IOException {
        copy(files.certificate(), used.certificate());
        copy(files.key(), used.key());
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
}
