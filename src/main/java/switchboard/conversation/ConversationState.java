package switchboard.conversation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import switchboard.conversation.Replay.Contact;
import switchboard.event.ConversationEvent;
import switchboard.event.ConversationEvent.Erased;
import switchboard.event.ConversationEvent.Opened;
import switchboard.event.ConversationEvent.Recovered;
import switchboard.event.ConversationEvent.Reported;
import switchboard.event.Talk;
import switchboard.handling.Deliveries;
import switchboard.handling.Deliveries.Step;
import switchboard.handling.Handling;
import switchboard.handling.Holds.Stage;
import switchboard.handling.Status;
import switchboard.log.DataKey;
import switchboard.log.Entry;
import switchboard.scribe.Identities;
import switchboard.scribe.Identities.Once;
import switchboard.scribe.KeysInUse;

/**
 * Where a conversation stands: a fold of its entries, never stored. Values replace each other, except for
 * {@code identities} and {@code deliveries}, which grow in place and are shared by all states of one actor.
 *
 * @param at the last entry's
 * @param ring its data keys
 * @param talk what the bot goes by
 */
record ConversationState(
        Handling handling,
        Episode episode,
        int messages,
        Instant at,
        KeysInUse ring,
        Identities identities,
        Deliveries deliveries,
        Talk talk) {

    /**
     * The latest opening.
     *
     * @param sealed thread and customer, as stored with number {@code seq}; empty once erased
     * @param earlier what the episodes before it came to, the first first
     * @param contact what it came to so far; null before the first
     */
    record Episode(
            int number,
            String channel,
            String language,
            String tier,
            String sealed,
            long seq,
            List<Contact> earlier,
            @Nullable Contact contact) {
        static final Episode NONE = new Episode(0, "", "", "", "", 0, List.of(), null);

        Episode {
            earlier = List.copyOf(earlier);
        }

        /** What all of them came to, the first first. */
        List<Contact> contacts() {
            return Stream.concat(earlier.stream(), Stream.ofNullable(contact)).toList();
        }

        Instant openedAt() {
            return contact == null ? Instant.EPOCH : contact.openedAt();
        }

        /** When the customer last wrote. */
        Instant heard() {
            return contact == null ? Instant.EPOCH : contact.times().heard();
        }

        Episode next(Entry entry, Opened e, String sealed) {
            return new Episode(
                    entry.episode(),
                    e.channel(),
                    e.language(),
                    e.tier(),
                    sealed,
                    entry.seq(),
                    contacts(),
                    Contact.opened(entry, e));
        }

        /** One entry later; what it costs does not grow with the number of episodes. */
        Episode counting(Entry entry, ConversationEvent event, String status) {
            return contact == null
                    ? this
                    : new Episode(
                            number, channel, language, tier, sealed, seq, earlier, contact.after(entry, event, status));
        }

        Episode without(List<String> keys) {
            var gone = !sealed.isEmpty() && keys.contains(DataKey.idOf(sealed));
            return gone ? new Episode(number, channel, language, tier, "", seq, earlier, contact) : this;
        }
    }

    /** What any entry may carry beside its event. */
    record Common(String once, String sealed, KeysInUse.@Nullable Note key) {}

    /** Before the first message. A new one for each actor, since parts change in place. */
    static ConversationState empty() {
        return before(new Identities(), Talk.NONE);
    }

    /** The same where no bot is asked. */
    static ConversationState unheard() {
        return before(new Identities(), Talk.UNHEARD);
    }

    /** The same for one who only looks: no identity is remembered, whatever a log's length. */
    static ConversationState looking() {
        return before(Identities.forgotten(), Talk.UNHEARD);
    }

    private static ConversationState before(Identities identities, Talk talk) {
        return new ConversationState(
                Handling.NEW, Episode.NONE, 0, Instant.EPOCH, KeysInUse.NONE, identities, new Deliveries(), talk);
    }

    /** A gateway that has not accepted a message for so long will not. */
    static final Duration PATIENCE = Duration.ofHours(24);

    /** To try entries on that may never be written: identities of its own. Reports are merged, so those may come twice. */
    ConversationState trying() {
        return new ConversationState(handling, episode, messages, at, ring, new Identities(), deliveries, talk);
    }

    /** When something is to be done without anybody asking; empty when nothing is owed. */
    Optional<Instant> due() {
        if (!ring.erased().isEmpty() || deliveries.unreported(1).length > 0) {
            return Optional.of(Instant.EPOCH);
        }
        var message = deliveries.waitingSince().map(s -> s.plus(PATIENCE)).stream();
        return Stream.concat(handling.deadline().stream(), message).min(Instant::compareTo);
    }

    ConversationState apply(Entry entry) {
        if (entry.type().equals(Entry.UNREADABLE)) {
            return this;
        }
        var common = entry.data(Common.class);
        if (!common.once().isEmpty()) {
            identities.add(Once.parse(common.once()), entry.seq());
        }
        var event = ConversationEvent.of(entry);
        var next = happened(event, entry, common).stamped(entry, common);
        return next.in(next.episode.counting(entry, event, next.status().word()));
    }

    private ConversationState happened(ConversationEvent event, Entry entry, Common common) {
        return switch (event) {
            case Opened e ->
                with(handling.opened())
                        .in(episode.next(entry, e, common.sealed()))
                        .talking(talk.opened());
            case ConversationEvent.Received _ -> heard(entry);
            case ConversationEvent.Sent e -> goesOut(entry, entry.seq()).talking(talk.sent(e.author()));
            case ConversationEvent.BotDecided e -> talking(talk.decided(entry, e));
            case Reported e -> reported(e);
            case ConversationEvent.Handed e -> with(handed(e, entry)).spokenFor();
            case Erased e -> erased(e, entry);
            case Recovered e -> recovered(e, entry);
            case ConversationEvent.Escalated _,
                    ConversationEvent.QueueLeft _,
                    ConversationEvent.TransferRequested _,
                    ConversationEvent.TransferCompleted _,
                    ConversationEvent.OrderSatisfied _,
                    ConversationEvent.NoteAdded _,
                    ConversationEvent.CustomerLeft _,
                    ConversationEvent.WrapUpCompleted _,
                    ConversationEvent.Rated _,
                    ConversationEvent.ConsentGiven _,
                    ConversationEvent.ConsentWithdrawn _ -> this;
        };
    }

    private Handling handed(ConversationEvent.Handed event, Entry entry) {
        var seq = entry.seq();
        return switch (event) {
            case ConversationEvent.Reopened _ -> handling.opened();
            case ConversationEvent.QueueEntered e -> handling.queued(e.line(entry.at()), e.epoch());
            case ConversationEvent.ReservationCreated e ->
                handling.offered(e.agent(), Instant.parse(e.deadline()), e.pool(), e.units(), seq);
            case ConversationEvent.ReservationAccepted _ -> handling.accepted(seq);
            case ConversationEvent.ReservationRejected e ->
                handling.returned(Stage.REJECTED, e.epoch(), seq, entry.at());
            case ConversationEvent.ReservationTimedOut e ->
                handling.returned(Stage.TIMED_OUT, e.epoch(), seq, entry.at());
            case ConversationEvent.ReservationRescinded e ->
                handling.returned(Stage.RESCINDED, e.epoch(), seq, entry.at());
            case ConversationEvent.Assigned e -> handling.assigned(e.agent(), e.epoch(), seq);
            case ConversationEvent.Released _ -> handling.released(seq);
            case ConversationEvent.HoldStarted _ -> handling.held(true);
            case ConversationEvent.HoldEnded _ -> handling.held(false);
            case ConversationEvent.WrapUpStarted e -> handling.wrappingUp(e.code(), e.limit(), seq);
            case ConversationEvent.Resolved _ -> handling.ended(entry.at(), false, seq);
            case ConversationEvent.Abandoned _ -> handling.ended(entry.at(), true, seq);
        };
    }

    Status status() {
        return handling.status();
    }

    /** Counts the hand-overs. */
    int epoch() {
        return handling.epoch();
    }

    /** Whether it has waited for an agent in this episode, or may have in an earlier one. */
    boolean everWaited() {
        return handling.line().isPresent() || episode.number() > 1;
    }

    /** The agent who had it last, in this episode or an earlier one; empty when nobody ever had. */
    String lastAgent() {
        return episode.contacts().reversed().stream()
                .flatMap(contact -> contact.agents().reversed().stream())
                .findFirst()
                .orElse("");
    }

    /** The agent who has it; empty when none has. */
    String agent() {
        return status().owner();
    }

    /** To whom it goes is sealed in the opening: once that is erased, nobody can deliver it. */
    private ConversationState goesOut(Entry entry, long said) {
        deliveries.sent(entry.seq(), episode.sealed().isEmpty() ? 0 : said, entry.at());
        return oneMore();
    }

    private ConversationState reported(Reported report) {
        deliveries.reached(
                report.of(),
                switch (report) {
                    case ConversationEvent.Accepted _ -> Step.ACCEPTED;
                    case ConversationEvent.Delivered _ -> Step.DELIVERED;
                    case ConversationEvent.Read _ -> Step.READ;
                    case ConversationEvent.Failed _ -> Step.FAILED;
                });
        return this;
    }

    /** What was said counts; who has the word is not decided by an entry that did not stand. */
    private ConversationState recovered(Recovered event, Entry entry) {
        return switch (event.type()) {
            case "message.sent" -> goesOut(entry, event.of());
            case "message.received" -> heard(entry);
            case "message.accepted" -> reported(event, Step.ACCEPTED);
            case "message.delivered" -> reported(event, Step.DELIVERED);
            case "message.read" -> reported(event, Step.READ);
            case "message.failed" -> reported(event, Step.FAILED);
            default -> this; // of what else may be appended again (Book.SAID) it only counts that it is there
        };
    }

    private ConversationState reported(Recovered event, Step step) {
        deliveries.reached(event.original().path("of").asLong(), step);
        return this;
    }

    private ConversationState erased(Erased event, Entry entry) {
        deliveries.erased(entry.seq());
        return in(episode.without(event.keys()))
                .having(ring.erased(event.keys()))
                .talking(talk.over());
    }

    /** These are deleted from the vault. Not an entry: a repeated deletion is harmless. */
    ConversationState forgotten(List<String> deleted) {
        return having(ring.forgotten(deleted));
    }

    /** Something that does not stand was sealed with this key too. */
    ConversationState using(String id) {
        return having(ring.using(id));
    }

    /** The id of the data key in use; empty when the next one must be a new one. */
    String key() {
        return ring.current();
    }

    /** The ids of all data keys that are not erased. */
    List<String> keys() {
        return ring.all();
    }

    /** The ids of those that are to be deleted from the vault. */
    List<String> erased() {
        return ring.erased();
    }

    private ConversationState having(KeysInUse keys) {
        return new ConversationState(handling, episode, messages, at, keys, identities, deliveries, talk);
    }

    private ConversationState stamped(Entry entry, Common common) {
        return new ConversationState(
                handling, episode, messages, entry.at(), ring.noted(common.key()), identities, deliveries, talk);
    }

    private ConversationState with(Handling next) {
        return new ConversationState(next, episode, messages, at, ring, identities, deliveries, talk);
    }

    private ConversationState in(Episode next) {
        return new ConversationState(handling, next, messages, at, ring, identities, deliveries, talk);
    }

    /** Whoever has the word answers. */
    private ConversationState heard(Entry entry) {
        return status() instanceof Status.WithBot ? oneMore().talking(talk.heard(entry)) : oneMore();
    }

    private ConversationState spokenFor() {
        return talking(talk.over());
    }

    private ConversationState talking(Talk next) {
        return new ConversationState(handling, episode, messages, at, ring, identities, deliveries, next);
    }

    private ConversationState oneMore() {
        return new ConversationState(handling, episode, messages + 1, at, ring, identities, deliveries, talk);
    }
}
