package switchboard.dispatch;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import switchboard.routing.Router;

/** How many customers wait for a person, and since when, by the routers that run on this node: as of their last look. */
public final class Demand {

    private record Standing(int waiting, Optional<Instant> oldest) {}

    private final Map<String, Standing> tenants = new ConcurrentHashMap<>();

    /** All that wait and are offered to nobody. */
    public long waiting() {
        return tenants.values().stream().mapToLong(Standing::waiting).sum();
    }

    /** When who waits longest came into his queue; empty: nobody waits. */
    public Optional<Instant> oldest() {
        return tenants.values().stream().flatMap(it -> it.oldest.stream()).min(Comparator.naturalOrder());
    }

    void stands(String tenant, List<Router.Figures> queues) {
        tenants.put(
                tenant,
                new Standing(
                        queues.stream().mapToInt(Router.Figures::waiting).sum(),
                        queues.stream().flatMap(it -> it.oldest().stream()).min(Comparator.naturalOrder())));
    }

    /** Its router ends here. */
    void gone(String tenant) {
        tenants.remove(tenant);
    }
}
