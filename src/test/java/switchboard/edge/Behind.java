package switchboard.edge;

import java.util.List;
import java.util.function.BiFunction;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityRef;
import org.apache.pekko.cluster.sharding.typed.testkit.javadsl.TestEntityRef;
import org.apache.pekko.pattern.StatusReply;
import switchboard.agent.Agent;
import switchboard.conversation.Conversation;
import switchboard.conversation.Conversation.Command;
import switchboard.conversation.Reservation;

/** What stands behind the edge: conversations and agents who answer as they are told to; what they were asked is kept. */
record Behind(
        ActorTestKit actors,
        List<String> asked,
        List<Command> commands,
        List<Agent.Command> toAgents,
        BiFunction<String, Command, StatusReply<?>> conversations,
        BiFunction<String, Agent.Command, StatusReply<?>> agents) {

    EntityRef<Command> conversation(String id) {
        asked.add(id);
        return TestEntityRef.of(Conversation.KEY, id, actors.spawn(Behaviors.receiveMessage(command -> {
            commands.add(command);
            reply(command, conversations.apply(id, command));
            return Behaviors.stopped();
        })));
    }

    @SuppressWarnings("unchecked")
    private static void reply(Command command, StatusReply<?> reply) {
        switch (command) {
            case Conversation.Receive receive -> receive.replyTo().tell((StatusReply<Conversation.Place>) reply);
            case Conversation.ReceiveAll all -> all.replyTo().tell((StatusReply<Conversation.Outcomes>) reply);
            case Conversation.Ordered ordered -> ordered.replyTo().tell((StatusReply<Conversation.Place>) reply);
            case Conversation.Follow follow -> follow.replyTo().tell((StatusReply<Conversation.Following>) reply);
            case Conversation.Look look -> look.replyTo().tell((StatusReply<Conversation.View>) reply);
            case Reservation.Word word -> word.replyTo().tell((StatusReply<Conversation.Place>) reply);
            case Command other -> throw new AssertionError("the edge does not send " + other);
        }
    }

    /** A stream comes and goes in its own time, maybe once the next request is being answered: that is not asking. */
    EntityRef<Agent.Command> agent(String id) {
        return TestEntityRef.of(Agent.KEY, id, actors.spawn(Behaviors.receiveMessage(command -> {
            if (!(command instanceof Agent.Connected || command instanceof Agent.Disconnected)) {
                asked.add(id);
            }
            toAgents.add(command);
            reply(command, agents.apply(id, command));
            return Behaviors.same();
        })));
    }

    @SuppressWarnings("unchecked")
    private static void reply(Agent.Command command, StatusReply<?> reply) {
        var view = (StatusReply<Agent.View>) reply;
        switch (command) {
            case Agent.Connected c -> c.replyTo().tell((StatusReply<Agent.Following>) reply);
            case Agent.Disconnected _ -> {}
            case Agent.Put c -> c.replyTo().tell(view);
            case Agent.Delete c -> c.replyTo().tell(view);
            case Agent.Say c -> c.replyTo().tell(view);
            case Agent.Look c -> c.replyTo().tell(view);
            case Agent.Command other -> throw new AssertionError("the edge does not send " + other);
        }
    }
}
