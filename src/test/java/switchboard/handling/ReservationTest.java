package switchboard.handling;

import static org.assertj.core.api.Assertions.assertThat;
import static switchboard.conversation.InMemoryNode.NOON;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.junit.jupiter.api.Test;
import switchboard.agent.Agent.Question;
import switchboard.agent.Agent.Standing;
import switchboard.conversation.Conversation;
import switchboard.conversation.ConversationFixture;

/** What an agent has taken or was given, and who is told of it: each of its persists with a kill before, between and after. */
class ReservationTest extends ConversationFixture {

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
        node.telling = CompletableFuture.completedFuture(Done.getInstance());

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

        node.telling = CompletableFuture.completedFuture(Done.getInstance());
        again();

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
        assertThat(entries().getLast().data(JsonNode.class).path("boost").asText())
                .isEmpty();
    }

    @Test
    void the_next_episode_begins_to_wait_anew() {
        given("abandoned");
        node.now = NOON.plusSeconds(600);
        ask(r -> command("message", r));

        ask(r -> command("escalate", r));

        assertThat(entries().getLast().data(JsonNode.class).path("entered").asText())
                .isEqualTo(node.now.toString());
    }
}
