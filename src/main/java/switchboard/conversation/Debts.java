package switchboard.conversation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.conversation.Conversation.Command;
import switchboard.conversation.Conversation.Facts;
import switchboard.conversation.Conversation.Heard;
import switchboard.conversation.Reservation.Confirmed;
import switchboard.event.ConversationEvent;
import switchboard.event.Topic;
import switchboard.handling.Deliveries;
import switchboard.handling.Holds.Hold;
import switchboard.handling.Holds.Stage;
import switchboard.handling.Status;
import switchboard.handling.Waits;
import switchboard.log.Entry;
import switchboard.scribe.DebtRow;
import switchboard.scribe.Untold;

/**
 * What one incarnation owes: messages that no gateway has accepted, an offer's end or a wrap-up's, that of a wait in silence,
 * keys to be deleted, an answer of the bot's, followers and agents that have not confirmed. A new incarnation does not know what they know, and tells them again at its first write or wake;
 * at once where it waits for an agent, whom nobody looks for who was not told.
 */
final class Debts {

    static final Duration SOON = DebtRow.SOON;
    private static final Logger LOG = LoggerFactory.getLogger(Debts.class);

    /** So long after an agent could not be told she is told again. */
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private static final String DEADLINE = "deadline";

    /** To where what comes of telling goes. */
    interface Ears extends Consumer<CompletionStage<? extends Command>> {}

    private final String tenant;
    private final String id;
    private final Conversation.Ports ports;
    private final DebtRow row;
    private final TimerScheduler<Command> timers;
    private final Ears ears;
    private final Untold<Topic> untold = new Untold<>();
    private final Untold<Integer> agents = new Untold<>();
    private long waiting;
    private int timed;
    private Optional<Waits> waits = Optional.empty();
    private Optional<Bot.Latest> asking = Optional.empty();

    /** Of the conversation {@code id}. */
    Debts(String tenant, String id, DebtRow row, TimerScheduler<Command> timers, Conversation.Ports ports, Ears ears) {
        this.tenant = tenant;
        this.id = id;
        this.row = row;
        this.timers = timers;
        this.ports = ports;
        this.ears = ears;
    }

    /** The log is read; what followers and agents know of it is not known. */
    void recovered(Book book, Instant now) {
        waiting = book.state().deliveries().waiting();
        waits = book.state().status().waits();
        if (book.head().seq() > 0) {
            for (var topic : Topic.values()) {
                if (topic != Topic.WAITING || book.state().everWaited()) {
                    untold.add(topic, book.facts(topic).seq());
                }
            }
        }
        changed(book, 0);
        var soon = now.plus(SOON);
        due(book).ifPresent(due -> row.owe(due.isBefore(soon) ? due : soon));
        time(book, now);
        if (waits.isPresent()) {
            tell(book);
        }
        ask(book);
    }

    /** Asks the bot, where the customer waits for it; where it is being asked, it is about what there is now. */
    private void ask(Book book) {
        var question = served() ? Bot.question(tenant, id, book.state()) : Optional.<Bot.Question>empty();
        asking.ifPresentOrElse(it -> it.is(question), () -> question.ifPresent(this::ask));
    }

    private void ask(Bot.Question question) {
        var it = new Bot.Latest(question);
        asking = Optional.of(it);
        ears.accept(ports.bots().ask(it).handle((word, no) -> {
            if (no != null) { // only of what kind: a message could hold what the customer wrote
                LOG.warn("bot: {} was not answered: {}", id, no.getClass().getName());
            }
            return Bot.answered(it, word);
        }));
    }

    private boolean served() {
        return ports.bots().serves(tenant);
    }

    /** The bot's word is here; {@code stands}: it is about to be written. What is left is asked next, or after its pause. */
    void answered(Bot.Answered c, boolean stands, Book book) {
        if (c.word() instanceof Bot.Later later && Bot.owes(book.state())) {
            timers.startSingleTimer("bot", new Bot.Again(), later.pause());
            return;
        }
        asking = Optional.empty();
        if (!stands) {
            ask(book);
        }
    }

    /** The pause is over. */
    void askAgain(Book book) {
        asking = Optional.empty();
        ask(book);
    }

    /**
     * The time of an offer, or of a wrap-up, runs by the monotonic clock from here on; after a restart what is left of it by
     * the wall's. In one epoch there is at most one of them.
     */
    private void time(Book book, Instant now) {
        var deadline = book.state().handling().deadline();
        if (deadline.isEmpty()) {
            timers.cancel(DEADLINE);
            timed = 0;
        } else if (timed != book.state().epoch()) {
            timed = book.state().epoch();
            timers.startSingleTimer(
                    DEADLINE,
                    new Reservation.Overdue(timed),
                    Offers.left(book.state().status(), deadline.orElseThrow(), now));
        }
    }

