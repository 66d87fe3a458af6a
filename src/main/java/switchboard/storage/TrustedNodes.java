package switchboard.storage;

import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverExecutionProfile;
import com.datastax.oss.driver.api.core.context.DriverContext;
import com.datastax.oss.driver.api.core.ssl.ProgrammaticSslEngineFactory;
import java.nio.file.Path;
import java.util.Map;
import switchboard.tls.Authorities;

/**
 * Cassandra's nodes over TLS, for the driver: it makes one for each session by this class's name, ours and the journal's.
 */
public final class TrustedNodes extends ProgrammaticSslEngineFactory {

    private static final String FACTORY = "datastax-java-driver.advanced.ssl-engine-factory.";

    /** The truststore's path is a PEM file here. */
    public TrustedNodes(DriverContext context) {
        this(context.getConfig().getDefaultProfile());
    }

    private TrustedNodes(DriverExecutionProfile driver) {
        super(
                Authorities.trusted(Path.of(driver.getString(DefaultDriverOption.SSL_TRUSTSTORE_PATH))),
                null,
                driver.getBoolean(DefaultDriverOption.SSL_HOSTNAME_VALIDATION),
                driver.getBoolean(DefaultDriverOption.SSL_ALLOW_DNS_REVERSE_LOOKUP_SAN, true));
    }

    static Map<String, Object> settings(Contact.Tls tls) {
        return Map.of(
                FACTORY + "class", TrustedNodes.class.getName(),
                FACTORY + "truststore-path", tls.authorities().toString(),
                FACTORY + "hostname-validation", tls.verifyHost());
    }
}
