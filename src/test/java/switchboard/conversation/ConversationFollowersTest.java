package switchboard.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static switchboard.event.Topic.DELIVERY;
import static switchboard.event.Topic.STANDING;
import static switchboard.event.Topic.WAITING;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.pattern.StatusReply;
import org.junit.jupiter.api.Test;
import switchboard.conversation.Conversation.Facts;
import switchboard.conversation.Conversation.Following;
import switchboard.conversation.Conversation.Order;
import switchboard.event.Topic;
import switchboard.log.Entry;
import switchboard.scribe.Told;
import switchboard.wire.Personal;

class ConversationFollowersTest extends ConversationFixture {

    @Test
    void followers_are_told_after_a_milestone_and_the_debt_goes_when_they_have_it() {
        given("bot");

        assertThat(told(STANDING)).extracting(Facts::seq, Facts::status).containsExactly(tuple(1L, "bot"));
        owesNothing();
    }

    @Test
    void a_message_alone_is_no_milestone() {
        given("bot");

        receive("m2", "And?");

        assertThat(told(STANDING)).hasSize(1);
        owesNothing();
    }

    @Test
    void an_acknowledgement_waits_for_the_row_that_brings_back_what_followers_were_not_told() {
        node.following = new CompletableFuture<>();

        given("bot");

        owes(InMemoryNode.NOON.plus(Debts.SOON));
    }

    @Test
    void what_a_follower_could_not_take_is_told_again_at_the_wake() {
        node.following = CompletableFuture.failedFuture(new IllegalStateException("away"));
        given("bot");
        node.following = CompletableFuture.completedFuture(Done.getInstance());
        node.now = node.now.plus(Debts.SOON);

        conversation.runCommand(new Conversation.Wake());

        assertThat(told(STANDING)).hasSize(2);
        owesNothing();
    }

    @Test
    void killed_between_the_write_and_the_telling_the_wake_tells_it() {
        node.following = new CompletableFuture<>();
        given("assigned");
        conversation.restart();
        node.told.clear();
        node.following = CompletableFuture.completedFuture(Done.getInstance());

        conversation.runCommand(new Conversation.Wake());

        assertThat(told(STANDING)).extracting(Facts::status, Facts::agent).containsExactly(tuple("assigned", "anna"));
        assertThat(told(DELIVERY)).extracting(Facts::waiting).containsExactly(4L);
    }

    @Test
    void killed_between_the_telling_and_the_settling_the_wake_settles() {
        given("bot");
        node.debts.put(PID, InMemoryNode.NOON);
        conversation.restart();

        conversation.runCommand(new Conversation.Wake());

        owesNothing();
    }

    @Test
    void what_changes_while_a_follower_is_being_told_is_told_once_more_as_it_is_then() {
        var slow = new CompletableFuture<Done>();
        node.following = slow;
        given("bot");
        ask(r -> new Conversation.Assign(new Order("sue", true, "a", -1), "anna", true, r));
        ask(r -> new Conversation.Hold(order("anna"), r));
        node.following = CompletableFuture.completedFuture(Done.getInstance());

        slow.complete(Done.getInstance());
        look();

        assertThat(told(STANDING)).extracting(Facts::status).containsExactly("bot", "on_hold");
        owesNothing();
    }

    @Test
    void after_a_recovery_the_first_write_tells_again_and_a_reader_does_not() {
        given("bot");
        conversation.restart();
        node.told.clear();

        look();
        assertThat(node.told).isEmpty();
        receive("m2", "And?");

        assertThat(told(STANDING)).extracting(Facts::seq).containsExactly(1L);
    }

    @Test
    void killed_before_the_router_was_told_that_it_waits_whoever_comes_next_makes_it_known_at_once() {
        node.following = new CompletableFuture<>();
        given("queued");
        node.told.clear();
        node.following = CompletableFuture.completedFuture(Done.getInstance());
        conversation.restart();

        look();

        assertThat(told(WAITING)).extracting(Facts::status).containsExactly("queued");
    }

    @Test
    void facts_told_after_a_recovery_are_those_of_the_milestone() {
        given("assigned");
        receive("m2", "And?");
        var live = told(STANDING).getLast();
        conversation.restart();
        node.told.clear();

        conversation.runCommand(new Conversation.Wake());

        assertThat(told(STANDING)).containsExactly(live);
        assertThat(replayed().facts(STANDING)).isEqualTo(live);
    }

    @Test
    void the_message_that_waits_is_told_when_it_changes_and_only_then() {
        given("assigned");
        ask(r -> new Conversation.Send(order("anna"), new Personal("Two"), r));
        receipt("message.accepted", 4);
        receipt("message.delivered", 4);
        receipt("message.accepted", 5);

        assertThat(told(DELIVERY)).extracting(Facts::waiting).containsExactly(4L, 5L, 0L);
        owesNothing();
    }

    @Test
    void killed_between_an_acceptance_and_the_release_of_the_next_message_it_is_woken_soon() {
        given("assigned");
        ask(r -> new Conversation.Send(order("anna"), new Personal("Two"), r));
        node.now = node.now.plus(Debts.SOON);
        conversation.runCommand(new Conversation.Wake());
        node.following = new CompletableFuture<>();

        receipt("message.accepted", 4);

        owes(node.now.plus(Debts.SOON));
    }

    @Test
    void a_reader_is_told_what_comes_after_the_head_that_it_was_given() {
        given("bot");
        var reader = actors.<Told>createTestProbe();

        var following = follow(reader);
        receive("m2", "And?");
        receive("m3", "Hello?");

        assertThat(following.getValue().view().seq()).isEqualTo(2);
        assertThat(List.of(seq(reader), seq(reader))).containsExactly(3L, 4L);
    }

    @Test
    void a_reader_that_follows_again_is_told_once() {
        given("bot");
        var reader = actors.<Told>createTestProbe();
        follow(reader);
        follow(reader);

        receive("m2", "And?");

        assertThat(seq(reader)).isEqualTo(3);
        reader.expectNoMessage();
    }

    @Test
    void entries_of_one_write_are_told_together() {
        given("wrap_up");
        var reader = actors.<Told>createTestProbe();
        follow(reader);

        receive("m2", "And?");

        assertThat(reader.receiveMessage().entries())
                .extracting(bytes -> Entry.of(bytes).type())
                .containsExactly("message.received", "agent.assigned");
    }

    @Test
    void nobody_follows_what_does_not_exist_and_no_actor_stays_for_it() {
        var reply = follow(actors.createTestProbe());

        assertThat(reply.getError().getMessage()).isEqualTo("NOT_FOUND");
        shard.receiveMessage();
    }

    @Test
    void a_reader_that_has_ended_keeps_nobody_from_writing() {
        given("bot");
        var reader = actors.<Told>createTestProbe();
        follow(reader);
        reader.stop();

        receive("m2", "And?");

        assertThat(receive("m3", "Hello?").isSuccess()).isTrue();
    }

    private StatusReply<Following> follow(TestProbe<Told> reader) {
        return conversation
                .<StatusReply<Following>>runCommand(r -> new Conversation.Follow(reader.ref(), r))
                .reply();
    }

    private static long seq(TestProbe<Told> reader) {
        return Entry.of(reader.receiveMessage().entries().getFirst()).seq();
    }

    private Replay replayed() {
        var replay = new Replay("local", ID);
        entries().forEach(replay::add);
        return replay;
    }

    private List<Facts> told(Topic topic) {
        told();
        return node.told.getOrDefault(topic, List.of());
    }

    private static org.assertj.core.groups.Tuple tuple(Object... values) {
        return new org.assertj.core.groups.Tuple(values);
    }
}
