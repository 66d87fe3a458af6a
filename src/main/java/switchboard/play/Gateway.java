package switchboard.play;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import switchboard.invariants.Exchange.Answer;
import switchboard.witness.Message;
import switchboard.witness.Sender;

/** How customers' messages reach the program. Safe for many threads. */
interface Gateway extends AutoCloseable {

    /** Messages of one thread, in order; returns once each is settled, with the answers in the same order. */
    List<Answer> say(List<Message> messages) throws IOException, InterruptedException;

    @Override
    default void close() {}

    /** One request for each, the next after the answer to the one before. */
    static Gateway single(Sender sender) {
        return messages -> {
            var answers = new ArrayList<Answer>();
            for (var message : messages) {
                answers.add(sender.post(message));
            }
            return answers;
        };
    }
}
