package switchboard.planning;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
import switchboard.register.Known;
import switchboard.register.Register;
import switchboard.scribe.Desk;

/**
 * The plans in force, as this node knows them. Each tenant's actor tells it of a new version; it asks again every so often, and
 * so learns what was told while it did not hear, or before the actor ended. A version is never followed by an older one.
 */
public final class Plans implements Versions {

    private static final Logger LOG = LoggerFactory.getLogger(Plans.class);
    private static final InForce BUILT_IN = new InForce(0, PlanReader.local());

    /** A plan, and which version of the tenant's it is; 0: the built-in one. */
    public record InForce(long version, Plan plan) {}

    private final Register<Command> register;
    private final Known<InForce> known;

    /** Starts the shards of plans on this node and follows those of {@code tenants}; an answer may take {@code patience}. */
    public static Plans start(
            ActorSystem<?> system, Desk desk, Register.Log log, List<String> tenants, Duration patience) {
        var register = Register.start(
                system, RoutingPlan.KEY, (tenant, shard) -> RoutingPlan.create(tenant, shard, desk), log, patience);
        return new Plans(register, tenants, Register.EVERY);
    }

    /** Asks {@code register}, {@code every} so often. */
    Plans(Register<Command> register, List<String> tenants, Duration every) {
        this.register = register;
        known = new Known<>(tenants);
        register.follow(
                "plans",
                tenants,
                Told.class,
                (tenant, self) -> new Follow(self, number(tenant)),
                told -> heard(told.tenant(), told.version()),
                every);
    }

    /**
     * What is in force, as far as is known here: at once, always. The built-in one before {@link #loaded()}, and of a tenant
     * that is not followed.
     */
    public InForce inForce(String tenant) {
        return known.of(tenant).orElse(BUILT_IN);
    }

    /** Done once the plans of all tenants are known; fails where one of them cannot be read by this program. */
    public CompletionStage<Done> loaded() {
        return known.loaded();
    }

    /** {@code listener} is told at once of all that is known, then of each newer version; of several the last, perhaps. */
    public void onChange(Known.Listener<InForce> listener) {
        known.onChange(listener);
    }

    @Override
    public CompletionStage<Version> current(String tenant) {
        return register.ask(tenant, Look::new);
    }

    @Override
    public CompletionStage<Optional<Version>> find(String tenant, long number) {
        return number == 0
                ? CompletableFuture.completedStage(Optional.of(RoutingPlan.BUILT_IN))
                : register.find(RoutingPlan.persistenceId(tenant), number)
                        .thenApply(entry -> entry.map(PlanEvent::version));
    }

    @Override
    public CompletionStage<Version> adopt(String tenant, String by, long expected, Plan plan) {
        var json = new String(PlanWriter.write(plan), UTF_8);
        return register.<Version>ask(tenant, replyTo -> new Adopt(by, expected, json, replyTo))
                .thenApply(version -> {
                    heard(tenant, version);
                    return version;
                });
    }

    private long number(String tenant) {
        return known.of(tenant).map(InForce::version).orElse(-1L);
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
    }

    /** One that a later program let through: what is known stays in force here, and a start fails. */
    private void unknown(String tenant, long version, int faults) {
        LOG.error("routing plan of {}: this program finds {} faults in version {}", tenant, faults, version);
        var why = new IllegalStateException("version " + version + " of the routing plan of tenant " + tenant
                + " is not one that this program can read");
        known.fail(tenant, why);
    }
}
