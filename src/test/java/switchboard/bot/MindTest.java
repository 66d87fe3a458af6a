package switchboard.bot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import switchboard.conversation.Bot;
import switchboard.event.ConversationEvent.BotDecided;

/** What the bot says follows from what was said and from versions, and from nothing else. */
class MindTest {

    private final Talks talks = new Talks();

    @Test
    void the_first_message_says_that_it_is_software_and_the_next_ones_do_not() {
        var mind = talks.mind();
        var first = (Bot.Reply) mind.word(talks.says("Where is my parcel?").dialogue());
        var second = (Bot.Reply)
                mind.word(talks.decides(first).says("How do I get a refund?").dialogue());

        assertThat(first.text().text()).isEqualTo("I am software.\n\nIt left us on Monday.");
        assertThat(second.text().text()).isEqualTo("Within 14 days.");
    }

    @Test
    void an_answer_cites_its_sources_and_names_what_it_was_made_by() {
        var word =
                (Bot.Reply) talks.mind().word(talks.says("Where is my parcel?").dialogue());

        assertThat(word.decided().action()).isEqualTo("answer");
        assertThat(word.decided().intent()).isEqualTo("status");
        assertThat(word.decided().sources()).containsExactly("status-en", "https://shop.example/status");
        assertThat(word.decided().versions())
                .containsEntry("bot", "m1")
                .containsEntry("knowledge", "k1")
                .containsKeys("policy", "grammar");
        assertThat(word.decided().from()).isEqualTo(1);
        assertThat(word.decided().upTo()).isEqualTo(1);
    }

    @Test
    void the_same_dialogue_is_decided_the_same_at_any_time() {
        var dialogue = talks.says("Where is my parcel?").dialogue();

        assertThat(talks.mind().word(dialogue)).isEqualTo(talks.mind().word(dialogue));
    }

    @Test
    void unsure_what_is_meant_it_asks_which_and_the_second_time_a_person_takes_over() {
        var mind = talks.unsure();
        var first = (Bot.Reply) mind.word(talks.says("My parcel and my refund").dialogue());
        var second =
                mind.word(talks.decides(first).says("Purple submarines dance").dialogue());

        assertThat(first.decided().action()).isEqualTo("ask_back");
        assertThat(first.text().text()).contains("Is it your ");
        assertThat(second).isInstanceOf(Bot.HandOver.class);
        assertThat(((Bot.HandOver) second).reason()).isEqualTo("low_confidence");
    }

    @ParameterizedTest
    @CsvSource({"gold,valuable", "basic,''", "'',''"})
    void after_a_turn_that_failed_a_customer_of_a_valuable_tier_gets_a_person(String tier, String reason) {
        talks.tier = tier;
        var unsure = talks.unsure().word(talks.says("My parcel and my refund").dialogue());

        var word = talks.mind()
                .word(talks.decides(unsure).says("Where is my parcel?").dialogue());

        assertThat(word instanceof Bot.HandOver it ? it.reason() : "").isEqualTo(reason);
        assertThat(decided(word).evidence())
                .filteredOn(it -> it.rule().equals("valuable"))
                .allSatisfy(it -> assertThat(it.found()).containsExactly("gold"))
                .hasSize(reason.isEmpty() ? 0 : 1);
    }

    private static BotDecided decided(Bot.Word word) {
        return word instanceof Bot.HandOver it ? it.decided() : ((Bot.Reply) word).decided();
    }

    @Test
    void a_request_for_a_person_is_honoured_also_where_more_was_written_before_the_bot_answered() {
        var word = talks.mind()
                .word(talks.says("I want to talk to a person")
                        .says("Where is my parcel?")
                        .dialogue());

        assertThat(((Bot.HandOver) word).reason()).isEqualTo("requested");
        assertThat(((Bot.HandOver) word).text().text()).isEqualTo("I am software.\n\nGladly: a colleague takes over.");
    }

    @Test
    void a_request_for_a_person_is_honoured_also_while_the_bot_still_learns() {
        var word = talks.mind(new Mind.Wits.Learning())
                .word(talks.says("I want to talk to a person").dialogue());

        assertThat(((Bot.HandOver) word).reason()).isEqualTo("requested");
    }

    @Test
    void while_it_still_learns_it_is_asked_again_soon() {
        var word = talks.mind(new Mind.Wits.Learning())
                .word(talks.says("Where is my parcel?").dialogue());

        assertThat(word).isInstanceOf(Bot.Later.class);
    }

    @Test
    void with_nothing_to_answer_from_a_person_takes_over() {
        var word = talks.mind(new Mind.Wits.Nothing())
                .word(talks.says("Where is my parcel?").dialogue());

        assertThat(((Bot.HandOver) word).reason()).isEqualTo("no_knowledge");
    }

    @Test
    void what_is_understood_and_has_no_article_goes_to_a_person() {
        var word = talks.mind().word(talks.says("I forgot my password").dialogue());

        assertThat(((Bot.HandOver) word).reason()).isEqualTo("no_knowledge");
    }

    @Test
    void who_once_said_that_he_always_wants_a_person_gets_one() {
        talks.says("Hello")
                .alwaysWants(new BotDecided(
                        1,
                        1,
                        1,
                        "en",
                        "",
                        0,
                        List.of(),
                        "hand_over",
                        "requested",
                        List.of(),
                        List.of(),
                        Map.of(),
                        true));

        var word = talks.mind().word(talks.says("Where is my parcel?").dialogue());

        assertThat(((Bot.HandOver) word).decided().evidence().getFirst().found())
                .containsExactly("standing-wish");
    }

    @Test
    void it_speaks_the_customers_language() {
        var word =
                (Bot.HandOver) talks.mind().word(talks.says("Menschen bitte, ü").dialogue());

        assertThat(word.decided().language()).isEqualTo("de");
        assertThat(word.text().text()).startsWith("Ich bin ein Programm.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "🎉🎉🎉", "?!"})
    void to_what_says_nothing_it_asks_what_it_is_about(String nothing) {
        var word = (Bot.Reply) talks.mind().word(talks.says(nothing).dialogue());

        assertThat(word.text().text()).endsWith("What is it about?");
    }

    @Test
    void what_is_erased_says_nothing_and_what_was_appended_again_says_what_it_said() {
        talks.saidOnce("I want to talk to a person");
        var word = talks.mind().word(talks.dialogue());
        talks.erased = true;

        assertThat(((Bot.HandOver) word).reason()).isEqualTo("requested");
        assertThat(talks.dialogue().text()).isEmpty();
    }

    @Test
    void two_bots_that_answer_each_other_fall_silent() {
        var mind = talks.mind();
        var word = mind.word(talks.says("Where is my parcel?").dialogue());
        for (int i = 0;
                i < 40
                        && word instanceof Bot.Reply reply
                        && !reply.text().text().isEmpty();
                i++) {
            word = mind.word(talks.decides(word)
                    .says("This is an automatic reply: I am out of office. " + i)
                    .dialogue());
        }

        assertThat(word).isInstanceOf(Bot.Reply.class);
        assertThat(((Bot.Reply) word).decided().action()).isEqualTo("silence");
    }

    @Test
    void one_that_broke_down_or_took_too_long_hands_over_and_says_which() {
        var dialogue = talks.says("Where is my parcel?").dialogue();

        assertThat(((Bot.HandOver) talks.mind().broken(dialogue, Duration.ZERO)).reason())
                .isEqualTo("failed");
        assertThat(((Bot.HandOver) talks.mind().broken(dialogue, Duration.ofSeconds(2))).reason())
                .isEqualTo("too_slow");
    }
}
