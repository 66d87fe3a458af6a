package switchboard;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import switchboard.gateways.EventRoutes;
import switchboard.http.Connections;

/**
 * What is counted and timed, for Prometheus. Features expose plain numbers and know nothing of this. Labels are enums of ours
 * (action, code, pool): never anything that came from outside.
 */
final class Meters implements AutoCloseable {

    private static final Duration[] BOUNDS = LongStream.of(
                    1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final Map<EventRoutes.Way, Counter> accepted = new EnumMap<>(EventRoutes.Way.class);
    /** The registry itself holds them weakly. */
    private final List<LongSupplier> counted = new CopyOnWriteArrayList<>();

    Meters() {
        List.of(
                        new JvmMemoryMetrics(),
                        new JvmThreadMetrics(),
                        collections,
                        new ProcessorMetrics(),
                        new FileDescriptorMetrics(),
                        new UptimeMetrics())
                .forEach(it -> it.bindTo(registry));
        for (var way : EventRoutes.Way.values()) {
            accepted.put(way, accepted(way));
        }
    }

    /** As Prometheus reads it, text format 0.0.4. */
    String scrape() {
        return registry.scrape();
    }

    /** {@link switchboard.http.Server.Observer}. */
    void answered(String action, String code, long nanos) {
        if (!action.isEmpty()) {
            timer("switchboard.http.answer", "Until an answer begins, by what was asked", "action", action)
                    .record(nanos, TimeUnit.NANOSECONDS);
        }
        if (!code.isEmpty()) {
            refused(code);
        }
    }

    /** {@link EventRoutes.Observer}. */
    void event(EventRoutes.Way way, String code) {
        if (code.isEmpty()) {
            requireNonNull(accepted.get(way)).increment();
        } else {
            refused(code);
        }
    }

    private void refused(String code) {
        Counter.builder("switchboard.http.refused")
                .description("Requests, and lines of bulk bodies, that were refused, by the problem's code")
                .tag("code", code)
                .register(registry)
                .increment();
    }

    private Counter accepted(EventRoutes.Way way) {
        return Counter.builder("switchboard.events.accepted")
                .description("Events that were acknowledged, repeats too")
                .tag("way", way.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    /** Takes nanoseconds. */
    LongConsumer timed(String name, String help) {
        var timer = timer(name, help);
        return nanos -> timer.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** Something that comes and goes; NaN where it is not known. */
    Meters now(String name, String help, DoubleSupplier value, String... labels) {
        Gauge.builder(name, value::getAsDouble).description(help).tags(labels).register(registry);
        return this;
    }

    /** Something that only grows. */
    Meters ever(String name, String help, LongSupplier value, String... labels) {
        counted.add(value);
        FunctionCounter.builder(name, value, LongSupplier::getAsLong)
                .description(help)
                .tags(labels)
                .register(registry);
        return this;
    }

    /** The edge's. */
    void of(Connections connections) {
        var help = "Connections: closed at once over a limit (refused), without a whole request in time (late)";
        now("switchboard.http.connections.open", "Connections open now", connections::open)
                .ever("switchboard.http.connections", help, connections::opened, "state", "taken")
                .ever("switchboard.http.connections", help, connections::refused, "state", "refused")
                .ever("switchboard.http.connections", help, connections::late, "state", "late");
    }

    private Timer timer(String name, String help, String... labels) {
        return Timer.builder(name)
                .description(help)
                .tags(labels)
                .serviceLevelObjectives(BOUNDS)
                .register(registry);
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
