package switchboard.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static switchboard.conversation.InMemoryNode.NOON;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.apache.pekko.pattern.StatusReply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import switchboard.agent.Agent.Question;
import switchboard.agent.Agent.Standing;
import switchboard.conversation.Conversation.Place;
import switchboard.handling.Status;
import switchboard.log.Entry;
import switchboard.wire.Refusal;

/** The offer of a conversation to one agent: each of its persists with a kill before, between and after. */
class ReservationTest extends ConversationFixture {

    @Test
    void the_agent_is_asked_before_anything_is_written() {
        given("queued");

        proposed(2, "anna");

        assertThat(node.asked).containsExactly("anna " + ID + ".2");
        assertThat(types()).endsWith("reservation.created");
        var view = look().getValue();
        assertThat(view.status()).isEqualTo("reserved");
        assertThat(view.queue()).isEqualTo("billing");
        assertThat(view.offered()).isEqualTo("anna");
        assertThat(view.agent()).isEmpty();
    }

    @Test
    void the_decision_is_on_record_with_the_offer() {
        given("reserved");

        var created = entries().getLast().data(ConversationEvent.ReservationCreated.class);

        assertThat(created.decision().path("plan").asInt()).isEqualTo(7);
        assertThat(created.reservation()).isEqualTo(ID + ".2");
        assertThat(created.deadline()).isEqualTo(NOON.plusSeconds(20).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"new", "bot", "reserved", "assigned", "on_hold", "wrap_up", "resolved", "abandoned"})
    void a_proposal_for_what_does_not_wait_is_void_and_nobody_is_asked(String status) {
        given(status);
        node.asked.clear();

        assertThat(proposed(2, "ben")).isEqualTo(Refusal.VOID.reply());

        assertThat(node.asked).isEmpty();
    }

    @Test
    void a_proposal_of_an_earlier_epoch_is_void() {
        given("rejected");

        assertThat(proposed(2, "anna")).isEqualTo(Refusal.VOID.reply());
        assertThat(proposed(3, "ben").isSuccess()).isTrue();
    }

    @Test
    void the_same_proposal_again_is_answered_and_not_written_again() {
        given("reserved");

        assertThat(proposed(2, "anna").getValue()).isEqualTo(new Place(entries().size()));
        assertThat(types()).containsOnlyOnce("reservation.created");
    }

