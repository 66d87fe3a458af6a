package switchboard.deciding;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import switchboard.deciding.Decision.Answer;
import switchboard.deciding.Decision.AskBack;
import switchboard.deciding.Decision.HandOver;
import switchboard.deciding.Decision.Reason;
import switchboard.deciding.Decision.Silence;
import switchboard.deciding.Question.Customer;
import switchboard.deciding.Question.Hit;
import switchboard.deciding.Question.Versions;
import switchboard.understanding.Understood;
import switchboard.understanding.Understood.Guess;
import switchboard.wire.Personal;
import switchboard.wording.Wording;

class DeciderTest {

    private static final Instant AT = Instant.parse("2026-01-01T12:00:00Z");
    private static final Decider DECIDER = new Decider(PolicyReader.local(), Wording.local());
    private static final Hit HIT = new Hit("delivery-times", .9, "Two days.", List.of("https://shop.example/delivery"));
    private static final Customer NOBODY = new Customer("", false);

    @Test
    void what_is_understood_and_known_is_answered_with_its_sources() {
        var outcome = DECIDER.decide(asked("When does it come?", .9));

        assertThat(outcome.decision())
                .isEqualTo(new Answer("delivery-times", "Two days.", List.of("https://shop.example/delivery")));
        assertThat(outcome.decided().sources()).containsExactly("delivery-times", "https://shop.example/delivery");
    }

