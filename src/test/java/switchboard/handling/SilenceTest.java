package switchboard.handling;

import static org.assertj.core.api.Assertions.assertThat;
import static switchboard.conversation.InMemoryNode.NOON;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import switchboard.conversation.Conversation;
import switchboard.conversation.ConversationFixture;
import switchboard.conversation.InMemoryNode;
import switchboard.log.Entry;
import switchboard.plan.Channel;
import switchboard.plan.Plan;

/** Who waits on a channel that does not say when its customers leave has left once he was silent for as long as the plan says. */
class SilenceTest extends ConversationFixture {

    private static final Duration SILENCE = Duration.ofMinutes(10);

    @BeforeEach
    void a_plan_with_a_silence() {
        node.rules = rules(SILENCE);
    }

    @Test
    void who_is_silent_for_so_long_has_left_with_nobody_asking() {
        given("queued");
        later(Duration.ofMinutes(1));
        owes(NOON.plus(SILENCE));

        assertThat(later(SILENCE)).containsExactly("queue.left", "conversation.abandoned");

        assertThat(look().getValue().status()).isEqualTo("abandoned");
        assertThat(entries().getLast().data(JsonNode.class).path("by").asText()).isEqualTo("system");
        owesNothing();
    }

    @Test
    void killed_before_that_is_written_the_next_wake_writes_it_once() {
        given("queued");
        node.now = NOON.plus(SILENCE);
        conversation.restart();
        assertThat(node.debts).containsKey(PID);

        assertThat(later(SILENCE)).containsExactly("queue.left", "conversation.abandoned");
        conversation.restart();
        assertThat(later(SILENCE.plusMinutes(1))).isEmpty();
    }

    @Test
    void one_millisecond_before_he_waits_still() {
        given("queued");

        assertThat(later(SILENCE.minusMillis(1))).isEmpty();
        assertThat(look().getValue().status()).isEqualTo("queued");
    }

    @Test
    void what_he_writes_while_he_waits_begins_the_silence_anew() {
        given("queued");
        node.now = NOON.plus(Duration.ofMinutes(9));
        ask(r -> command("message", r));

        assertThat(later(SILENCE)).isEmpty();
        owes(NOON.plusSeconds(9 * 60).plus(SILENCE));
        assertThat(later(SILENCE.plusMinutes(9))).endsWith("conversation.abandoned");
    }

    @Test
    void who_is_offered_an_agent_or_has_one_is_waited_for() {
        given("reserved");
        assertThat(later(SILENCE.plusHours(1))).isEmpty();

        ask(r -> command("assign", r));
        assertThat(later(SILENCE.plusHours(2))).isEmpty();
    }

    @Test
    void who_comes_back_into_a_queue_is_not_blamed_for_what_he_waited_for_before() {
        given("queued");
        ask(r -> command("assign", r));
        node.now = NOON.plus(Duration.ofHours(1));
        ask(r -> new Conversation.Transfer(order("anna"), "", "general", true, r));

        assertThat(later(Duration.ofHours(1).plus(SILENCE).minusMillis(1))).isEmpty();
        assertThat(later(Duration.ofHours(1).plus(SILENCE))).endsWith("conversation.abandoned");
    }

    @Test
    void without_a_silence_in_the_plan_he_may_wait_for_ever() {
        node.rules = rules(Duration.ZERO);
        given("queued");

        assertThat(later(Duration.ofDays(365))).isEmpty();
        owesNothing();
    }

    /** Woken so long after noon. */
    private List<String> later(Duration afterNoon) {
        node.now = NOON.plus(afterNoon);
        return conversation.runCommand(new Conversation.Wake()).events().stream()
                .map(Entry::type)
                .toList();
    }

    /** The local plan with that silence on every channel. */
    private static Rules rules(Duration silence) {
        var plan = InMemoryNode.RULES.plan();
        var others = new Channel(plan.otherChannels().cost(), silence);
        return new Rules(8, new Plan(plan.defaultQueue(), new TreeMap<>(), others, plan.priorities(), plan.queues()));
    }
}
