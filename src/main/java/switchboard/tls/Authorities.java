package switchboard.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import switchboard.wire.CannotStart;

/** Whose word is taken for who a server is: these alone, not those that the JDK brings. */
public final class Authorities {

    /** Of the certificates in a PEM file, read once. */
    public static SSLContext trusted(Path file) {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (var certificate : Pem.certificates(file, Pem.text(file))) {
                store.setCertificateEntry("authority-" + store.size(), certificate);
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new CannotStart("TLS: the certificates cannot be used: " + file, e);
        }
    }

    private Authorities() {}
}
