package switchboard.handling;

import static org.assertj.core.api.Assertions.assertThat;
import static switchboard.conversation.InMemoryNode.NOON;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.apache.pekko.pattern.StatusReply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import switchboard.agent.Agent.Question;
import switchboard.agent.Agent.Standing;
import switchboard.conversation.Conversation.Place;
import switchboard.conversation.ConversationFixture;
import switchboard.wire.Refusal;

/** The offer of a conversation to one agent: asked, written and ended by time, with a kill before, between and after. */
class OfferTest extends ConversationFixture {

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

        var created = entries().getLast().data(JsonNode.class);

        assertThat(created.path("decision").path("plan").asInt()).isEqualTo(7);
        assertThat(created.path("reservation").asText()).isEqualTo(ID + ".2");
        assertThat(created.path("deadline").asText())
                .isEqualTo(NOON.plusSeconds(20).toString());
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
        node.holding = CompletableFuture.completedFuture(Done.getInstance());
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

        overdue(2);

        assertThat(types()).endsWith("reservation.timed_out");
        assertThat(place()).isEqualTo(key);
        assertThat(look().getValue().epoch()).isEqualTo(3);
        told("anna " + ID + ".2 TIMED_OUT");
    }

    @Test
    void an_earlier_offers_time_ends_no_later_offer() {
        given("rejected");
        proposed(3, "ben");

        overdue(2);

        assertThat(look().getValue().status()).isEqualTo("reserved");
    }

    private void timesOut() {
        actors.createTestProbe().awaitAssert(Duration.ofSeconds(30), () -> {
            assertThat(look().getValue().status()).isEqualTo("queued");
            return null;
        });
        assertThat(types()).endsWith("reservation.timed_out");
    }

    private static CompletableFuture<Done> refused(Refusal why) {
        return CompletableFuture.failedFuture(new StatusReply.ErrorMessage(why.name()));
    }
}
