package switchboard.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import switchboard.conversation.Conversation.View;
import switchboard.conversation.Replay.Contact;
import switchboard.conversation.Replay.Counts;
import switchboard.event.ConversationEvent;
import switchboard.event.Topic;

class ReplayTest extends ConversationFixture {

    @ParameterizedTest
    @ValueSource(strings = {"bot", "assigned", "on_hold", "wrap_up", "resolved", "closed"})
    void a_log_replayed_is_where_its_actor_stands(String status) {
        given(status);

        assertThat(replayed().view(node.now, InMemoryNode.WINDOW)).isEqualTo(look().getValue());
    }

    @Test
    void each_number_shows_what_was_seen_then() {
        given("resolved");
        var replay = new Replay("local", ID);

        var seen = entries().stream()
                .map(e -> replay.add(e).view(e.at(), InMemoryNode.WINDOW))
                .toList();

        assertThat(seen).extracting(View::status).containsSubsequence("bot", "assigned", "resolved");
        assertThat(seen).extracting(View::seq).first().isEqualTo(1L);
        assertThat(seen.getLast()).isEqualTo(look().getValue());
    }

    @Test
    void followers_were_told_what_the_log_tells_as_of_the_latest_milestone() {
        given("assigned");
        receive("m8", "Are you there?");

        assertThat(standing()).isEqualTo(conversation.getState().facts(Topic.STANDING));
        assertThat(standing().seq()).isLessThan(head().seq());
    }

    @Test
    void an_episode_counts_what_was_said_and_who_had_it() {
        given("assigned");
        receive("m8", "Are you there?");
        ask(r -> new Conversation.Assign(new Conversation.Order("sue", true, "b", -1), "ben", true, r));
        ask(r -> command("send as other", r));
        ask(r -> command("rating", r));
        ask(r -> command("resolve as other", r));

        var contact = contact();

        assertThat(contact.agents()).containsExactly("anna", "ben");
        assertThat(contact.counts()).isEqualTo(new Counts(2, 2, 2, 0));
        assertThat(contact.code()).isEqualTo("done");
        assertThat(contact.score()).isEqualTo(4);
        assertThat(contact.status()).isEqualTo("resolved");
        assertThat(contact.seq()).isEqualTo(head().seq());
    }

    @Test
    void time_on_hold_is_added_up_and_ends_with_a_hand_over() {
        given("on_hold");
        later(Duration.ofSeconds(3));
        ask(r -> command("resume", r));
        later(Duration.ofSeconds(10));
        ask(r -> command("hold", r));
        later(Duration.ofSeconds(4));
        ask(r -> command("assign other as supervisor", r));

        assertThat(contact().times().held()).isEqualTo(Duration.ofSeconds(7));
        assertThat(contact().times().heldSince()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void what_is_taken_up_again_is_not_resolved() {
        given("resolved");
        later(Duration.ofMinutes(1));
        receive("m8", "One more thing");

        assertThat(contact().counts().reopened()).isEqualTo(1);
        assertThat(contact().times().resolved()).isEqualTo(Instant.EPOCH);
        assertThat(contact().code()).isEmpty();
        assertThat(contact().status()).isEqualTo("bot");
    }

    @Test
    void an_episode_stays_as_it_was_once_the_next_has_begun() {
        given("resolved");
        var first = contact();
        var end = head().seq();
        later(InMemoryNode.WINDOW.plusMillis(1));
        receive("m8", "Hello again");

        var contacts = standing().contacts();

        assertThat(contacts).extracting(Contact::number).containsExactly(1, 2);
        assertThat(contacts.getFirst()).isEqualTo(first);
        assertThat(contacts.getFirst().seq()).isEqualTo(end);
        assertThat(contacts.getLast().counts()).isEqualTo(Counts.NONE);
    }

    @Test
    void an_erased_opening_is_in_no_fact() {
        given("resolved");
        ask(r -> new Conversation.Erase(new Conversation.Order("sue", true, "e", -1), r));

        assertThat(standing().opening()).isEmpty();
        assertThat(standing().seq()).isEqualTo(numberOf("content.erased"));
    }

    @Test
    void a_rating_that_had_to_be_appended_again_counts() {
        given("bot");
        var original = JsonNodeFactory.instance.objectNode().put("score", 5);
        var stray = new ConversationEvent.Recovered(2, "", "csat.received", "", original);

        var contact = contact().after(entries().getLast(), stray, "bot");

        assertThat(contact.score()).isEqualTo(5);
    }

    /** The first of that type. */
    private long numberOf(String type) {
        return entries().stream()
                .filter(e -> e.type().equals(type))
                .findFirst()
                .orElseThrow()
                .seq();
    }

    private void later(Duration by) {
        node.now = node.now.plus(by);
    }

    private Contact contact() {
        return standing().contacts().getLast();
    }

    private Conversation.Facts standing() {
        return replayed().facts(Topic.STANDING);
    }

    private Replay replayed() {
        var replay = new Replay("local", ID);
        entries().forEach(replay::add);
        return replay;
    }
}
