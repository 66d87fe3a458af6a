package switchboard.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** An authority that lives for one test, with the certificates that it signs: made by the JDK's own {@code keytool}. */
public final class TestAuthority {

    public static final String PASSWORD = "no-secret";

    private static final String NAME = "authority";
    private static final String KEY_ALGORITHM = "EC";

    private final Path folder;
    private final Path store;

    /** Of that name, its files in {@code folder}, which is made. */
    public TestAuthority(Path folder, String name) {
        this.folder = made(folder);
        this.store = folder.resolve(name + ".p12");
        keytool(NAME, KEY_ALGORITHM, List.of("-dname", "CN=" + name, "-ext", "bc:c=ca:true"));
    }

    /** PEM of its own certificate. */
    public Path certificate() {
        return write(NAME + "-" + store.getFileName() + ".pem", pem("CERTIFICATE", encoded(chain(NAME)[0])));
    }

    /** For server and client: {@code names} as in {@code ip:127.0.0.1,dns:localhost}; {@code algorithm} RSA, EC or Ed25519. */
    public ServerCertificate.Files issue(String alias, String algorithm, String names) {
        keytool(alias, algorithm, List.of("-dname", "CN=" + alias, "-signer", NAME, "-ext", "san=" + names));
        var chain = Arrays.stream(chain(alias)).map(it -> pem("CERTIFICATE", encoded(it)));
        return new ServerCertificate.Files(
                write(alias + ".crt", chain.collect(Collectors.joining())),
                write(alias + ".key", pem("PRIVATE KEY", key(alias))));
    }

    /** PKCS#12 with all that was issued, and the authority's own, under {@link #PASSWORD}. */
    public Path store() {
        return store;
    }

    /** PKCS#12 with that alone, under {@link #PASSWORD}: of several a server may show any, also the authority's own. */
    public Path store(String alias) {
        var alone = folder.resolve(alias + "-alone.p12");
        run(List.of(
                keytool(),
                "-importkeystore",
                "-srckeystore",
                store.toString(),
                "-srcstorepass",
                PASSWORD,
                "-srcalias",
                alias,
                "-destkeystore",
                alone.toString(),
                "-deststoretype",
                "PKCS12",
                "-deststorepass",
                PASSWORD));
        return alone;
    }

    /** For a server that shows {@code alias}'s certificate. */
    public SSLContext server(String alias) {
        try {
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(KeyStore.getInstance(store(alias).toFile(), PASSWORD.toCharArray()), PASSWORD.toCharArray());
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void keytool(String alias, String algorithm, List<String> more) {
        var command = new ArrayList<>(List.of(
                keytool(),
                "-genkeypair",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-alias",
                alias,
                "-keyalg",
                algorithm,
                "-validity",
                "2"));
        command.addAll(more);
        run(command);
    }

    private static String keytool() {
        return Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    }

    private static void run(List<String> command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(said);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Certificate[] chain(String alias) {
        try {
            return opened().getCertificateChain(alias);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] key(String alias) {
        try {
            return opened().getKey(alias, PASSWORD.toCharArray()).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] encoded(Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private KeyStore opened() {
        try {
            return KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String what, byte[] encoded) {
        var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(what, text);
    }

    private static Path made(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
