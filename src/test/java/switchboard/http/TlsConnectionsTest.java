package switchboard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static switchboard.SwitchboardProcess.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.SocketFactory;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import switchboard.tls.Authorities;
import switchboard.tls.ServerCertificate;
import switchboard.tls.TestAuthority;

/** All the same over TLS, and what only TLS can drag out. */
class TlsConnectionsTest extends ConnectionsTest {

    /** The head of a handshake's record of 4 KiB. */
    private static final String HELLO = "\u0016\u0003\u0001\u0010\u0000\u0001\u0000\u000f|\u0003\u0003";

    @TempDir
    private static Path folder;

    private static ServerCertificate certificate;
    private static SocketFactory sockets;

    @BeforeAll
    static void issue() {
        var authority = new TestAuthority(folder, "one");
        certificate = ServerCertificate.read(authority.issue("server", "EC", "ip:127.0.0.1"), Duration.ofMinutes(1));
        sockets = Authorities.trusted(authority.certificate()).getSocketFactory();
    }

    @Test
    void a_handshake_that_drips_is_cut_off() throws Exception {
        var server = started(HASTY, LONG);

        var client = client(SocketFactory.getDefault(), server, "127.0.0.1");

        assertThat(client.drips(HELLO + "y".repeat(4_000))).isEqualTo("closed");
        assertThat(server.connections().late()).isEqualTo(1);
        await("its end", () -> server.connections().open() == 0);
    }

    @Test
    void who_never_begins_a_handshake_is_cut_off() throws Exception {
        var server = started(HASTY, LONG);

        assertThat(client(SocketFactory.getDefault(), server, "127.0.0.1").rest())
                .doesNotContain("HTTP");

        assertThat(server.connections().late()).isEqualTo(1);
    }

    @Test
    void who_goes_on_talking_after_the_end_is_not_listened_to() throws Exception {
        var server = started(HASTY, LONG);
        var client = client(server).sends(get("quick"));
        client.until("quick");

        await("its end, whatever it says", () -> {
            try {
                client.sends("x");
            } catch (IOException _) {
                return server.connections().open() == 0;
            }
            return server.connections().open() == 0;
        });
        assertThat(server.connections().late()).isEqualTo(1);
    }

    @Override
    Optional<Supplier<SSLEngine>> tls() {
        return Optional.of(certificate::engine);
    }

    @Override
    SocketFactory sockets() {
        return sockets;
    }

    @Override
    int crowd() {
        return 500;
    }
}