    @Test
    void what_is_not_understood_is_asked_back_once_and_then_given_to_a_person() {
        var first = asked("Hm?", .3);
        var second = asked("Well?", .3, said("Hm?"), askedBack());

        assertThat(DECIDER.decide(first).decision()).isEqualTo(new AskBack(List.of("delivery")));
        assertThat(reason(second)).isEqualTo(Reason.LOW_CONFIDENCE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            I want a person, my invoice is wrong | REQUESTED
            Ich will mit einem Menschen reden    | REQUESTED
            there is a gas leak, it smells       | SAFETY
            Ich will nicht mehr leben            | SAFETY
            I will sue you, my lawyer knows      | SAFETY
            this is ridiculous, you useless piece of crap | ANGER
            Das ist eine absolute Frechheit      | ANGER
            where are my 1.200,50 € ?            | STAKES
            where is my parcel                   | INCIDENT
            """)
    void the_first_rule_that_fires_names_the_reason(String text, Reason reason) {
        var question = with(asked(text, .9), "outage-7");

        assertThat(reason(question)).isEqualTo(reason);
    }

    @Test
    void a_person_asked_for_in_words_that_the_grammar_does_not_have_is_given_once_it_is_sure_enough() {
        var sure = wishing(asked("Where is it?", .9), .8);
        var unsure = wishing(asked("Where is it?", .9), .79);

        assertThat(reason(sure)).isEqualTo(Reason.REQUESTED);
        assertThat(DECIDER.decide(sure).decided().evidence())
                .containsExactly(new Decision.Evidence("requested", 2, List.of("learned", "80%")));
        assertThat(DECIDER.decide(unsure).decision()).isInstanceOf(Answer.class);
    }

    @Test
    void what_is_dangerous_comes_before_a_wish_that_was_only_learned() {
        var both = wishing(asked("there is a gas leak, it smells", .9), 1);

        assertThat(reason(both)).isEqualTo(Reason.SAFETY);
    }

    @Test
    void a_need_for_which_nothing_is_known_goes_to_a_person_and_small_talk_is_no_exception() {
        var question = without(asked("How are you?", .9));

        assertThat(reason(question)).isEqualTo(Reason.NO_KNOWLEDGE);
    }

    @Test
    void who_says_the_same_again_is_given_to_a_person_and_the_evidence_is_a_number() {
        var outcome = DECIDER.decide(asked("Where is my parcel?", .9, said("where is MY parcel"), answered("other")));

        assertThat(outcome.decided().reason()).isEqualTo("repeated");
        assertThat(outcome.decided().evidence().getFirst().found()).containsExactly("100%");
    }

    @Test
    void who_seems_frustrated_in_one_message_and_is_understood_is_answered() {
        assertThat(DECIDER.decide(asked("WHEN DOES IT COME????", .9)).decision())
                .isInstanceOf(Answer.class);
    }

    @Test
    void who_seems_frustrated_and_is_not_understood_gets_a_person_in_the_place_of_a_question() {
        var outcome = DECIDER.decide(asked("WHEN DOES IT COME????", .3));

        assertThat(outcome.decided().reason()).isEqualTo("anger");
        assertThat(outcome.decided().evidence())
                .containsExactly(new Decision.Evidence("anger", 2, List.of("not-understood", "61%")));
        assertThat(DECIDER.decide(asked("When does it come?", .3)).decision()).isInstanceOf(AskBack.class);
    }

    @Test
    void who_seems_frustrated_again_gets_a_person_though_he_is_understood_and_who_calms_down_is_answered() {
        var before = new Turn[] {said("WHERE IS MY ORDER????"), answered("other")};

        var outcome = DECIDER.decide(asked("AND THE MONEY FOR IT????", .9, before));

        assertThat(outcome.decided().evidence())
                .containsExactly(new Decision.Evidence("anger", 2, List.of("again", "61%", "73%")));
        assertThat(DECIDER.decide(asked("I see. When does it come?", .9, before))
                        .decision())
                .isInstanceOf(Answer.class);
    }

    @Test
    void the_bot_gives_no_answer_twice() {
        assertThat(reason(asked("And now?", .9, said("When?"), answered("delivery-times"))))
                .isEqualTo(Reason.LOOP);
    }

    @Test
    void a_valuable_customer_gets_a_person_after_a_turn_that_failed_and_others_do_not() {
        var failed = asked("When does it come?", .9, said("Hm?"), askedBack());

        assertThat(reason(as(failed, new Customer("gold", false)))).isEqualTo(Reason.VALUABLE);
        assertThat(DECIDER.decide(as(failed, new Customer("basic", false))).decision())
                .isInstanceOf(Answer.class);
    }

    @Test
    void a_standing_wish_for_a_person_is_kept() {
        assertThat(reason(as(asked("When?", .9), new Customer("", true)))).isEqualTo(Reason.REQUESTED);
        assertThat(DECIDER.wantsPerson("agent please")).isFalse();
    }

    @Test
    void what_needs_nothing_to_be_understood_is_decided_at_once_and_as_it_would_be_later() {
        var request = asked("I want a person", 0);
        var question = asked("When does it come?", .9);

        assertThat(DECIDER.atOnce(request)).contains(DECIDER.decide(request));
        assertThat(DECIDER.atOnce(question)).isEmpty();
    }

    @Test
    void a_bot_that_has_nothing_to_answer_from_says_so_and_hands_over() {
        assertThat(((Decision.HandOver) DECIDER.unknowing(asked("Hello", 0)).decision()).reason())
                .isEqualTo(Reason.NO_KNOWLEDGE);
    }

    @Test
    void a_topic_that_people_serve_first_goes_to_them() {
        assertThat(reason(about(asked("Close it", .9), "close-account"))).isEqualTo(Reason.PERSON_FIRST);
    }

    @Test
    void after_too_many_turns_a_person_helps() {
        var turns = new ArrayList<Turn>();
        IntStream.range(0, 8).forEach(i -> {
            turns.add(new Turn.Said(new Personal("question " + i * 7919), AT.minusSeconds(3_600 - i)));
            turns.add(new Turn.Replied("article-" + i, .9, AT.minusSeconds(3_600 - i)));
        });

        assertThat(reason(asked("When?", .9, turns.toArray(Turn[]::new)))).isEqualTo(Reason.TOO_MANY_TURNS);
    }

    @Test
    void a_machine_that_answers_gets_silence_at_once_if_it_says_so_and_after_ten_replies_a_minute_if_not() {
        var turns = IntStream.range(0, 10)
                .mapToObj(i -> (Turn) new Turn.Replied("article-" + i, .9, AT.minusSeconds(10 - i)))
                .toArray(Turn[]::new);

        assertThat(DECIDER.decide(asked("I am out of the office until Monday", .9, answered("other")))
                        .decision())
                .isInstanceOfSatisfying(
                        Silence.class, s -> assertThat(s.reason()).isEqualTo(Reason.AUTOMATIC));
        assertThat(DECIDER.decide(asked("Your message matters to us", .9, turns))
                        .decision())
                .isInstanceOfSatisfying(
                        Silence.class, s -> assertThat(s.reason()).isEqualTo(Reason.RATE));
        assertThat(reason(asked("a human please", .9, turns))).isEqualTo(Reason.REQUESTED);
    }

    @Test
    void a_bot_that_fails_or_is_slow_is_a_hand_over() {
        var question = asked("When?", .9);

        assertThat(DECIDER.deadline()).isEqualTo(Duration.ofSeconds(2));
        assertThat(DECIDER.failed(question).decided().reason()).isEqualTo("failed");
        assertThat(DECIDER.tooSlow(question, Duration.ofSeconds(2)).decided().reason())
                .isEqualTo("too_slow");
    }

    @Test
    void decided_again_it_is_the_same_and_nothing_that_only_the_customer_wrote_is_in_the_record() {
        var question = asked("I, Jane Doe of 5 Elm Street, want a human. IBAN DE02 1203", .9);

        var outcome = DECIDER.decide(question);

        assertThat(new Decider(PolicyReader.local(), Wording.local()).decide(question))
                .isEqualTo(outcome);
        assertThat(outcome.decided().toString()).doesNotContain("Jane", "Elm", "1203");
        assertThat(outcome.decided().versions())
                .containsEntry("bot", "b1")
                .containsEntry("knowledge", "k1")
                .containsEntry("policy", "4")
                .containsEntry("wishes", "w1")
                .containsEntry("grammar", "2");
    }

    private static Reason reason(Question question) {
        return ((HandOver) DECIDER.decide(question).decision()).reason();
    }

    private static Question asked(String text, double confidence, Turn... before) {
        var turns = new ArrayList<>(List.of(before));
        turns.add(new Turn.Said(new Personal(text), AT));
        return new Question(
                7,
                1,
                new Versions("b1", "k1", "w1"),
                turns,
                new Understood(List.of(new Guess("delivery", confidence)), confidence, true),
                0,
                List.of(HIT),
                NOBODY,
                "",
                AT);
    }

    private static Question wishing(Question q, double wish) {
        return new Question(
                q.upTo(), q.epoch(), q.versions(), q.transcript(), q.understood(), wish, q.hits(), NOBODY, "", q.at());
    }

    private static Question as(Question q, Customer customer) {
        return new Question(
                q.upTo(),
                q.epoch(),
                q.versions(),
                q.transcript(),
                q.understood(),
                q.wish(),
                q.hits(),
                customer,
                "",
                q.at());
    }

    private static Question with(Question q, String incident) {
        return new Question(
                q.upTo(),
                q.epoch(),
                q.versions(),
                q.transcript(),
                q.understood(),
                q.wish(),
                q.hits(),
                NOBODY,
                incident,
                q.at());
    }

    private static Question without(Question q) {
        return new Question(
                q.upTo(),
                q.epoch(),
                q.versions(),
                q.transcript(),
                q.understood(),
                q.wish(),
                List.of(),
                NOBODY,
                "",
                q.at());
    }

    private static Question about(Question q, String intent) {
        return new Question(
                q.upTo(),
                q.epoch(),
                q.versions(),
                q.transcript(),
                new Understood(List.of(new Guess(intent, .9)), .9, true),
                q.wish(),
                q.hits(),
                NOBODY,
                "",
                q.at());
    }

    private static Turn said(String text) {
        return new Turn.Said(new Personal(text), AT.minusSeconds(90));
    }

    private static Turn askedBack() {
        return new Turn.Replied("", .3, AT.minusSeconds(80));
    }

    private static Turn answered(String article) {
        return new Turn.Replied(article, .9, AT.minusSeconds(80));
    }
}
