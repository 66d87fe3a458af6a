package switchboard;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingSettings;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityRef;
import org.apache.pekko.pattern.StatusReply;
import switchboard.agent.Agent;
import switchboard.agent.Agent.Facts;
import switchboard.agent.Agent.Question;
import switchboard.agent.Agent.Standing;
import switchboard.conversation.Conversation;
import switchboard.conversation.Conversation.View;
import switchboard.insight.Agents;
import switchboard.scribe.Desk;
import switchboard.wire.Refusal;

/** Agents on this node: their shards, and what they ask of conversations. */
final class Staff {

    private final ClusterSharding sharding;
    private final Duration patience;

    /** {@code patience}: how long a conversation may take to answer an agent. */
    Staff(ActorSystem<?> system, Desk desk, Agents rows, Agent.Patience limits, Duration patience) {
        this.sharding = ClusterSharding.get(system);
        this.patience = patience;
        var ports = new Agent.Ports(desk, this::ask, followers(rows), limits);
        // one who is there stays in memory, since that knows of her streams; she goes by herself
        var settings = ClusterShardingSettings.create(system).withNoPassivationStrategy();
        sharding.init(Entity.of(Agent.KEY, context -> Agent.create(context.getEntityId(), context.getShard(), ports))
                .withSettings(settings));
    }

    /** By {@code tenant:agent}. */
    EntityRef<Agent.Command> entity(String id) {
        return sharding.entityRefFor(Agent.KEY, id);
    }

    /** Whether that log is an agent's. */
    static boolean has(String persistenceId) {
        return persistenceId.startsWith(Agent.KEY.name() + "|");
    }

    /** What is owed by that log is due. */
    void wake(String persistenceId) {
        entity(Agent.entityId(persistenceId)).tell(new Agent.Wake());
    }

    private static Agent.Followers followers(Agents rows) {
        return new Agent.Followers() {
            @Override
            public CompletionStage<Done> follow(Facts facts) {
                return rows.follow(facts);
            }

            @Override
            public void now(Facts facts) {
                // nobody follows them so far
            }
        };
    }

    /** Conversations know no reservations yet: only whether they are hers. */
    private CompletionStage<Standing> ask(String tenant, String agent, String reservation, Question question) {
        var id = Conversation.entityId(tenant, reservation.replaceFirst("\\.[0-9]+$", ""));
        return sharding.entityRefFor(Conversation.KEY, id)
                .<View>askWithStatus(Conversation.Look::new, patience)
                .handle((view, no) -> {
                    if (no == null) {
                        return standing(view, agent);
                    }
                    if (no instanceof StatusReply.ErrorMessage refused && Refusal.of(refused) == Refusal.NOT_FOUND) {
                        return Standing.NOT_YOURS;
                    }
                    throw new CompletionException(no);
                });
    }

    private static Standing standing(View view, String agent) {
        if (!view.agent().equals(agent)) {
            return Standing.NOT_YOURS;
        }
        return view.status().equals("wrap_up") ? Standing.WRAP_UP : Standing.ASSIGNED;
    }
}
