package switchboard.joining;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** One that issues certificates, as whoever runs a cluster has it; those of two are strangers to each other. Made with keytool. */
final class Authority {

    private static final String SELF = "authority";
    private static final char[] PASSWORD = "of a test".toCharArray();

    private final Path folder;
    private final Path store;

    /** Of its own folder, which is made. */
    Authority(Path folder) {
        this.folder = folder;
        this.store = folder.resolve("all.p12");
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        keytool(SELF, "-ext", "bc:critical=ca:true", "-ext", "ku:critical=keyCertSign");
        pem(SELF + ".crt", "CERTIFICATE", certificate(SELF));
    }

    /** Its own certificate, by which those that it issued are known. */
    Path certificate() {
        return folder.resolve(SELF + ".crt");
    }

    /**
     * Issues one for server and client, {@code name.crt}, with its key, {@code name.key}.
     *
     * @param names as keytool has them: {@code dns:…}, {@code ip:…}
     */
    void issue(String name, String names) {
        keytool(name, "-signer", SELF, "-ext", "san=" + names, "-ext", "eku=serverAuth,clientAuth");
        pem(name + ".crt", "CERTIFICATE", certificate(name));
        pem(name + ".key", "PRIVATE KEY", key(name));
    }

    /** What a node needs to talk to those who have one of this authority's. */
    Map<String, String> env(String name) {
        return Map.of(
                "SWITCHBOARD_CLUSTER_TLS_CERTIFICATE",
                        folder.resolve(name + ".crt").toString(),
                "SWITCHBOARD_CLUSTER_TLS_KEY", folder.resolve(name + ".key").toString(),
                "SWITCHBOARD_CLUSTER_TLS_CA", certificate().toString());
    }

    /** For a server that shows {@code name}'s certificate. */
    SSLContext server(String name) {
        try {
            var only = KeyStore.getInstance("PKCS12");
            only.load(null, PASSWORD);
            only.setEntry(
                    name,
                    opened().getEntry(name, new KeyStore.PasswordProtection(PASSWORD)),
                    new KeyStore.PasswordProtection(PASSWORD));
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(only, PASSWORD);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void keytool(String name, String... more) {
        var command = Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-keystore",
                                store.toString(),
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                new String(PASSWORD),
                                "-alias",
                                name,
                                "-dname",
                                "CN=" + name,
                                "-keyalg",
                                "RSA",
                                "-keysize",
                                "2048",
                                "-validity",
                                "2"),
                        Arrays.stream(more))
                .toList();
        run(command);
    }

    private static void run(List<String> command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var said = new String(process.getInputStream().readAllBytes(), US_ASCII);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(said);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] certificate(String name) {
        try {
            return opened().getCertificate(name).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As PKCS#8. */
    private byte[] key(String name) {
        try {
            return opened().getKey(name, PASSWORD).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private KeyStore opened() {
        try {
            return KeyStore.getInstance(store.toFile(), PASSWORD);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void pem(String file, String what, byte[] bytes) {
        var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        try {
            Files.writeString(
                    folder.resolve(file), "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, lines, what));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
