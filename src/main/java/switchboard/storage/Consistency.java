package switchboard.storage;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import java.util.Arrays;
import java.util.Map;
import switchboard.wire.CannotStart;

/** How many replicas confirm a write and answer a read. With fewer than these a read could miss what was acknowledged. */
public enum Consistency {
    /** Most of all data centers' together. */
    QUORUM(DefaultConsistencyLevel.SERIAL),
    /** Most of our own data center's: others may be away, and are behind. */
    LOCAL_QUORUM(DefaultConsistencyLevel.LOCAL_SERIAL);

    private static final String DRIVER = "datastax-java-driver.";
    private static final String JOURNAL = DRIVER + "profiles.pekko-persistence-cassandra-profile.";

    private final DefaultConsistencyLevel serial;

    Consistency(DefaultConsistencyLevel serial) {
        this.serial = serial;
    }

    /** That one by its name; anything else is refused. */
    public static Consistency named(String name) {
        return Arrays.stream(values())
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new CannotStart(
                        "settings: switchboard.storage.consistency is QUORUM or LOCAL_QUORUM, not: " + name));
    }

    /** Of a read that sees every conditional write ever answered: among the replicas that these agree in. */
    public static ConsistencyLevel serial(CqlSession session) {
        var driver = session.getContext().getConfig().getDefaultProfile();
        return DefaultConsistencyLevel.valueOf(driver.getString(DefaultDriverOption.REQUEST_SERIAL_CONSISTENCY));
    }

    /** For the driver; the journal has a profile of its own. */
    Map<String, String> settings() {
        return Map.of(
                DRIVER + "basic.request.consistency", name(),
                DRIVER + "basic.request.serial-consistency", serial.name(),
                JOURNAL + "basic.request.consistency", name(),
                JOURNAL + "basic.request.serial-consistency", serial.name());
    }
}
