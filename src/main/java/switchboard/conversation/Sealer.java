package switchboard.conversation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import switchboard.conversation.Conversation.Ordered;
import switchboard.conversation.Decisions.Decision;
import switchboard.conversation.Decisions.Draft;
import switchboard.event.ConversationEvent;
import switchboard.log.Entry;
import switchboard.log.Head;
import switchboard.log.Json;
import switchboard.scribe.Identities.Once;
import switchboard.scribe.Seal;
import switchboard.scribe.Seal.Readiness;
import switchboard.wire.Inbound;

/** Makes the entries of one incarnation of a conversation: identities, episodes, and when a new key begins. */
final class Sealer {

    private final Seal seal;

    Sealer(String tenant, String pid, Conversation.Ports ports) {
        this.seal = new Seal(tenant, pid, ports.desk());
    }

    Seal seal() {
        return seal;
    }

    /** Of a gateway's event: channel, thread, source and id; then type, subject and data. */
    Once once(Inbound e) {
        var keys = seal.keys();
        var thread = e.thread().canonical().text();
        return Once.of(
                keys.identify("event", e.thread().channel(), thread, e.source().text(), e.id().text()),
                keys.identify("content", e.type(), thread, json(e.content())));
    }

    /** Of a person's order within its conversation. */
    Once once(Ordered command) {
        var keys = seal.keys();
        return Once.of(
                keys.identify("order", command.order().by(), command.order().key()),
                keys.identify("content", Decisions.content(command)));
    }

    /** Of what became of a reservation. */
    Once once(String reservation, String outcome) {
        return Once.of(
                seal.keys().identify("reservation", reservation), seal.keys().identify("outcome", outcome));
    }

    boolean genuine(Entry entry) {
        return seal.genuine(entry);
    }

    /** Looks whether the key that {@code drafts} need is at hand, and takes a new one where an episode begins. */
    Readiness ready(ConversationState state, List<Draft> drafts) {
        return drafts.stream().allMatch(d -> d.secret().isEmpty())
                ? Readiness.READY
                : seal.ready(state.key(), begins(drafts));
    }

    private static boolean begins(List<Draft> drafts) {
        return drafts.stream().anyMatch(d -> d.event() instanceof ConversationEvent.Opened);
    }

    /** The entries of a decision; only after {@link Readiness#READY}. */
    List<Entry> entries(Head head, ConversationState state, Instant at, Decision.Write decision, Once once) {
        var episode = state.episode().number() + (begins(decision.drafts()) ? 1 : 0);
        var drafts = IntStream.range(0, decision.drafts().size())
                .mapToObj(i -> i == decision.first()
                        ? draft(decision.drafts().get(i), once.toString())
                        : draft(decision.drafts().get(i)))
                .toList();
        return seal.entries(head, at, episode, drafts);
    }

    /** The entries of drafts that hold nothing personal and have no identity but a reservation's. */
    List<Entry> plain(Book book, Instant at, List<Draft> drafts) {
        return following(book, at, drafts.stream().map(this::draft).toList());
    }

    private Seal.Draft draft(Draft draft) {
        return draft(
                draft,
                draft.event() instanceof ConversationEvent.Offered e
                        ? Offers.outcome(e)
                                .map(outcome -> once(e.reservation(), outcome).toString())
                                .orElse("")
                        : "");
    }

    /** Entries that did not stand, appended again under their identities; what is sealed in them stays as it was. */
    List<Entry> again(Book book, Instant at, List<Entry> missing) {
        return following(
                book,
                at,
                missing.stream()
                        .map(stray -> draft(
                                recovered(stray),
                                stray.data(ConversationState.Common.class).once()))
                        .toList());
    }

    private List<Entry> following(Book book, Instant at, List<Seal.Draft> drafts) {
        return seal.entries(book.head(), at, book.state().episode().number(), drafts);
    }

    private static Seal.Draft draft(Draft draft, String once) {
        return new Seal.Draft(ConversationEvent.type(draft.event()), once, draft.event(), draft.secret());
    }

    private static Draft recovered(Entry stray) {
        return Draft.plain(new ConversationEvent.Recovered(
                stray.seq(), stray.hash().toString(), stray.type(), stray.at().toString(), stray.data(JsonNode.class)));
    }

    private static String json(Object value) {
        try {
            return Json.MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("records and texts always have a JSON form", e);
        }
    }
}
