package switchboard.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.wire.CannotStart;

/**
 * What this server shows to clients. Its files are looked at again as connections come, and what is new there is shown to those
 * that come after; while it is broken or half written, what was before.
 */
public final class ServerCertificate {

    /**
     * PEM.
     *
     * @param certificate our own first, then those that lead to a known authority
     * @param key PKCS#8, unencrypted: RSA, EC or EdDSA
     */
    public record Files(Path certificate, Path key) {}

    private record Read(String certificate, String key) {}

    private static final Logger LOG = LoggerFactory.getLogger(ServerCertificate.class);
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
    private static final char[] NO_PASSWORD = {};

    private final Files files;
    private final Duration every;
    private final AtomicLong looked = new AtomicLong(System.nanoTime());
    private volatile Read seen;
    private volatile SSLContext context;

    /** Refused in one line when the files cannot be used. They are looked at again at most so often. */
    public static ServerCertificate read(Files files, Duration every) {
        return new ServerCertificate(files, every);
    }

    private ServerCertificate(Files files, Duration every) {
        this.files = files;
        this.every = every;
        this.seen = look();
        this.context = context(seen);
    }

    /** For one connection: TLS 1.3 or 1.2. */
    public SSLEngine engine() {
        renew();
        var engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        engine.setEnabledProtocols(PROTOCOLS);
        return engine;
    }

    /** One looks, the others go on with what there is. */
    private void renew() {
        var last = looked.get();
        var now = System.nanoTime();
        if (now - last < every.toNanos() || !looked.compareAndSet(last, now)) {
            return;
        }
        try {
            var read = look();
            if (!read.equals(seen)) {
                seen = read;
                context = context(read);
                LOG.info("a renewed certificate is used: {}", files.certificate());
            }
        } catch (CannotStart e) {
            LOG.warn("the renewed certificate cannot be used, the one before stays: {}", e.line());
        }
    }

    private Read look() {
        return new Read(Pem.text(files.certificate()), Pem.text(files.key()));
    }

    private SSLContext context(Read read) {
        var chain = Pem.certificates(files.certificate(), read.certificate);
        var key = Pem.key(files.key(), read.key, chain.getFirst());
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", key, NO_PASSWORD, chain.toArray(Certificate[]::new));
            var keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(store, NO_PASSWORD);
            var made = SSLContext.getInstance("TLS");
            made.init(keys.getKeyManagers(), null, null);
            return made;
        } catch (GeneralSecurityException | IOException e) {
            throw new CannotStart("TLS: the certificate cannot be used: " + files.certificate(), e);
        }
    }
}
