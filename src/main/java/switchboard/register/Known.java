package switchboard.register;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.Done;

/** What tenants' registers hold, as this node knows it. Any number of threads may ask. */
public final class Known<V> {

    /** One who is told what is in force; must return soon. */
    public interface Listener<V> {
        void changed(String tenant, V now);
    }

    private final Map<String, V> known = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<V>> first = new ConcurrentHashMap<>();
    private final List<Listener<V>> listeners = new ArrayList<>();

    /** {@code tenants}: of whom something is to be known before it is {@link #loaded()}. */
    public Known(List<String> tenants) {
        tenants.forEach(tenant -> first.put(tenant, new CompletableFuture<>()));
    }

    /** Empty: nothing is known yet, or the tenant is not followed. */
    public Optional<V> of(String tenant) {
        return Optional.ofNullable(known.get(tenant));
    }

    /** Of all tenants. */
    public Collection<V> all() {
        return Collections.unmodifiableCollection(known.values());
    }

    /** Done once something is known of every tenant; fails where the first that was heard of one of them is of no use. */
    public CompletionStage<Done> loaded() {
        return CompletableFuture.allOf(first.values().toArray(CompletableFuture[]::new))
                .thenApply(_ -> Done.getInstance());
    }

    /** {@code listener} is told at once of all that is known, then of each that takes its place; of several the last, perhaps. */
    public synchronized void onChange(Listener<V> listener) {
        listeners.add(listener);
        known.forEach(listener::changed);
    }

    /** That is known from now on. */
    public synchronized void put(String tenant, V now) {
        known.put(tenant, now);
        listeners.forEach(listener -> listener.changed(tenant, now));
        Optional.ofNullable(first.get(tenant)).ifPresent(it -> it.complete(now));
    }

    /** What was heard is of no use here: what is known stays so, and where nothing is, it is not {@link #loaded()}. */
    public void fail(String tenant, Throwable why) {
        Optional.ofNullable(first.get(tenant)).ifPresent(it -> it.completeExceptionally(why));
    }
}
