package switchboard.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import switchboard.log.Entry;
import switchboard.log.Head;
import switchboard.log.Pen;
import switchboard.log.TenantKeys;

class TalkTest {

    private final Pen pen = new Pen(new TenantKeys(new byte[32], new byte[32]), 1);
    private Head head = Head.of("Conversation|local:c");

    @Test
    void the_latest_forty_turns_are_kept_and_their_bytes_are_those_of_what_is_kept() {
        var talk = heard(Talk.NONE, 50, "Where is my parcel?");

        assertThat(talk.turns()).hasSize(Talk.MOST);
        assertThat(talk.turns().getFirst().seq()).isEqualTo(11);
        assertThat(talk.bytes())
                .isEqualTo(talk.turns().stream().mapToLong(Entry::size).sum());
    }

    @Test
    void long_turns_are_kept_as_far_as_their_bytes_go_and_the_last_one_always() {
        var talk = heard(Talk.NONE, 10, "x".repeat(50_000));

        assertThat(talk.turns()).hasSize(2);
        assertThat(heard(Talk.NONE, 2, "x".repeat(200_000)).turns()).hasSize(1);
    }

    @Test
    void what_was_said_begins_anew_with_an_episode_and_ends_with_the_word() {
        var talk = heard(Talk.NONE, 3, "Hello");

        assertThat(talk.opened().turns()).isEmpty();
        assertThat(heard(talk.opened(), 2, "Hello").bytes())
                .isEqualTo(heard(talk.over(), 2, "Hello").bytes());
    }

    @Test
    void where_no_bot_is_asked_the_last_turn_alone_is_kept_and_what_is_owed_is_known() {
        var talk = heard(Talk.UNHEARD, 50, "Where is my parcel?");

        assertThat(talk.turns()).hasSize(1);
        assertThat(talk.turns().getFirst().seq()).isEqualTo(50);
        assertThat(talk.owes()).isTrue();
        assertThat(heard(talk.opened(), 3, "Hello").turns()).hasSize(1);
    }

    private Talk heard(Talk talk, int times, String text) {
        head = Head.of("Conversation|local:c");
        for (int i = 0; i < times; i++) {
            var entry = pen.write(head, "message.received", Instant.EPOCH, 1, Map.of("sealed", text));
            head = Head.after(entry);
            talk = talk.heard(entry);
        }
        return talk;
    }
}
