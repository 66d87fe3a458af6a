package switchboard.log;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;

/** The keys that an aggregate needs. What an actor calls while it decides does not wait. */
public interface Keyring {

    /** The tenant's own keys, in memory from the start. */
    TenantKeys tenant(String tenant);

    /** A data key that is already durable and was never used; empty while none is ready. Does not wait. */
    Optional<DataKey> next(String tenant);

    /** The data key with that id; empty once erased. Asks the database each time unless it was used here lately. */
    CompletionStage<Optional<DataKey>> load(String tenant, String id);

    /** Deletes the data key for good; done when it is durable. Again: done. */
    CompletionStage<Done> erase(String tenant, String id);
}
