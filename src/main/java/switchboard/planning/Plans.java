package switchboard.planning;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.RecipientRef;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.log.Entry;
import switchboard.plan.Plan;
import switchboard.plan.PlanReader;
import switchboard.plan.PlanReader.Reading;
import switchboard.plan.PlanWriter;
import switchboard.planning.RoutingPlan.Adopt;
import switchboard.planning.RoutingPlan.Command;
import switchboard.planning.RoutingPlan.Follow;
import switchboard.planning.RoutingPlan.Look;
import switchboard.planning.RoutingPlan.Told;
import switchboard.planning.RoutingPlan.Version;
import switchboard.scribe.Desk;
import switchboard.scribe.Watch;

/**
 * The plans in force, as this node knows them. Each tenant's actor tells it of a new version; it asks again every so often, and
 * so learns what was told while it did not hear, or before the actor ended. A version is never followed by an older one.
 */
public final class Plans implements Versions {

    /** How old what a node knows can be where a message was lost. */
    public static final Duration EVERY = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(Plans.class);
    private static final InForce BUILT_IN = new InForce(0, PlanReader.local());

    /** A plan, and which version of the tenant's it is; 0: the built-in one. */
    public record InForce(long version, Plan plan) {}

    /** One who is told what is in force; must return soon. */
    public interface Listener {
        void changed(String tenant, InForce now);
    }

    /** The entries of a log that stand, with numbers in (after, until]. */
    public interface Log {
        Source<Entry, NotUsed> read(String persistenceId, long after, long until);
    }

    private final ActorSystem<?> system;
    private final Function<String, ? extends RecipientRef<Command>> plans;
    private final Log log;
    private final Duration patience;
    private final Map<String, InForce> known = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<InForce>> first = new ConcurrentHashMap<>();
    private final List<Listener> listeners = new ArrayList<>();

    /** Starts the shards of plans on this node and follows those of {@code tenants}; an answer may take {@code patience}. */
    public static Plans start(ActorSystem<?> system, Desk desk, Log log, List<String> tenants, Duration patience) {
        var sharding = ClusterSharding.get(system);
        sharding.init(Entity.of(
                RoutingPlan.KEY, context -> RoutingPlan.create(context.getEntityId(), context.getShard(), desk)));
        return new Plans(
                system, tenant -> sharding.entityRefFor(RoutingPlan.KEY, tenant), log, tenants, patience, EVERY);
    }

    /** Asks {@code plans} by tenant, {@code every} so often. */
    Plans(
            ActorSystem<?> system,
            Function<String, ? extends RecipientRef<Command>> plans,
            Log log,
            List<String> tenants,
            Duration patience,
            Duration every) {
        this.system = system;
        this.plans = plans;
        this.log = log;
        this.patience = patience;
        tenants.forEach(tenant -> first.put(tenant, new CompletableFuture<>()));
        system.systemActorOf(
                Watch.create(
                        tenants,
                        Told.class,
                        (tenant, self) -> plans.apply(tenant).tell(new Follow(self, number(tenant))),
                        told -> heard(told.tenant(), told.version()),
                        every),
                "plans",
                Props.empty());
    }

    /**
     * What is in force, as far as is known here: at once, always. The built-in one before {@link #loaded()}, and of a tenant
     * that is not followed.
     */
    public InForce inForce(String tenant) {
        return known.getOrDefault(tenant, BUILT_IN);
    }

    /** Done once the plans of all tenants are known; fails where one of them cannot be read by this program. */
    public CompletionStage<Done> loaded() {
        return CompletableFuture.allOf(first.values().toArray(CompletableFuture[]::new))
                .thenApply(_ -> Done.getInstance());
    }

    /** {@code listener} is told at once of all that is known, then of each newer version; of several the last, perhaps. */
    public synchronized void onChange(Listener listener) {
        listeners.add(listener);
        known.forEach(listener::changed);
    }

    @Override
    public CompletionStage<Version> current(String tenant) {
        return ask(tenant, Look::new);
    }

    @Override
    public CompletionStage<Optional<Version>> find(String tenant, long number) {
        return number == 0
                ? CompletableFuture.completedStage(Optional.of(RoutingPlan.BUILT_IN))
                : log.read(RoutingPlan.persistenceId(tenant), number - 1, number)
                        .runWith(Sink.headOption(), system)
                        .thenApply(entry -> entry.flatMap(PlanEvent::version));
    }

    @Override
    public CompletionStage<Version> adopt(String tenant, String by, long expected, Plan plan) {
        var json = new String(PlanWriter.write(plan), UTF_8);
        return this.ask(tenant, replyTo -> new Adopt(by, expected, json, replyTo))
                .thenApply(version -> {
                    heard(tenant, version);
                    return version;
                });
    }

    private CompletionStage<Version> ask(String tenant, Function<ActorRef<StatusReply<Version>>, Command> command) {
        return AskPattern.askWithStatus(plans.apply(tenant), command::apply, patience, system.scheduler());
    }

    private long number(String tenant) {
        return known.containsKey(tenant) ? inForce(tenant).version() : -1;
    }

    private synchronized void heard(String tenant, Version version) {
        if (version.number() <= number(tenant)) {
            return;
        }
        switch (PlanReader.read(version.plan().getBytes(UTF_8))) {
            case Reading.Sound it -> known(tenant, new InForce(version.number(), it.plan()));
            case Reading.Faulty it ->
                unknown(tenant, version.number(), it.faults().size());
        }
    }

    private void known(String tenant, InForce now) {
        LOG.info("routing plan of {}: version {} is in force", tenant, now.version());
        known.put(tenant, now);
        listeners.forEach(listener -> listener.changed(tenant, now));
        Optional.ofNullable(first.get(tenant)).ifPresent(it -> it.complete(now));
    }

    /** One that a later program let through: what is known stays in force here, and a start fails. */
    private void unknown(String tenant, long version, int faults) {
        LOG.error("routing plan of {}: this program finds {} faults in version {}", tenant, faults, version);
        var why = new IllegalStateException("version " + version + " of the routing plan of tenant " + tenant
                + " is not one that this program can read");
        Optional.ofNullable(first.get(tenant)).ifPresent(it -> it.completeExceptionally(why));
    }
}