    @Test
    void what_the_agent_refuses_the_router_is_told_and_it_goes_on_waiting_as_before() {
        given("queued");
        node.holding = refused(Refusal.AGENT_FULL);
        var before = entries().size();

        assertThat(proposed(2, "anna")).isEqualTo(Refusal.AGENT_FULL.reply());

        assertThat(entries()).hasSize(before);
        assertThat(look().getValue().epoch()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UNAVAILABLE", "RESERVATION_OVER"})
    void where_an_agent_may_hold_it_in_vain_the_next_proposal_is_of_another_epoch_and_the_place_is_kept(String why) {
        given("queued");
        node.holding = refused(Refusal.valueOf(why));
        var key = place();

        proposed(2, "anna");

        assertThat(look().getValue().epoch()).isEqualTo(3);
        assertThat(place()).isEqualTo(key);
        assertThat(doubt(2, "anna", Question.STANDS)).isEqualTo(Standing.NOT_YOURS);
    }

    @Test
    void killed_after_the_agent_holds_and_before_it_is_written_the_agent_is_told_that_it_is_not_hers() {
        given("queued");
        node.holding = new CompletableFuture<>();
        var router = actors.<StatusReply<Place>>createTestProbe();
        conversation.runCommand(propose(2, "anna", router.ref()));

        conversation.restart();

        assertThat(doubt(2, "anna", Question.STANDS)).isEqualTo(Standing.NOT_YOURS);
        assertThat(look().getValue().status()).isEqualTo("queued");
        node.holding = done();
        assertThat(proposed(2, "ben").isSuccess()).isTrue();
    }

    @Test
    void while_the_agent_is_being_asked_it_is_not_said_how_it_stands_and_nobody_else_is_asked() {
        given("queued");
        node.holding = new CompletableFuture<>();
        var router = actors.<StatusReply<Place>>createTestProbe();
        conversation.runCommand(propose(2, "anna", router.ref()));

        assertThat(doubt(2, "anna", Question.STANDS)).isEqualTo(Standing.UNKNOWN);
        assertThat(proposed(2, "ben")).isEqualTo(Refusal.VOID.reply());
    }

    @Test
    void what_is_taken_elsewhere_while_the_agent_is_asked_is_not_offered() {
        given("queued");
        var holding = new CompletableFuture<Done>();
        node.holding = holding;
        var router = actors.<StatusReply<Place>>createTestProbe();
        conversation.runCommand(propose(2, "anna", router.ref()));
        ask(r -> command("assign other", r));

        holding.complete(Done.getInstance());

        assertThat(router.receiveMessage(Duration.ofSeconds(30))).isEqualTo(Refusal.VOID.reply());
        assertThat(types()).doesNotContain("reservation.created");
        assertThat(doubt(2, "anna", Question.STANDS)).isEqualTo(Standing.NOT_YOURS);
    }

    @Test
    void killed_after_the_offer_is_written_it_stands_and_its_time_runs_on() {
        given("reserved");
        owes(NOON.plusSeconds(20));

        conversation.restart();

        assertThat(doubt(2, "anna", Question.STANDS)).isEqualTo(Standing.OFFERED);
        assertThat(look().getValue().status()).isEqualTo("reserved");
        node.now = NOON.plusSeconds(21);
        conversation.restart();
        timesOut();
    }

    @Test
    void an_offer_whose_time_is_over_goes_back_with_its_place_and_the_agent_is_told() {
        given("queued");
        var key = place();
        node.now = NOON.plusSeconds(1);
        proposed(2, "anna");

        conversation.runCommand(new Reservation.Overdue(2));

        assertThat(types()).endsWith("reservation.timed_out");
        assertThat(place()).isEqualTo(key);
        assertThat(look().getValue().epoch()).isEqualTo(3);
        told("anna " + ID + ".2 TIMED_OUT");
    }

    @Test
    void an_earlier_offers_time_ends_no_later_offer() {
        given("rejected");
        proposed(3, "ben");

        conversation.runCommand(new Reservation.Overdue(2));

        assertThat(look().getValue().status()).isEqualTo("reserved");
    }

    @Test
    void accepting_twice_is_answered_as_the_first_time_also_after_a_restart_and_when_it_is_over() {
        given("reserved");
        var first = ask(r -> command("accept", r));

        conversation.restart();
        assertThat(ask(r -> command("accept", r))).isEqualTo(first);
        ask(r -> command("resolve", r));

        assertThat(ask(r -> command("accept", r))).isEqualTo(first);
        assertThat(types()).containsOnlyOnce("reservation.accepted");
    }

    @Test
    void killed_after_the_acceptance_and_before_the_agent_is_told_she_is_told_when_it_is_woken() {
        given("reserved");
        node.telling = new CompletableFuture<>();
        ask(r -> command("accept", r));
        assertThat(node.debts).containsKey(PID);
        node.agents.clear();
        node.telling = done();

        conversation.restart();
        conversation.runCommand(new Conversation.Wake());

        told("anna " + ID + ".2 ACCEPTED");
        owesNothing();
    }

    @Test
    void what_an_agent_could_not_be_told_is_owed_and_told_again() {
        given("reserved");
        node.telling = CompletableFuture.failedFuture(new IllegalStateException("cut off"));
        ask(r -> command("reject", r));
        told("anna " + ID + ".2 REJECTED");
        assertThat(node.debts).containsKey(PID);
        node.agents.clear();

        node.telling = done();
        conversation.runCommand(new Reservation.Again());

        told("anna " + ID + ".2 REJECTED");
        owesNothing();
    }

    @Test
    void whoever_it_is_given_to_without_an_offer_counts_it_too_and_whoever_had_it_gives_it_back() {
        given("bot");
        ask(r -> command("assign", r));
        told("anna " + ID + ".2 ACCEPTED");

        ask(r -> command("transfer to ben", r));

        told("anna " + ID + ".2 RELEASED");
        told("ben " + ID + ".3 ACCEPTED");
    }

    @Test
    void wrap_up_keeps_the_hold_and_a_message_brings_it_back_under_the_same_reservation() {
        given("accepted");
        ask(r -> command("left", r));
        told("anna " + ID + ".2 WRAP_UP");
        node.agents.clear();

        ask(r -> command("message", r));

        told("anna " + ID + ".2 ACCEPTED");
        assertThat(doubt(2, "anna", Question.STANDS)).isEqualTo(Standing.ASSIGNED);
    }

    @Test
    void an_agent_who_is_gone_has_her_offer_rescinded_and_is_told_so_also_when_she_asks_again() {
        given("reserved");
        var key = place();

        assertThat(doubt(2, "anna", Question.RESCIND)).isEqualTo(Standing.NOT_YOURS);

        assertThat(types()).endsWith("reservation.rescinded");
        assertThat(place()).isEqualTo(key);
        var before = entries().size();
        assertThat(doubt(2, "anna", Question.RESCIND)).isEqualTo(Standing.NOT_YOURS);
        assertThat(entries()).hasSize(before);
    }

    @Test
    void what_an_agent_who_is_gone_had_queues_again_with_its_original_age() {
        given("reserved");
        var key = place();
        ask(r -> command("accept", r));
        node.now = NOON.plusSeconds(600);

        assertThat(doubt(2, "anna", Question.REQUEUE)).isEqualTo(Standing.NOT_YOURS);

        assertThat(types()).endsWith("agent.released", "queue.entered");
        assertThat(place()).isEqualTo(key);
        assertThat(look().getValue().status()).isEqualTo("queued");
    }

    @Test
    void what_never_waited_begins_to_in_the_default_queue_when_its_agent_is_gone() {
        given("assigned");

        doubt(2, "anna", Question.REQUEUE);

        assertThat(look().getValue().queue()).isEqualTo("general");
    }

    @Test
    void a_wrap_up_whose_agent_is_gone_is_ended() {
        given("wrap_up");

        assertThat(doubt(2, "anna", Question.REQUEUE)).isEqualTo(Standing.NOT_YOURS);

        assertThat(types()).endsWith("wrapup.completed", "conversation.resolved");
    }

    @Test
    void an_offer_that_was_taken_in_time_is_not_rescinded_by_a_question_that_comes_late() {
        given("accepted");

        assertThat(doubt(2, "anna", Question.RESCIND)).isEqualTo(Standing.ASSIGNED);
        assertThat(doubt(2, "ben", Question.REQUEUE)).isEqualTo(Standing.NOT_YOURS);
        assertThat(look().getValue().agent()).isEqualTo("anna");
    }

    @Test
    void a_queue_or_priority_that_the_plan_does_not_have_is_the_default_and_none() {
        given("bot");
        var order = new Conversation.Order("sue", true, "e", -1);

        ask(r -> new Conversation.Escalate(order, "nowhere", List.of(), "soon", "asked", r));

        assertThat(look().getValue().queue()).isEqualTo("general");
        assertThat(entries()
                        .getLast()
                        .data(ConversationEvent.QueueEntered.class)
                        .boost())
                .isEmpty();
    }

    @Test
    void the_next_episode_begins_to_wait_anew() {
        given("abandoned");
        node.now = NOON.plusSeconds(600);
        ask(r -> command("message", r));

        ask(r -> command("escalate", r));

        assertThat(entries()
                        .getLast()
                        .data(ConversationEvent.QueueEntered.class)
                        .entered())
                .isEqualTo(node.now.toString());
    }

    private void timesOut() {
        actors.createTestProbe().awaitAssert(Duration.ofSeconds(30), () -> {
            assertThat(look().getValue().status()).isEqualTo("queued");
            return null;
        });
        assertThat(types()).endsWith("reservation.timed_out");
    }

    private void told(String what) {
        actors.createTestProbe().awaitAssert(Duration.ofSeconds(30), () -> {
            look();
            assertThat(node.agents).contains(what);
            return null;
        });
    }

    private String place() {
        var status = conversation.getState().state().status();
        var line = status instanceof Status.Queued s ? s.line() : ((Status.Reserved) status).line();
        return line.queue() + " " + line.key();
    }

    private List<String> types() {
        return entries().stream().map(Entry::type).toList();
    }

    private static CompletableFuture<Done> done() {
        return CompletableFuture.completedFuture(Done.getInstance());
    }

    private static CompletableFuture<Done> refused(Refusal why) {
        return CompletableFuture.failedFuture(new StatusReply.ErrorMessage(why.name()));
    }
}
