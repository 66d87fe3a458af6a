package switchboard.log;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;

/** The keys that an aggregate needs. What an actor calls while it decides does not wait. */
public interface Keyring {

    /** The tenant's own keys, in memory from the start. */
    TenantKeys tenant(String tenant);

    /** A data key that is already durable and was never used; empty while none is ready. Does not wait. */
    Optional<DataKey> next(String tenant);

    /**
     * As {@link #next}, but waits for the pool where that is empty; fails when the database does not take keys. For one
     * who can put his work aside meanwhile.
     */
    default CompletionStage<DataKey> take(String tenant) {
        return next(tenant)
                .map(CompletableFuture::completedStage)
                .orElseGet(() -> CompletableFuture.failedStage(new IllegalStateException("no key is ready")));
    }

    /**
     * The data key with that id, for a writer; empty once erased. May have been remembered for up to a minute; an
     * erasure through this keyring is seen at once, one by other hands after that minute. Fails with {@link
     * DataKey.Damaged} when what is stored is not that key.
     */
    CompletionStage<Optional<DataKey>> load(String tenant, String id);

    /** As {@link #load}, for a reader: asks the database each time, so that it sees an erasure by other hands too. */
    default CompletionStage<Optional<DataKey>> look(String tenant, String id) {
        return load(tenant, id);
    }

    /** Deletes the data key for good; done when it is durable. Again: done. */
    CompletionStage<Done> erase(String tenant, String id);
}
