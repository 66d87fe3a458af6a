package switchboard.storage;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import switchboard.tls.TestAuthority;
import switchboard.wire.CannotStart;

/** With somebody who has a certificate for another host, and who hangs up once he was believed. */
class TrustedNodesTest {

    @TempDir
    Path folder;

    private TestAuthority authority;
    private SSLServerSocket node;

    @BeforeEach
    void start() throws Exception {
        authority = new TestAuthority(folder, "one");
        authority.issue("node", "EC", "dns:elsewhere.example");
        var keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(
                KeyStore.getInstance(authority.store().toFile(), TestAuthority.PASSWORD.toCharArray()),
                TestAuthority.PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        node = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 10, InetAddress.ofLiteral("127.0.0.1"));
        Thread.ofVirtual().start(this::serve);
    }

    @AfterEach
    void stop() throws IOException {
        node.close();
    }

    @Test
    void a_certificate_for_another_host_is_refused_in_one_line() {
        assertThatThrownBy(() -> connect(new Contact.Tls(authority.certificate(), true)))
                .isInstanceOf(CannotStart.class)
                .hasMessageStartingWith("Cassandra's certificate is not trusted: keyspace k at 127.0.0.1:"
                        + node.getLocalPort() + " over TLS: No ")
                .hasMessageNotContaining("\n");
    }

    @Test
    void unless_hosts_are_not_looked_at() {
        assertThatThrownBy(() -> connect(new Contact.Tls(authority.certificate(), false)))
                .isInstanceOf(CannotStart.class)
                .hasMessageStartingWith("Cassandra does not answer: ");
    }

    @Test
    void a_certificate_of_another_authority_is_refused_in_one_line() {
        var other = new TestAuthority(folder, "other").certificate();

        assertThatThrownBy(() -> connect(new Contact.Tls(other, false)))
                .isInstanceOf(CannotStart.class)
                .hasMessageStartingWith("Cassandra's certificate is not trusted: ")
                .hasMessageContaining("PKIX path")
                .hasMessageNotContaining("\n");
    }

    @Test
    void authorities_that_cannot_be_read_are_named() {
        var missing = folder.resolve("missing.pem");

        assertThatThrownBy(() -> connect(new Contact.Tls(missing, true)))
                .isInstanceOf(CannotStart.class)
                .hasMessage("TLS: cannot be read: " + missing + " (NoSuchFileException)");
    }

    private void connect(Contact.Tls tls) {
        var contact = new Contact(
                List.of("127.0.0.1:" + node.getLocalPort()),
                "datacenter1",
                "k",
                "",
                "",
                Consistency.QUORUM,
                Optional.of(tls));
        Cassandra.connect(
                        contact,
                        contact.config().withFallback(ConfigFactory.load()),
                        Cassandra.Making.MAKE,
                        1,
                        Duration.ZERO)
                .close();
    }

    private void serve() {
        while (!node.isClosed()) {
            try (var client = (SSLSocket) node.accept()) {
                client.startHandshake();
            } catch (IOException _) {
                // not believed, or the end
            }
        }
    }
}
