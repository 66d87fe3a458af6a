package switchboard.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import switchboard.wire.CannotStart;

/** What stands in PEM files. What cannot be used is refused in one line that names the file, and never says what is in it. */
final class Pem {

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final Pattern OTHER_KEY = Pattern.compile("-----BEGIN ([A-Z]+ PRIVATE KEY)-----");

    /** The file as it is. */
    static String text(Path file) {
        try {
            return Files.readString(file, ISO_8859_1);
        } catch (IOException e) {
            throw new CannotStart(
                    "TLS: cannot be read: " + file + " (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    /** In the file's order; at least one. */
    static List<X509Certificate> certificates(Path file, String text) {
        try {
            var found = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(text.getBytes(ISO_8859_1)));
            if (!found.isEmpty()) {
                return found.stream().map(X509Certificate.class::cast).toList();
            }
            throw new CannotStart("TLS: no certificate (PEM) in " + file);
        } catch (GeneralSecurityException e) {
            throw new CannotStart("TLS: no certificates (PEM) that can be read in " + file, e);
        }
    }

    /** PKCS#8, unencrypted: what belongs to {@code owner}, whatever its algorithm. */
    static PrivateKey key(Path file, String text, X509Certificate owner) {
        var found = KEY.matcher(text);
        if (!found.find()) {
            var other = OTHER_KEY.matcher(text);
            throw new CannotStart("TLS: no unencrypted PKCS#8 key (BEGIN PRIVATE KEY) in " + file
                    + (other.find()
                            ? " but " + other.group(1) + "; openssl pkcs8 -topk8 -nocrypt makes one of it"
                            : ""));
        }
        try {
            var encoded = Base64.getMimeDecoder().decode(found.group(1));
            var key = KeyFactory.getInstance(owner.getPublicKey().getAlgorithm())
                    .generatePrivate(new PKCS8EncodedKeySpec(encoded));
            if (!belong(key, owner.getPublicKey())) {
                throw new CannotStart("TLS: the key in " + file + " is not the certificate's");
            }
            return key;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new CannotStart(
                    "TLS: no key in %s that goes with the certificate's (%s)"
                            .formatted(file, owner.getPublicKey().getAlgorithm()),
                    e);
        }
    }

    /** What one signs, the other confirms. */
    private static boolean belong(PrivateKey key, PublicKey certified) throws GeneralSecurityException {
        var signature = Signature.getInstance(
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    case String other -> other;
                });
        signature.initSign(key);
        signature.update((byte) 1);
        var signed = signature.sign();
        signature.initVerify(certified);
        signature.update((byte) 1);
        return signature.verify(signed);
    }

    private Pem() {}
}
