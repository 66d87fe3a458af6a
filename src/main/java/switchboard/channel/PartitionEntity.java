package switchboard.channel;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.channel.Partition.Command;
import switchboard.channel.Partition.Given;
import switchboard.channel.Partition.Gone;
import switchboard.channel.Partition.Lease;
import switchboard.channel.Partition.Leased;
import switchboard.channel.Partition.More;
import switchboard.channel.Partition.Reread;
import switchboard.channel.Partition.Stand;
import switchboard.channel.Partition.Stop;
import switchboard.channel.Partition.Taken;
import switchboard.channel.Partition.Tick;
import switchboard.channel.Partition.Told;
import switchboard.channel.Partition.Unread;
import switchboard.channel.Partition.Waits;

/**
 * Holds at most one connection and gives it what waits, as far as it takes it. While nobody fetches it knows nothing and
 * passivates; rows are read for each connection anew.
 */
final class PartitionEntity {

    private static final Logger LOG = LoggerFactory.getLogger(PartitionEntity.class);
    private static final Duration TICK = Duration.ofSeconds(5);
    private static final Duration RETRY = Duration.ofSeconds(2);

    /** The connection that has it. */
    private static final class Holder {
        final ActorRef<Told> connection;
        final long number;
        int room;
        Instant renewed;

        Holder(ActorRef<Told> connection, long number, int room, Instant renewed) {
            this.connection = connection;
            this.number = number;
            this.room = room;
            this.renewed = renewed;
        }
    }

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final Partition.Id id;
    private final ActorRef<ClusterSharding.ShardCommand> shard;
    private final Partition.Ports ports;
    private Waiting waiting;
    private Optional<Holder> holder = Optional.empty();
    private long latest;
    private long reads;
    private boolean failing;

    static Behavior<Command> create(
            Partition.Id id, ActorRef<ClusterSharding.ShardCommand> shard, Partition.Ports ports) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new PartitionEntity(context, timers, id, shard, ports).behavior()));
    }

    private PartitionEntity(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            Partition.Id id,
            ActorRef<ClusterSharding.ShardCommand> shard,
            Partition.Ports ports) {
        this.context = context;
        this.timers = timers;
        this.id = id;
        this.shard = shard;
        this.ports = ports;
        this.waiting = new Waiting(ports.pace().most());
    }

    private Behavior<Command> behavior() {
        return Behaviors.receive(Command.class)
                .onAnyMessage(this::on)
                .onSignal(org.apache.pekko.actor.typed.PostStop.class, _ -> {
                    ports.traffic().free(id.entityId());
                    return Behaviors.same();
                })
                .build();
    }

    private Behavior<Command> on(Command command) {
        switch (command) {
            case Lease c -> lease(c);
            case More c ->
                holder.filter(h -> h.connection.equals(c.connection())).ifPresent(h -> h.room += c.messages());
            case Waits c -> heard(c);
            case Gone c ->
                holder.filter(h -> h.connection.equals(c.connection())).ifPresent(_ -> free());
            case Stand c -> stand(c);
            case Unread c -> unread(c);
            case Tick _ -> tick();
            case Reread _ -> reread();
            case Stop _ -> {
                return Behaviors.stopped();
            }
        }
        give();
        return Behaviors.same();
    }

    private void lease(Lease c) {
        var present = holder.filter(h -> h.connection.equals(c.connection()));
        if (present.isPresent()) {
            present.get().room = c.room();
            present.get().renewed = now();
        } else if (c.number() == 0 || holder.isEmpty() || c.number() > holder.get().number) {
            take(c);
        } else {
            c.connection().tell(new Taken(id.index()));
        }
    }

    /** Numbers grow through restarts, as long as the clock is not put back while nobody is connected. */
    private void take(Lease c) {
        holder.ifPresent(before -> {
            context.unwatch(before.connection);
            before.connection.tell(new Taken(id.index()));
            ports.traffic().took();
        });
        latest = c.number() == 0 ? Math.max(latest, ports.clock().millis()) + 1 : Math.max(latest, c.number());
        var number = c.number() == 0 ? latest : c.number();
        holder = Optional.of(new Holder(c.connection(), number, c.room(), now()));
        context.watchWith(c.connection(), new Gone(c.connection()));
        c.connection().tell(new Leased(id.index(), number, context.getSelf()));
        waiting.another();
        timers.startTimerWithFixedDelay(new Tick(), TICK);
        reread();
    }

    /** Nobody fetches: all is forgotten, the rows know it. */
    private void free() {
        holder.ifPresent(h -> context.unwatch(h.connection));
        holder = Optional.empty();
        waiting = new Waiting(ports.pace().most());
        timers.cancelAll();
        ports.traffic().free(id.entityId());
        shard.tell(new ClusterSharding.Passivate<>(context.getSelf()));
    }

    private void heard(Waits word) {
        if (holder.isPresent()) {
            waiting.heard(word);
            if (waiting.hungry()) {
                waiting.read();
                read();
            }
        }
    }

    private void reread() {
        if (holder.isPresent() && !waiting.reading()) {
            waiting.readOn();
            read();
        }
    }

    private void read() {
        var limit = waiting.room();
        var number = ++reads;
        context.pipeToSelf(
                ports.rows().read(id, waiting.after(), limit),
                (rows, no) -> no != null ? new Unread(no, number) : new Stand(rows, limit, number));
    }

    private void stand(Stand c) {
        if (holder.isPresent() && c.read() == reads) {
            failing = false;
            waiting.rows(c.rows(), c.limit());
            ports.traffic().stands(id.entityId(), waiting);
            timers.startSingleTimer(new Reread(), jittered(ports.pace().reread()));
        }
    }

    private void unread(Unread c) {
        if (holder.isEmpty() || c.read() != reads) {
            return;
        }
        waiting.unread();
        if (!failing) {
            LOG.warn("outbound: rows of {} cannot be read; trying again", id.entityId(), c.why());
        }
        failing = true;
        timers.startSingleTimer(new Reread(), RETRY);
    }

    private void tick() {
        if (holder.filter(h -> !now().isBefore(h.renewed.plus(ports.pace().lease())))
                .isPresent()) {
            free();
        } else if (holder.isPresent()) {
            waiting.overdue(now(), ports.pace().again());
            ports.traffic().stands(id.entityId(), waiting);
        }
    }

    private void give() {
        holder.ifPresent(h -> {
            while (h.room > 0) {
                var due = waiting.next(now());
                if (due.isEmpty()) {
                    return;
                }
                h.room--;
                h.connection.tell(new Given(
                        id.index(), due.get().conversation(), due.get().seq()));
                ports.traffic().sent(due.get().again());
            }
        });
    }

    private Instant now() {
        return ports.clock().instant();
    }

    private static Duration jittered(Duration average) {
        return Duration.ofMillis(
                (long) (average.toMillis() * ThreadLocalRandom.current().nextDouble(0.5, 1.5)));
    }
}
