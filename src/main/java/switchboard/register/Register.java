package switchboard.register;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.RecipientRef;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import switchboard.log.Entry;

/** The registers of one kind, as a node reaches them: their actors by tenant, and their logs. */
public final class Register<C> {

    /** How old what a node knows can be where a message was lost. */
    public static final Duration EVERY = Duration.ofSeconds(5);

    /** The entries of a log that stand, with numbers in (after, until]. */
    public interface Log {
        Source<Entry, NotUsed> read(String persistenceId, long after, long until);
    }

    private final ActorSystem<?> system;
    private final Function<String, ? extends RecipientRef<C>> actors;
    private final Log log;
    private final Duration patience;

    /** Starts the shards of {@code key} on this node, with what {@code actor} makes of a tenant; an answer may take {@code patience}. */
    public static <C> Register<C> start(
            ActorSystem<?> system,
            EntityTypeKey<C> key,
            BiFunction<String, ActorRef<ClusterSharding.ShardCommand>, Behavior<C>> actor,
            Log log,
            Duration patience) {
        var sharding = ClusterSharding.get(system);
        sharding.init(Entity.of(key, context -> actor.apply(context.getEntityId(), context.getShard())));
        return new Register<>(system, tenant -> sharding.entityRefFor(key, tenant), log, patience);
    }

    /** An answer may take {@code patience}. */
    public Register(
            ActorSystem<?> system, Function<String, ? extends RecipientRef<C>> actors, Log log, Duration patience) {
        this.system = system;
        this.actors = actors;
        this.log = log;
        this.patience = patience;
    }

    /**
     * Follows those of {@code tenants}, as the actor {@code name}: asks each anew, {@code every} so often.
     *
     * @param follow the command that asks a tenant's actor to tell of what is new
     * @param heard must return soon
     */
    public <T> void follow(
            String name,
            List<String> tenants,
            Class<T> told,
            BiFunction<String, ActorRef<T>, C> follow,
            Consumer<T> heard,
            Duration every) {
        system.systemActorOf(
                Watch.create(
                        tenants,
                        told,
                        (tenant, self) -> actors.apply(tenant).tell(follow.apply(tenant, self)),
                        heard,
                        every),
                name,
                Props.empty());
    }

    /** Fails with the actor's refusal, or when it does not answer. */
    public <T> CompletionStage<T> ask(String tenant, Function<ActorRef<StatusReply<T>>, C> command) {
        return AskPattern.askWithStatus(actors.apply(tenant), command::apply, patience, system.scheduler());
    }

    /** Gives {@code to} one entry after another of those with numbers in (after, until]; fails where it fails, or the journal does not answer. */
    public CompletionStage<Done> read(String persistenceId, long after, long until, Consumer<Entry> to) {
        return log.read(persistenceId, after, until).runWith(Sink.foreach(to::accept), system);
    }

    /** The entry of that number; empty where there is none, or bytes that are no entry; fails when the journal does not answer. */
    public CompletionStage<Optional<Entry>> find(String persistenceId, long number) {
        return log.read(persistenceId, number - 1, number)
                .filterNot(entry -> entry.type().equals(Entry.UNREADABLE))
                .runWith(Sink.headOption(), system);
    }
}
