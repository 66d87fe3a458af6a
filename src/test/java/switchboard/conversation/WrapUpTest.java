package switchboard.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static switchboard.conversation.InMemoryNode.NOON;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import switchboard.agent.Agent.Question;
import switchboard.agent.Agent.Standing;
import switchboard.conversation.Conversation.Order;
import switchboard.conversation.Conversation.Place;
import switchboard.event.ConversationEvent;
import switchboard.handling.Rules;
import switchboard.log.Entry;
import switchboard.plan.Plan;
import switchboard.plan.Queue;
import switchboard.wire.Refusal;

/** What an agent has left to do once the customer is served: for as long as the plan allows, and no longer. */
class WrapUpTest extends ConversationFixture {

    private static final Instant LIMIT = NOON.plus(Duration.ofMinutes(2));

    @Test
    void what_waited_is_wrapped_up_by_its_owner_for_as_long_as_its_queue_allows() {
        given("wrapping_up");

        var started = entries().getLast().data(ConversationEvent.WrapUpStarted.class);

        assertThat(started).isEqualTo(new ConversationEvent.WrapUpStarted("anna", "done", LIMIT.toString()));
        assertThat(look().getValue().agent()).isEqualTo("anna");
        owesItsEnd();
    }

    @Test
    void what_waited_in_a_queue_without_a_wrap_up_is_resolved_at_once() {
        given("bot");
        ask(r -> new Conversation.Escalate(order("sue"), "urgent", List.of(), "", "asked", r));
        proposed(2, "anna");
        ask(r -> command("accept", r));

        ask(r -> command("resolve", r));

        assertThat(types()).endsWith("agent.assigned", "conversation.resolved");
    }

    @Test
    void what_a_supervisor_took_out_of_its_queue_is_wrapped_up_too() {
        given("queued");
        ask(r -> command("assign", r));

        ask(r -> command("resolve", r));

        assertThat(look().getValue().status()).isEqualTo("wrap_up");
    }

    @Test
    void where_the_customer_left_the_same_limit_holds() {
        given("accepted");

        ask(r -> command("left", r));

        assertThat(entries().getLast().data(ConversationEvent.WrapUpStarted.class))
                .isEqualTo(new ConversationEvent.WrapUpStarted("customer", "", LIMIT.toString()));
        owesItsEnd();
    }

    @Test
    void where_the_customer_left_what_never_waited_its_owner_has_all_the_time() {
        given("wrap_up");

        assertThat(entries()
                        .getLast()
                        .data(ConversationEvent.WrapUpStarted.class)
                        .until())
                .isEmpty();
        conversation.runCommand(new Reservation.Overdue(1));

        assertThat(look().getValue().status()).isEqualTo("wrap_up");
    }

    @Test
    void whoever_is_done_says_what_it_came_to() {
        given("wrapping_up");

        ask(r -> command("wrap-up", r));

        assertThat(completed()).isEqualTo(new ConversationEvent.WrapUpCompleted("anna", "refunded"));
        assertThat(resolved()).isEqualTo(new ConversationEvent.Resolved("anna", "refunded"));
        told("anna " + ID + ".2 RELEASED");
        owesNothing();
    }

    @Test
    void once_its_time_is_over_the_system_ends_it_with_the_code_that_its_owner_gave() {
        given("wrapping_up");

        conversation.runCommand(new Reservation.Overdue(3));

        assertThat(completed()).isEqualTo(new ConversationEvent.WrapUpCompleted("system", "timed_out"));
        assertThat(resolved()).isEqualTo(new ConversationEvent.Resolved("system", "done"));
        told("anna " + ID + ".2 RELEASED");
        owesNothing();
    }

    @Test
    void once_its_time_is_over_and_nobody_said_what_it_came_to_the_record_says_so() {
        given("accepted");
        ask(r -> command("left", r));

        conversation.runCommand(new Reservation.Overdue(3));

        assertThat(resolved()).isEqualTo(new ConversationEvent.Resolved("system", "timed_out"));
    }

    @Test
    void a_code_that_comes_after_its_time_is_refused_and_not_lost_silently() {
        given("wrapping_up");
        conversation.runCommand(new Reservation.Overdue(3));
        var before = entries().size();

        assertThat(ask(r -> command("wrap-up", r))).isEqualTo(Refusal.RESOLVED.reply());

        assertThat(entries()).hasSize(before);
    }

    @Test
    void killed_before_it_is_written_it_is_still_the_owners_and_the_repeat_begins_it() {
        given("accepted");
        var resolve = new Conversation.Order("anna", false, "k-resolve", -1);
        conversation.restart();

        var first = ask(r -> new Conversation.Resolve(resolve, "done", r));
        conversation.restart();
        var again = ask(r -> new Conversation.Resolve(resolve, "done", r));

        assertThat(again).isEqualTo(first);
        assertThat(types()).containsOnlyOnce("wrapup.started").doesNotContain("conversation.resolved");
    }

