package switchboard;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.pattern.StatusReply;
import switchboard.agent.Agent;
import switchboard.agent.Agent.Presence;
import switchboard.contact.Output.Overflowed;
import switchboard.contact.Output.Proposal;
import switchboard.conversation.Conversation;
import switchboard.conversation.Conversation.Facts;
import switchboard.conversation.Conversation.Place;
import switchboard.conversation.Reservation;
import switchboard.dispatch.Dispatch;
import switchboard.handling.Rules;
import switchboard.insight.Agents;

/** What routers ask of conversations and agents. */
final class Matching implements Dispatch.Outside {

    private static final int PAGE = 200;

    private final ClusterSharding sharding;
    private final Agents agents;
    private final Duration patience;

    /** {@code patience}: how long a conversation may take to answer. */
    Matching(ActorSystem<?> system, Agents agents, Duration patience) {
        this.sharding = ClusterSharding.get(system);
        this.agents = agents;
        this.patience = patience;
    }

    @Override
    public CompletionStage<Done> propose(String tenant, Proposal it) {
        return this.<Place>ask(
                        tenant,
                        it.item(),
                        replyTo -> new Reservation.Propose(
                                Math.toIntExact(it.epoch()),
                                it.agent(),
                                Rules.pool(it.cost()),
                                it.cost().units(),
                                it.deadline(),
                                it.decision().json(),
                                replyTo))
                .thenApply(_ -> Done.getInstance());
    }

    @Override
    public CompletionStage<Done> overflow(String tenant, Overflowed it) {
        return this.<Place>ask(
                        tenant,
                        it.item(),
                        replyTo -> new Reservation.Overflow(Math.toIntExact(it.epoch()), it.to(), replyTo))
                .thenApply(_ -> Done.getInstance());
    }

    @Override
    public CompletionStage<Facts> where(String tenant, String conversation) {
        return ask(tenant, conversation, Reservation.Where::new);
    }

    private <T> CompletionStage<T> ask(
            String tenant, String conversation, Function<ActorRef<StatusReply<T>>, Conversation.Command> command) {
        return sharding.entityRefFor(Conversation.KEY, Conversation.entityId(tenant, conversation))
                .askWithStatus(command::apply, patience);
    }

    @Override
    public void report(String tenant, String agent) {
        sharding.entityRefFor(Agent.KEY, Agent.entityId(tenant, agent)).tell(new Agent.Report());
    }

    @Override
    public CompletionStage<Done> reportPresent(String tenant) {
        return reportPresent(tenant, "");
    }

    private CompletionStage<Done> reportPresent(String tenant, String after) {
        return agents.page(tenant, after, PAGE).thenCompose(page -> {
            report(tenant, page);
            return page.size() < PAGE
                    ? CompletableFuture.completedFuture(Done.getInstance())
                    : reportPresent(tenant, page.getLast().id());
        });
    }

    /** Who is offline by what was last written says so by herself when she comes. */
    private void report(String tenant, List<Agent.View> page) {
        page.stream()
                .filter(agent -> agent.presence() != Presence.OFFLINE)
                .forEach(agent -> report(tenant, agent.id()));
    }
}