    /** These entries are about to be written. */
    void before(List<Entry> entries, Book book) {
        if (entries.stream().anyMatch(e -> leadsTo(e.type(), book.state().deliveries()) || toBot(e.type(), book))) {
            row.soon(entries.getFirst().at());
        }
        entries.stream().flatMap(e -> deadline(e).stream()).forEach(row::by);
    }

    /** Whether the bot has to answer it. An episode that begins makes a debt anyway. */
    private boolean toBot(String type, Book book) {
        return type.equals("message.received") && book.state().status() instanceof Status.WithBot && served();
    }

    /** When what begins with that entry ends by itself. */
    private static Optional<Instant> deadline(Entry entry) {
        return switch (entry.type()) {
            case "reservation.created" ->
                Optional.of(Instant.parse(
                        entry.data(ConversationEvent.ReservationCreated.class).deadline()));
            case "wrapup.started" ->
                Optional.of(entry.data(ConversationEvent.WrapUpStarted.class).limit())
                        .filter(Instant.MAX::isAfter);
            default -> Optional.empty(); // a name on disk; nothing else ends by itself
        };
    }

    private static boolean leadsTo(String type, Deliveries deliveries) {
        return Topic.STANDING.concerns(type)
                || type.equals("message.sent")
                || (Topic.DELIVERY.concerns(type) && deliveries.waiting() != 0);
    }

    /** These are confirmed: {@code book} has them. Tells whom they concern. */
    void after(List<Entry> entries, Book book, Instant now) {
        if (entries.stream().anyMatch(e -> Topic.STANDING.concerns(e.type()))) {
            untold.add(Topic.STANDING, book.facts(Topic.STANDING).seq());
        }
        var next = book.state().deliveries().waiting();
        if (next != waiting) {
            waiting = next;
            untold.add(Topic.DELIVERY, book.facts(Topic.DELIVERY).seq());
        }
        var place = book.state().status().waits();
        if (!place.equals(waits)) {
            waits = place;
            untold.add(Topic.WAITING, book.facts(Topic.WAITING).seq());
        }
        changed(book, entries.getFirst().seq());
        tell(book);
        ask(book);
        time(book, now);
    }

    /** What is offered the agent knows: she was asked first. */
    private void changed(Book book, long since) {
        book.state().handling().holds().all().stream()
                .filter(hold -> hold.seq() >= since && hold.stage() != Stage.OFFERED)
                .forEach(hold -> agents.add(hold.epoch(), hold.seq()));
    }

    /** The row has had its effect and may be past. */
    void woken(Book book) {
        row.woken();
        tell(book);
        ask(book);
    }

    /** Tells all who have not confirmed and are not being told. */
    void tell(Book book) {
        untold.next().forEach(topic -> ears.accept(told(topic, book.facts(topic))));
        agents.next()
                .forEach(epoch -> book.state()
                        .handling()
                        .holds()
                        .of(epoch)
                        .ifPresentOrElse(
                                hold -> ears.accept(told(hold, book)),
                                () -> agents.heard(epoch, Long.MAX_VALUE, true)));
    }

    private CompletionStage<Heard> told(Topic topic, Facts facts) {
        return ports.followers().follow(topic, facts).handle((_, no) -> new Heard(topic, facts.seq(), no == null));
    }

    private CompletionStage<Confirmed> told(Hold hold, Book book) {
        var costing =
                ports.rules().apply(tenant).costing(hold, book.state().episode().channel());
        return ports.agents()
                .tell(tenant, Reservation.id(id, hold.epoch()), costing)
                .handle((_, no) -> new Confirmed(hold.epoch(), hold.seq(), no == null));
    }

    /** A follower's answer. What it does not have yet is told when the row wakes us, or with the next change. */
    void heard(Heard c, Book book, Instant now) {
        went(untold.heard(c.topic(), c.seq(), c.well()), c.well(), book, now);
    }

    /** An agent's; likewise. */
    void confirmed(Confirmed c, Book book, Instant now) {
        went(agents.heard(c.epoch(), c.seq(), c.well()), c.well(), book, now);
        if (!c.well()) {
            timers.startSingleTimer("again", new Reservation.Again(), AGAIN);
        }
    }

    private void went(boolean more, boolean well, Book book, Instant now) {
        if (more) {
            tell(book);
        } else if (well) {
            settle(book, now);
        }
    }

    /** Deletes the row once nothing is owed; moves it on when its time has come. */
    void settle(Book book, Instant now) {
        if (untold.isEmpty() && agents.isEmpty()) {
            row.settle(due(book), now);
        }
    }

    private Optional<Instant> due(Book book) {
        var silent = Offers.silent(book.state(), ports.rules().apply(tenant));
        var unanswered = Bot.owes(book.state()) && served()
                ? Stream.of(book.state().talk().turns().getLast().at().plus(SOON))
                : Stream.<Instant>empty();
        return Stream.of(book.state().due().stream(), silent.stream(), unanswered)
                .flatMap(it -> it)
                .min(Instant::compareTo);
    }
}