    @Test
    void killed_between_its_beginning_and_its_end_its_time_runs_on() {
        given("wrapping_up");
        conversation.restart();
        assertThat(look().getValue().status()).isEqualTo("wrap_up");
        assertThat(doubt(2, "anna", Question.STANDS)).isEqualTo(Standing.WRAP_UP);

        node.now = LIMIT.plusMillis(1);
        conversation.restart();

        endsByItself();
        assertThat(resolved()).isEqualTo(new ConversationEvent.Resolved("system", "done"));
    }

    @Test
    void killed_while_it_lasts_and_woken_by_its_debt_alone_it_ends() {
        given("wrapping_up");
        owesItsEnd();
        node.now = LIMIT.plusMillis(1);

        conversation.restart();
        conversation.runCommand(new Conversation.Wake());

        endsByItself();
        owesNothing();
    }

    @Test
    void killed_after_its_end_nothing_is_written_again_and_the_agent_is_told() {
        given("wrapping_up");
        conversation.runCommand(new Reservation.Overdue(3));
        var before = entries().size();
        node.agents.clear();
        conversation.restart();

        conversation.runCommand(new Reservation.Overdue(3));
        conversation.runCommand(new Conversation.Wake());

        told("anna " + ID + ".2 RELEASED");
        assertThat(entries()).hasSize(before);
        owesNothing();
    }

    @Test
    void a_message_ends_it_and_an_earlier_time_ends_no_later_one() {
        given("wrapping_up");
        ask(r -> command("message", r));
        assertThat(look().getValue().agent()).isEqualTo("anna");
        conversation.runCommand(new Reservation.Overdue(3));
        assertThat(look().getValue().status()).isEqualTo("assigned");
        node.now = NOON.plusSeconds(90);
        ask(r -> command("resolve", r));

        conversation.runCommand(new Reservation.Overdue(3));

        assertThat(look().getValue().status()).isEqualTo("wrap_up");
        assertThat(entries()
                        .getLast()
                        .data(ConversationEvent.WrapUpStarted.class)
                        .until())
                .isEqualTo(node.now.plus(Duration.ofMinutes(2)).toString());
    }

    @Test
    void what_was_begun_under_one_plan_ends_as_that_one_said() {
        given("wrapping_up");

        node.rules = without();
        conversation.restart();

        owesItsEnd();
        assertThat(look().getValue().status()).isEqualTo("wrap_up");
    }

    @Test
    void a_plan_that_has_no_wrap_up_any_more_is_followed_from_then_on() {
        given("accepted");
        node.rules = without();

        ask(r -> command("resolve", r));

        assertThat(look().getValue().status()).isEqualTo("resolved");
    }

    @Test
    void it_is_ended_once_its_agent_is_gone() {
        given("wrapping_up");

        assertThat(doubt(2, "anna", Question.REQUEUE)).isEqualTo(Standing.NOT_YOURS);

        assertThat(resolved()).isEqualTo(new ConversationEvent.Resolved("system", "agent_lost"));
        owesNothing();
    }

    @Test
    void done_twice_is_answered_as_the_first_time_and_under_another_key_it_is_over() {
        given("wrapping_up");
        var done = new Order("anna", false, "k-done", -1);
        var first = ask(r -> new Conversation.WrapUp(done, "refunded", r));
        conversation.restart();

        assertThat(ask(r -> new Conversation.WrapUp(done, "refunded", r))).isEqualTo(first);
        assertThat(ask(r -> new Conversation.WrapUp(done, "other", r))).isEqualTo(Refusal.KEY_REUSED.reply());
        assertThat(ask(r -> new Conversation.Resolve(done, "refunded", r))).isEqualTo(Refusal.KEY_REUSED.reply());
        assertThat(first.getValue()).isEqualTo(new Place(entries().size()));
    }

    /** The local plan, with no wrap-up in any queue. */
    private static Rules without() {
        var plan = InMemoryNode.RULES.plan();
        var queues = plan.queues().stream()
                .map(q -> new Queue(
                        q.name(),
                        q.skills(),
                        q.steps(),
                        q.overflow(),
                        q.target(),
                        q.offer(),
                        q.coolDown(),
                        Duration.ZERO,
                        q.lastAgent(),
                        q.proficiency()))
                .toList();
        return new Rules(
                8, new Plan(plan.defaultQueue(), plan.channels(), plan.otherChannels(), plan.priorities(), queues));
    }

    /** It is to be woken by then; whoever wakes it earlier moves that on. */
    private void owesItsEnd() {
        assertThat(node.debts.get(PID)).isBeforeOrEqualTo(LIMIT);
        conversation.runCommand(new Conversation.Wake());
        owes(LIMIT);
    }

    private void endsByItself() {
        actors.createTestProbe().awaitAssert(Duration.ofSeconds(30), () -> {
            assertThat(look().getValue().status()).isEqualTo("resolved");
            return null;
        });
        assertThat(types()).endsWith("wrapup.completed", "conversation.resolved");
    }

    private ConversationEvent.WrapUpCompleted completed() {
        return last("wrapup.completed").data(ConversationEvent.WrapUpCompleted.class);
    }

    private ConversationEvent.Resolved resolved() {
        return last("conversation.resolved").data(ConversationEvent.Resolved.class);
    }

    private Entry last(String type) {
        return entries().reversed().stream()
                .filter(e -> e.type().equals(type))
                .findFirst()
                .orElseThrow();
    }
}
