package switchboard;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import switchboard.tls.ServerCertificate;
import switchboard.wire.CannotStart;

/**
 * {@code switchboard.http.tls}: what is shown to clients.
 *
 * @param every the files are looked at again at most so often
 */
record TlsSettings(ServerCertificate.Files files, Duration every) {

    /** Empty: in the clear. */
    static Optional<TlsSettings> of(Config it) {
        var certificate = Settings.text(it, "certificate");
        var key = Settings.text(it, "key");
        if (certificate.isPresent() != key.isPresent()) {
            throw new CannotStart("settings: switchboard.http.tls needs certificate and key, or neither");
        }
        return certificate.map(file -> new TlsSettings(
                new ServerCertificate.Files(Path.of(file), Path.of(key.orElseThrow())), it.getDuration("reread")));
    }

    /** Refused where the files cannot be used. */
    ServerCertificate read() {
        return ServerCertificate.read(files, every);
    }
}
