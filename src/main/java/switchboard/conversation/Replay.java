package switchboard.conversation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import switchboard.conversation.Conversation.Facts;
import switchboard.conversation.Conversation.View;
import switchboard.event.ConversationEvent;
import switchboard.event.Topic;
import switchboard.log.Entry;

/** One conversation's log folded outside its actor: where it stood as of any entry, and what followers were told then. */
public final class Replay {

    private final String id;
    private final Book book;

    /** Before the first entry. */
    public Replay(String tenant, String conversation) {
        this.id = conversation;
        this.book = new Book(Conversation.persistenceId(tenant, conversation), _ -> false, ConversationState.looking());
        book.settle(List.of());
    }

    /** The next entry that stands; one that cannot be read changes nothing. */
    public Replay add(Entry entry) {
        book.add(entry);
        return this;
    }

    /** The number of the last entry; 0 before the first. */
    public long seq() {
        return book.head().seq();
    }

    /** The last entry's time. */
    public Instant at() {
        return book.state().at();
    }

    /** The state as {@link Conversation.Look} would have shown it at {@code now}. */
    public View view(Instant now, Duration reopenWindow) {
        return book.view(id, now, reopenWindow);
    }

    /** What followers of {@code topic} are told after the last entry; only after the first. */
    public Facts facts(Topic topic) {
        return book.facts(topic);
    }

    /**
     * What one episode came to, for figures: what a contact center counts as one contact.
     *
     * @param seq of its last entry so far
     * @param status in the contract's words, never {@code closed}
     * @param agents all who had it, the latest last
     * @param code of its resolution; empty while it is not resolved
     * @param score of its latest rating, 1 to 5; 0: none
     */
    public record Contact(
            int number,
            String channel,
            String language,
            Instant openedAt,
            long seq,
            String status,
            List<String> agents,
            Times times,
            Counts counts,
            String code,
            int score) {

        public Contact {
            agents = List.copyOf(agents);
        }

        /** It begins with {@code entry}. */
        static Contact opened(Entry entry, ConversationEvent.Opened e) {
            return new Contact(
                    entry.episode(),
                    e.channel(),
                    e.language(),
                    entry.at(),
                    entry.seq(),
                    "bot",
                    List.of(),
                    Times.NONE,
                    Counts.NONE,
                    "",
                    0);
        }

        /** One entry later, which led to {@code status}. */
        Contact after(Entry entry, ConversationEvent event, String status) {
            var said = event instanceof ConversationEvent.Recovered r ? said(r) : event;
            return new Contact(
                    number,
                    channel,
                    language,
                    openedAt,
                    entry.seq(),
                    status,
                    said instanceof ConversationEvent.Assigned e ? had(e.agent()) : agents,
                    times.after(said, entry.at()),
                    counts.after(said),
                    code(said),
                    said instanceof ConversationEvent.Rated e ? e.score() : score);
        }

        /** What was said counts, also where it had to be appended again. */
        private static ConversationEvent said(ConversationEvent.Recovered event) {
            return switch (event.type()) {
                case "message.received" -> new ConversationEvent.Received("");
                case "message.sent" -> ConversationEvent.Sent.by("");
                case "csat.received" ->
                    new ConversationEvent.Rated(event.original().path("score").asInt(), "");
                default -> event; // a name on disk; what else is appended again is in no figure
            };
        }

        private List<String> had(String agent) {
            return Stream.concat(agents.stream().filter(a -> !a.equals(agent)), Stream.of(agent))
                    .toList();
        }

        private String code(ConversationEvent event) {
            var current = event instanceof ConversationEvent.Reopened ? "" : code;
            return event instanceof ConversationEvent.Resolved e ? e.code() : current;
        }
    }

    /**
     * When it came to that in an episode; {@link Instant#EPOCH}: not, or not any more.
     *
     * @param held on hold in all
     * @param heard when the customer last wrote
     */
    public record Times(
            Instant assigned, Instant firstReply, Instant resolved, Instant heldSince, Duration held, Instant heard) {

        static final Times NONE =
                new Times(Instant.EPOCH, Instant.EPOCH, Instant.EPOCH, Instant.EPOCH, Duration.ZERO, Instant.EPOCH);

        Times after(ConversationEvent event, Instant at) {
            return switch (event) {
                case ConversationEvent.Assigned _ -> resumed(at, first(assigned, at), resolved);
                case ConversationEvent.Received _ -> new Times(assigned, firstReply, resolved, heldSince, held, at);
                case ConversationEvent.Sent _ ->
                    new Times(assigned, first(firstReply, at), resolved, heldSince, held, heard);
                case ConversationEvent.HoldStarted _ -> new Times(assigned, firstReply, resolved, at, held, heard);
                case ConversationEvent.HoldEnded _, ConversationEvent.WrapUpStarted _ ->
                    resumed(at, assigned, resolved);
                case ConversationEvent.Resolved _, ConversationEvent.Abandoned _ -> resumed(at, assigned, at);
                case ConversationEvent.Reopened _ -> resumed(at, assigned, Instant.EPOCH);
                case ConversationEvent.QueueEntered _ -> resumed(at, assigned, resolved);
                case ConversationEvent.Offered _,
                        ConversationEvent.Escalated _,
                        ConversationEvent.QueueLeft _,
                        ConversationEvent.TransferRequested _,
                        ConversationEvent.TransferCompleted _,
                        ConversationEvent.Opened _,
                        ConversationEvent.Reported _,
                        ConversationEvent.Released _,
                        ConversationEvent.NoteAdded _,
                        ConversationEvent.BotDecided _,
                        ConversationEvent.CustomerLeft _,
                        ConversationEvent.WrapUpCompleted _,
                        ConversationEvent.Rated _,
                        ConversationEvent.ConsentGiven _,
                        ConversationEvent.ConsentWithdrawn _,
                        ConversationEvent.OrderSatisfied _,
                        ConversationEvent.Erased _,
                        ConversationEvent.Recovered _ -> this;
            };
        }

        private static Instant first(Instant known, Instant at) {
            return known.equals(Instant.EPOCH) ? at : known;
        }

        private Times resumed(Instant at, Instant assigned, Instant resolved) {
            var longer = heldSince.equals(Instant.EPOCH) ? held : held.plus(Duration.between(heldSince, at));
            return new Times(assigned, firstReply, resolved, Instant.EPOCH, longer, heard);
        }
    }

    /** How often in an episode: messages, assignments to an agent, and taking up again after a resolution. */
    public record Counts(int received, int sent, int handovers, int reopened) {

        static final Counts NONE = new Counts(0, 0, 0, 0);

        Counts after(ConversationEvent event) {
            return new Counts(
                    received + (event instanceof ConversationEvent.Received ? 1 : 0),
                    sent + (event instanceof ConversationEvent.Sent ? 1 : 0),
                    handovers + (event instanceof ConversationEvent.Assigned ? 1 : 0),
                    reopened + (event instanceof ConversationEvent.Reopened ? 1 : 0));
        }
    }
}
