package switchboard.floor;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import switchboard.invariants.Exchange.Answer;
import switchboard.invariants.Json;
import switchboard.witness.Message;
import switchboard.witness.Sender;

/**
 * A supervisor escalates the conversation, and whoever takes it answers; where it is taken from her, whoever takes it next.
 * Safe for many threads.
 */
final class Contact implements Desk {

    /** To which queue, and how urgent; empty: as any other. */
    record Matter(String queue, String priority) {}

    /** One who has taken it. */
    record Owner(String agent, String credential) {}

    private static final int CONFLICT = 409;

    private final Sender sender;
    private final String supervisor;
    private final Delays delays;
    private final Duration patience;
    private final Matter matter;
    private final String thread;
    private final String conversation;
    private final Map<Integer, Owner> said = new ConcurrentHashMap<>();
    private Optional<Owner> owner = Optional.empty();
    private boolean escalated;

    Contact(
            Sender sender,
            String supervisor,
            Delays delays,
            Duration patience,
            Matter matter,
            String thread,
            String conversation) {
        this.sender = sender;
        this.supervisor = supervisor;
        this.delays = delays;
        this.patience = patience;
        this.matter = matter;
        this.thread = thread;
        this.conversation = conversation;
    }

    /** What was said once is said again by the same one: under another one's key it would be another message. */
    @Override
    public Answer say(int number, String text) throws IOException, InterruptedException {
        if (first()) {
            var answer = escalate();
            if (!answer.acknowledges()) {
                return answer;
            }
        }
        while (true) {
            var before = Optional.ofNullable(said.get(number));
            var who = before.isPresent() ? before.get() : owner();
            var key = key("t" + number + "-" + who.agent());
            var answer = sender.order(who.credential(), conversation, new Message(thread, "messages", key, text));
            if (answer.acknowledges()) {
                said.put(number, who);
            }
            if (answer.status() != CONFLICT || before.isPresent()) {
                return answer;
            }
            lost(who);
        }
    }

    @Override
    public List<Answer> resolve() throws IOException, InterruptedException {
        if (!isEscalated()) {
            return List.of();
        }
        while (true) {
            var who = owner();
            var answer = order(who, "resolve");
            if (answer.status() != CONFLICT) {
                order(who, "wrap-up");
                return List.of(answer);
            }
            lost(who);
        }
    }

    /** What she says on an offer; the reservation is its own key. */
    Answer word(Owner who, String reservation, boolean accepts) throws IOException, InterruptedException {
        var word = new Message(thread, accepts ? "accept" : "reject", reservation, "");
        var answer = sender.order(who.credential(), conversation, word);
        if (accepts && answer.acknowledges()) {
            taken(who);
        }
        return answer;
    }

    private Answer escalate() throws IOException, InterruptedException {
        var body = Json.object().put("queue", matter.queue()).put("reason", "needs_a_person");
        if (!matter.priority().isEmpty()) {
            body.put("priority", matter.priority());
        }
        delays.asked(conversation);
        return sender.order(
                supervisor, conversation, new Message(thread, "escalate", key("escalate"), body.toString()));
    }

    private Answer order(Owner who, String order) throws IOException, InterruptedException {
        var key = key(order + "-" + who.agent());
        return sender.order(who.credential(), conversation, new Message(thread, order, key, "played"));
    }

    private synchronized boolean first() {
        var first = !escalated;
        escalated = true;
        return first;
    }

    private synchronized boolean isEscalated() {
        return escalated;
    }

    private synchronized void taken(Owner who) {
        owner = Optional.of(who);
        notifyAll();
    }

    private synchronized void lost(Owner who) {
        owner = owner.filter(it -> !it.equals(who));
    }

    private synchronized Owner owner() throws IOException, InterruptedException {
        var end = System.nanoTime() + patience.toNanos();
        while (owner.isEmpty()) {
            var left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new IOException("nobody took " + conversation + " for " + patience.toSeconds() + " s");
            }
            wait(left);
        }
        return owner.get();
    }

    private String key(String what) {
        return thread + "-" + what;
    }
}
