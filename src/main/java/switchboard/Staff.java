package switchboard;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingSettings;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityRef;
import org.apache.pekko.pattern.StatusReply;
import switchboard.agent.Agent;
import switchboard.agent.Agent.Counted;
import switchboard.agent.Agent.Facts;
import switchboard.agent.Agent.Outcome;
import switchboard.agent.Agent.Question;
import switchboard.agent.Agent.Standing;
import switchboard.conversation.Conversation;
import switchboard.conversation.Reservation;
import switchboard.conversation.Reservation.Doubt;
import switchboard.conversation.Reservation.Propose;
import switchboard.conversation.Reservation.Stands;
import switchboard.handling.Holds.Hold;
import switchboard.insight.Agents;
import switchboard.scribe.Desk;
import switchboard.wire.Refusal;

/** Agents on this node: their shards, and what they and conversations ask of each other. */
final class Staff implements Reservation.Agents {

    private final ClusterSharding sharding;
    private final Duration patience;

    /** {@code patience}: how long a conversation may take to answer an agent; {@code now} hears of each change at once. */
    Staff(
            ActorSystem<?> system,
            Desk desk,
            Agents rows,
            Consumer<Facts> now,
            Agent.Patience limits,
            Duration patience) {
        this.sharding = ClusterSharding.get(system);
        this.patience = patience;
        var ports = new Agent.Ports(desk, this::ask, followers(rows, now), limits);
        // one who is there stays in memory, since that knows of her streams; she goes by herself
        var settings = ClusterShardingSettings.create(system).withNoPassivationStrategy();
        sharding.init(Entity.of(Agent.KEY, context -> Agent.create(context.getEntityId(), context.getShard(), ports))
                .withSettings(settings));
    }

    /** By {@code tenant:agent}. */
    EntityRef<Agent.Command> entity(String id) {
        return sharding.entityRefFor(Agent.KEY, id);
    }

    /** What is owed by that log, an agent's or else a conversation's, is due. */
    void wake(String persistenceId) {
        if (persistenceId.startsWith(Agent.KEY.name() + "|")) {
            entity(Agent.entityId(persistenceId)).tell(new Agent.Wake());
        } else {
            sharding.entityRefFor(Conversation.KEY, Conversation.entityId(persistenceId))
                    .tell(new Conversation.Wake());
        }
    }

    private static Agent.Followers followers(Agents rows, Consumer<Facts> now) {
        return new Agent.Followers() {
            @Override
            public CompletionStage<Done> follow(Facts facts) {
                return rows.follow(facts);
            }

            @Override
            public void now(Facts facts) {
                now.accept(facts);
            }
        };
    }

    /** A reservation that no conversation knows is nobody's. */
    private CompletionStage<Standing> ask(String tenant, String agent, String reservation, Question question) {
        var dot = reservation.lastIndexOf('.');
        var id = Conversation.entityId(tenant, reservation.substring(0, dot));
        var epoch = Integer.parseInt(reservation.substring(dot + 1));
        return sharding.entityRefFor(Conversation.KEY, id)
                .<Stands>askWithStatus(replyTo -> new Doubt(epoch, agent, question, replyTo), patience)
                .thenApply(Stands::standing);
    }

    @Override
    public CompletionStage<Done> hold(String tenant, String reservation, Propose what) {
        return entity(Agent.entityId(tenant, what.agent()))
                .<Counted>askWithStatus(
                        replyTo -> new Agent.Hold(reservation, what.pool(), what.units(), what.deadline(), replyTo),
                        patience)
                .thenApply(_ -> Done.getInstance());
    }

    /** One who was deleted before she heard of it cannot have it: it waits again. */
    @Override
    public CompletionStage<Done> tell(String tenant, String reservation, Hold hold) {
        return entity(Agent.entityId(tenant, hold.agent()))
                .<Counted>askWithStatus(replyTo -> command(reservation, hold, replyTo), patience)
                .thenApply(_ -> Done.getInstance())
                .exceptionallyCompose(no -> Refusal.behind(no) == Refusal.NOT_FOUND
                        ? ask(tenant, hold.agent(), reservation, Question.REQUEUE)
                                .thenApply(_ -> Done.getInstance())
                        : CompletableFuture.failedFuture(no));
    }

    private static Agent.Command command(String reservation, Hold hold, ActorRef<StatusReply<Counted>> replyTo) {
        return switch (hold.stage()) {
            case OFFERED -> throw new IllegalArgumentException("she was asked first: " + reservation);
            case ACCEPTED -> new Agent.Accept(reservation, hold.pool(), hold.units(), replyTo);
            case WRAP_UP -> new Agent.WrapUp(reservation, replyTo);
            case REJECTED -> new Agent.End(reservation, Outcome.REJECTED, replyTo);
            case TIMED_OUT -> new Agent.End(reservation, Outcome.TIMED_OUT, replyTo);
            case RESCINDED -> new Agent.End(reservation, Outcome.RESCINDED, replyTo);
            case RELEASED -> new Agent.End(reservation, Outcome.RELEASED, replyTo);
        };
    }
}
