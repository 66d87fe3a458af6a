package switchboard.insight;

import static java.util.concurrent.CompletableFuture.completedStage;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.Done;
import switchboard.log.DataKey;
import switchboard.log.Keyring;
import switchboard.log.TenantKeys;

/** Keys in memory. */
final class TestKeys implements Keyring {

    static final TenantKeys TENANT = new TenantKeys(new byte[32], new byte[32]);

    private final Map<String, DataKey> keys = new ConcurrentHashMap<>();

    @Override
    public TenantKeys tenant(String tenant) {
        return TENANT;
    }

    @Override
    public Optional<DataKey> next(String tenant) {
        var key = DataKey.random();
        keys.put(key.id(), key);
        return Optional.of(key);
    }

    @Override
    public CompletionStage<Optional<DataKey>> load(String tenant, String id) {
        return completedStage(Optional.ofNullable(keys.get(id)));
    }

    @Override
    public CompletionStage<Done> erase(String tenant, String id) {
        keys.remove(id);
        return completedStage(Done.getInstance());
    }
}
