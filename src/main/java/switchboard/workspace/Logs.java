package switchboard.workspace;

import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.Done;
import switchboard.agent.Agent.Following;
import switchboard.conversation.Conversation.View;
import switchboard.history.Live;
import switchboard.journal.Journal.Row;

/** What an agent's stream is made of: her own log and conversations, opened for her. */
public interface Logs {

    /** One of them, for one reader. */
    interface Log extends Live.Followed {

        /** As she is shown it. In order, one at a time. */
        CompletionStage<Line> line(Row row);
    }

    /** Her own. Whoever follows it counts as a connection of hers, and {@code connected} is told where she stands. */
    Log own(Consumer<Following> connected);

    Log conversation(String id);

    /** Done once it is on record that she reads it after that number while she is only offered it. */
    CompletionStage<Done> seen(String conversation, long after);

    /** Where that conversation stands. */
    CompletionStage<View> look(String id);
}
