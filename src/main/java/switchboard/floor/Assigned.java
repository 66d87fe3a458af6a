package switchboard.floor;

import java.io.IOException;
import java.util.List;
import switchboard.invariants.Exchange.Answer;
import switchboard.witness.Credentials;
import switchboard.witness.Message;
import switchboard.witness.Sender;

/** A supervisor gives the conversation to the one agent, who answers and resolves it. */
public final class Assigned implements Desk {

    private static final String ASSIGN = "assign";
    private static final String RESOLVE = "resolve";
    private static final String MESSAGES = "messages";

    private final Sender sender;
    private final Credentials credentials;
    private final String thread;
    private final String conversation;
    private boolean taken;

    public Assigned(Sender sender, Credentials credentials, String thread, String conversation) {
        this.sender = sender;
        this.credentials = credentials;
        this.thread = thread;
        this.conversation = conversation;
    }

    @Override
    public Answer say(int number, String text) throws IOException, InterruptedException {
        if (!taken) {
            order(credentials.supervisor(), new Message(thread, ASSIGN, key(ASSIGN), credentials.name()));
            taken = true;
        }
        return order(credentials.agent(), new Message(thread, MESSAGES, key("t" + number), text));
    }

    @Override
    public List<Answer> resolve() throws IOException, InterruptedException {
        return taken
                ? List.of(order(credentials.agent(), new Message(thread, RESOLVE, key(RESOLVE), "played")))
                : List.of();
    }

    private Answer order(String credential, Message order) throws IOException, InterruptedException {
        return sender.order(credential, conversation, order);
    }

    /** A key's scope is tenant, principal and conversation, but nobody minds if it is unique beyond. */
    private String key(String what) {
        return thread + "-" + what;
    }
}
