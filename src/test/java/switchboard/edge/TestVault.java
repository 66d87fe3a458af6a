package switchboard.edge;

import static java.util.concurrent.CompletableFuture.completedStage;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.Done;
import switchboard.log.DataKey;
import switchboard.log.Keyring;
import switchboard.log.TenantKeys;

/** Data keys in memory, and how often they were asked for. */
public final class TestVault implements Keyring {

    public final Map<String, Integer> loads = new ConcurrentHashMap<>();
    public volatile boolean away;
    private final Map<String, DataKey> keys = new ConcurrentHashMap<>();

    /** A key whose 12 bytes of id are all {@code number}. */
    public DataKey key(int number) {
        var id = new byte[12];
        java.util.Arrays.fill(id, (byte) number);
        var key = new DataKey(id, new byte[32]);
        keys.put(key.id(), key);
        return key;
    }

    @Override
    public TenantKeys tenant(String tenant) {
        return Edge.TENANT;
    }

    @Override
    public Optional<DataKey> next(String tenant) {
        return Optional.empty();
    }

    @Override
    public CompletionStage<Optional<DataKey>> load(String tenant, String id) {
        loads.merge(id, 1, Integer::sum);
        if (away) {
            return CompletableFuture.failedStage(new IllegalStateException("away"));
        }
        return completedStage(Optional.ofNullable(keys.get(id)));
    }

    @Override
    public CompletionStage<Done> erase(String tenant, String id) {
        keys.remove(id);
        return completedStage(Done.getInstance());
    }
}
