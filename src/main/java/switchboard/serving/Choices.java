package switchboard.serving;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.pattern.StatusReply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.register.Register;
import switchboard.scribe.Desk;
import switchboard.serving.Choice.Choose;
import switchboard.serving.Choice.Chosen;
import switchboard.serving.Choice.Command;
import switchboard.serving.Choice.Follow;
import switchboard.serving.Choice.Look;
import switchboard.serving.Choice.Told;
import switchboard.versions.Minds;
import switchboard.versions.Version;
import switchboard.wire.Refusal;

/**
 * Has on this node those models serve that were chosen. A choice is done on one thread, off everybody's path; where the disk refuses, it
 * is tried again when the actor is asked again.
 */
public final class Choices implements Models, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Choices.class);

    private final Minds minds;
    private final Register<Command> register;
    private final Map<String, Long> done = new ConcurrentHashMap<>();
    private final ExecutorService worker = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("models").daemon().factory());

    /** Starts the shards of choices on this node and follows those of {@code tenants}; an answer may take {@code patience}. */
    public static Choices start(
            ActorSystem<?> system, Desk desk, Register.Log log, List<String> tenants, Minds minds, Duration patience) {
        var register = Register.start(
                system, Choice.KEY, (tenant, shard) -> Choice.create(tenant, shard, desk), log, patience);
        return new Choices(register, tenants, minds, "models", Register.EVERY);
    }

    /** Asks {@code register}, {@code every} so often, by an actor {@code name}. */
    Choices(Register<Command> register, List<String> tenants, Minds minds, String name, Duration every) {
        this.minds = minds;
        this.register = register;
        register.follow(
                name,
                tenants,
                Told.class,
                (tenant, self) -> new Follow(self, done.getOrDefault(tenant, -1L)),
                this::heard,
                every);
    }

    @Override
    public CompletionStage<Shelved> list(String tenant) {
        return register.ask(tenant, Look::new).thenApplyAsync(chosen -> shelved(tenant, chosen), worker);
    }

    @Override
    public CompletionStage<Shelved> choose(String tenant, String by, long expected, String version) {
        return CompletableFuture.supplyAsync(() -> hash(tenant, version), worker)
                .thenCompose(hash -> register.<Chosen>ask(tenant, to -> new Choose(by, expected, hash, to)))
                .thenApplyAsync(
                        chosen -> {
                            apply(tenant, chosen);
                            return shelved(tenant, chosen);
                        },
                        worker);
    }

    /** Empty: the newest. */
    private String hash(String tenant, String version) {
        if (version.equals(LATEST)) {
            return "";
        }
        try {
            for (var one : minds.versions(tenant)) {
                if (one.hash().startsWith(version) && minds.readable(tenant, one.hash())) {
                    return one.hash();
                }
            }
        } catch (IOException e) {
            throw unavailable(tenant, e);
        }
        throw new StatusReply.ErrorMessage(Refusal.NO_SUCH_MODEL.name());
    }

    private static StatusReply.ErrorMessage unavailable(String tenant, IOException why) {
        LOG.warn("models of {}: cannot be read", tenant, why);
        return new StatusReply.ErrorMessage(Refusal.UNAVAILABLE.name());
    }

    private Shelved shelved(String tenant, Chosen chosen) {
        try {
            return new Shelved(
                    chosen,
                    minds.of(tenant).map(Minds.Serving::version),
                    minds.versions(tenant),
                    minds.progress(tenant));
        } catch (IOException e) {
            throw unavailable(tenant, e);
        }
    }

    private void heard(Told told) {
        try {
            worker.execute(() -> apply(told.tenant(), told.chosen()));
        } catch (RejectedExecutionException e) {
            LOG.debug("models of {}: a choice is not done, because the program ends", told.tenant(), e);
        }
    }

    /** On the one thread. */
    private void apply(String tenant, Chosen chosen) {
        if (chosen.number() <= done.getOrDefault(tenant, -1L)) {
            return;
        }
        try {
            var serving = chosen.pins() ? minds.pin(tenant, chosen.model()) : minds.unpin(tenant);
            done.put(tenant, chosen.number());
            if (chosen.number() > 0) { // nobody has chosen: nothing to tell
                LOG.info(
                        "models of {}: choice {} by {} asks for {}; {} serves",
                        tenant,
                        chosen.number(),
                        chosen.by(),
                        chosen.pins() ? Version.name(chosen.model()) : LATEST,
                        serving.map(it -> Version.name(it.version())).orElse("none of that name is here, so another"));
            }
        } catch (IOException e) { // it stands in the log: tried again when the actor is asked again
            LOG.warn("models of {}: choice {} cannot be kept here yet", tenant, chosen.number(), e);
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
