package switchboard.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How a tenant's contacts find agents. Made by {@link PlanReader}, which lets nothing through that does not hold together.
 *
 * @param defaultQueue takes what names no queue of the plan
 * @param channels how contacts of a channel are taken
 * @param otherChannels how on a channel that is not named
 * @param priorities how much earlier a contact of that priority has its turn; what is not named has no boost
 * @param queues by name, at least the default one
 */
public record Plan(
        String defaultQueue,
        SortedMap<String, Channel> channels,
        Channel otherChannels,
        SortedMap<String, Duration> priorities,
        List<Queue> queues) {

    public Plan {
        channels = Collections.unmodifiableSortedMap(new TreeMap<>(channels));
        priorities = Collections.unmodifiableSortedMap(new TreeMap<>(priorities));
        queues = queues.stream().sorted(Comparator.comparing(Queue::name)).toList();
    }

    public Optional<Queue> queue(String name) {
        return queues.stream().filter(queue -> queue.name().equals(name)).findFirst();
    }

    /** The queue of that name, or the default one. */
    public Queue queueOrDefault(String name) {
        return queue(name).or(() -> queue(defaultQueue)).orElseThrow();
    }

    public Cost cost(String channel) {
        return channel(channel).cost();
    }

    public Channel channel(String name) {
        return channels.getOrDefault(name, otherChannels);
    }

    /** Of a contact that enters its first queue. */
    public Key key(String queue, String priority, Instant enteredAt) {
        return new Key(
                enteredAt,
                priorities.getOrDefault(priority, Duration.ZERO),
                queueOrDefault(queue).target());
    }

    static SortedSet<String> sorted(Collection<String> names) {
        return Collections.unmodifiableSortedSet(new TreeSet<>(names));
    }
}
