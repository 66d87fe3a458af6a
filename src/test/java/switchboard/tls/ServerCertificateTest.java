package switchboard.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import switchboard.wire.CannotStart;

/** Files as operators have them, and as they should not be. */
class ServerCertificateTest {

    private static final String NAMES = "ip:127.0.0.1,dns:localhost";

    @TempDir
    private static Path folder;

    private static TestAuthority authority;
    private static ServerCertificate.Files good;

    @BeforeAll
    static void issue() {
        authority = new TestAuthority(folder, "one");
        good = authority.issue("good", "RSA", NAMES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void a_key_of_any_of_these_algorithms_goes_with_its_certificate(String algorithm) {
        var files = authority.issue("server-" + algorithm.toLowerCase(java.util.Locale.ROOT), algorithm, NAMES);

        var engine = read(files).engine();

        assertThat(engine.getUseClientMode()).isFalse();
        assertThat(engine.getEnabledProtocols()).containsExactlyInAnyOrder("TLSv1.3", "TLSv1.2");
    }

    @Test
    void a_chain_is_read_in_its_order() {
        var chain = Pem.certificates(good.certificate(), Pem.text(good.certificate()));

        assertThat(chain)
                .extracting(it -> it.getSubjectX500Principal().getName())
                .containsExactly("CN=good", "CN=one");
    }

    @Test
    void what_is_written_around_a_key_is_passed_over() throws Exception {
        var files = new ServerCertificate.Files(
                good.certificate(), written("around.key", "Bag Attributes\n" + Files.readString(good.key()) + "\n"));

        assertThat(read(files).engine()).isNotNull();
    }

    @Test
    void a_file_that_is_missing_is_named() {
        var missing = folder.resolve("missing.crt");

        assertRefused(new ServerCertificate.Files(missing, good.key()), "TLS: cannot be read: " + missing);
        assertRefused(new ServerCertificate.Files(good.certificate(), missing), "TLS: cannot be read: " + missing);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"})
    void what_is_no_certificate_is_refused(String text) throws Exception {
        var file = written("bad.crt", text);

        assertRefused(new ServerCertificate.Files(file, good.key()), "TLS: no certificate");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
                "-----BEGIN PRIVATE KEY-----\nA\n-----END PRIVATE KEY-----\n"
            })
    void what_is_no_key_is_refused(String text) throws Exception {
        var file = written("bad.key", text);

        assertRefused(new ServerCertificate.Files(good.certificate(), file), "TLS: no ");
    }

    @Test
    void a_key_in_another_wrapping_is_refused_with_what_helps() throws Exception {
        var file = written("pkcs1.key", Files.readString(good.key()).replace(" PRIVATE", " RSA PRIVATE"));

        assertRefused(
                new ServerCertificate.Files(good.certificate(), file),
                "TLS: no unencrypted PKCS#8 key (BEGIN PRIVATE KEY) in " + file
                        + " but RSA PRIVATE KEY; openssl pkcs8 -topk8 -nocrypt makes one of it");
    }

    @Test
    void a_key_of_another_certificate_is_refused_and_not_repeated() throws Exception {
        var other = authority.issue("other", "RSA", NAMES).key();
        var elliptic = authority.issue("elliptic", "EC", NAMES).key();

        assertRefused(
                new ServerCertificate.Files(good.certificate(), other),
                "TLS: the key in " + other + " is not the certificate's");
        assertRefused(
                new ServerCertificate.Files(good.certificate(), elliptic),
                "TLS: no key in " + elliptic + " that goes with the certificate's (RSA)");
    }

    @Test
    void an_authority_that_is_missing_or_none_is_named() throws Exception {
        var none = written("none.pem", "nothing");

        assertThatThrownBy(() -> Authorities.trusted(folder.resolve("missing.pem")))
                .isInstanceOf(CannotStart.class)
                .hasMessageStartingWith("TLS: cannot be read: ");
        assertThatThrownBy(() -> Authorities.trusted(none))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(none.toString());
    }

    private static ServerCertificate read(ServerCertificate.Files files) {
        return ServerCertificate.read(files, Duration.ZERO);
    }

    private static void assertRefused(ServerCertificate.Files files, String line) {
        assertThatThrownBy(() -> read(files))
                .isInstanceOfSatisfying(
                        CannotStart.class,
                        refused -> assertThat(refused.line())
                                .startsWith(line)
                                .doesNotContain("\n", secret())
                                .hasSizeLessThan(400));
    }

    /** From the middle of the good key. */
    private static String secret() {
        try {
            return Base64.getEncoder()
                    .encodeToString(Files.readAllBytes(good.key()))
                    .substring(400, 420);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Path written(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
