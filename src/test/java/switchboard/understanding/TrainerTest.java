package switchboard.understanding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import switchboard.learning.Watch;
import switchboard.understanding.Training.Note;
import switchboard.understanding.Training.Reason;
import switchboard.understanding.Training.Refused;

class TrainerTest {

    @Test
    void what_was_taught_is_understood() throws InterruptedException {
        var model = Shop.trained(Shop.EXAMPLES).model();

        assertThat(Shop.understood(model, "where's my parcel").intent()).isEqualTo("status");
        assertThat(Shop.understood(model, "refund!").intent()).isEqualTo("refund");
        assertThat(Shop.understood(model, "forgot the pasword")
                        .guesses()
                        .getFirst()
                        .intent())
                .isEqualTo("password");
    }

    @Test
    void the_same_examples_in_another_order_give_the_same_model() throws InterruptedException {
        var one = Shop.trained(Shop.EXAMPLES).model();
        var other = Shop.trained(Shop.EXAMPLES.reversed()).model();

        assertThat(ModelFile.hash(other)).isEqualTo(ModelFile.hash(one));
    }

    @Test
    void another_example_gives_another_model() throws InterruptedException {
        var more = new ArrayList<>(Shop.EXAMPLES);
        more.add(new Example("Cash back", "refund"));

        assertThat(ModelFile.hash(Shop.trained(more).model()))
                .isNotEqualTo(ModelFile.hash(Shop.trained(Shop.EXAMPLES).model()));
    }

    @Test
    void confidences_of_all_intents_sum_to_1() throws InterruptedException {
        var guesses =
                Shop.understood(Shop.trained(Shop.EXAMPLES).model(), "my order").guesses();

        assertThat(guesses).hasSize(3);
        assertThat(guesses.stream().mapToDouble(g -> g.confidence()).sum()).isCloseTo(1, Offset.offset(1e-9));
        assertThat(guesses).isSortedAccordingTo((a, b) -> Double.compare(b.confidence(), a.confidence()));
    }

    @Test
    void without_examples_nothing_is_learned() throws InterruptedException {
        assertThat(Trainer.train(List.of(), Shop::vector, Watch.NOBODY)).isEqualTo(new Refused(Reason.NO_EXAMPLES));
        assertThat(Trainer.train(List.of(new Example("\uD83D\uDE00", "smile")), Shop::vector, Watch.NOBODY))
                .isEqualTo(new Refused(Reason.NO_EXAMPLES));
        assertThat(Trainer.train(List.of(new Example("a joke", Example.NONE)), Shop::vector, Watch.NOBODY))
                .isEqualTo(new Refused(Reason.NO_EXAMPLES));
    }

    @Test
    void of_one_intent_nothing_is_learned() throws InterruptedException {
        assertThat(Trainer.train(Shop.EXAMPLES.subList(0, 8), Shop::vector, Watch.NOBODY))
                .isEqualTo(new Refused(Reason.ONE_INTENT));
    }

    @Test
    void too_many_intents_are_refused() throws InterruptedException {
        var many = new ArrayList<Example>();
        for (int i = 0; i <= Examples.MOST_INTENTS; i++) {
            many.add(new Example("number " + i, "intent-" + i));
        }

        assertThat(Trainer.train(many, Shop::vector, Watch.NOBODY)).isEqualTo(new Refused(Reason.TOO_MANY));
    }

    @Test
    void one_example_of_each_intent_is_enough_and_noted() throws InterruptedException {
        var trained = Shop.trained(List.of(Shop.EXAMPLES.get(0), Shop.EXAMPLES.get(8), Shop.EXAMPLES.get(16)));

        assertThat(Shop.understood(trained.model(), "where is my parcel?")
                        .guesses()
                        .getFirst()
                        .intent())
                .isEqualTo("status");
        assertThat(trained.notes())
                .extracting(Note::kind)
                .containsOnly(Note.Kind.ONE_EXAMPLE)
                .hasSize(3);
    }

    @Test
    void of_contradictory_labels_the_most_frequent_is_taken_and_all_are_noted() throws InterruptedException {
        var contradictory = new ArrayList<>(Shop.EXAMPLES);
        contradictory.add(new Example("Please help", "refund"));
        contradictory.add(new Example("Please  help", "status"));
        contradictory.add(new Example("Please help ", "status"));

        var trained = Shop.trained(contradictory);

        assertThat(trained.notes())
                .containsExactly(
                        new Note(Note.Kind.CONTRADICTORY, "refund", "Please help"),
                        new Note(Note.Kind.CONTRADICTORY, "status", "Please help"));
        assertThat(Shop.understood(trained.model(), "please help")
                        .guesses()
                        .getFirst()
                        .intent())
                .isEqualTo("status");
    }

    @Test
    void an_example_without_words_is_left_out_and_noted() throws InterruptedException {
        var examples = new ArrayList<>(Shop.EXAMPLES);
        examples.add(new Example("\uD83D\uDE21", "refund"));
        examples.add(new Example("  ", "status"));

        var trained = Shop.trained(examples);

        assertThat(trained.notes())
                .extracting(Note::kind)
                .containsExactly(Note.Kind.WITHOUT_WORDS, Note.Kind.WITHOUT_WORDS);
        assertThat(ModelFile.hash(trained.model()))
                .isEqualTo(ModelFile.hash(Shop.trained(Shop.EXAMPLES).model()));
    }

    @Test
    void a_message_without_words_is_nothing_that_is_known() throws InterruptedException {
        var model = Shop.trained(Shop.EXAMPLES).model();

        for (var message : List.of("", "   ", "\uD83D\uDE00\uD83D\uDE21", "?!", "\uD83D")) {
            assertThat(Shop.understood(model, message)).isEqualTo(Understood.NOTHING);
        }
    }

    @Test
    void a_message_of_16_000_characters_is_understood_by_its_beginning() throws InterruptedException {
        var model = Shop.trained(Shop.EXAMPLES).model();

        assertThat(Shop.understood(model, "Where is my parcel? " + "x".repeat(16_000))
                        .guesses()
                        .getFirst()
                        .intent())
                .isEqualTo("status");
    }

    @Test
    void training_says_how_far_it_is_and_ends_where_its_thread_is_interrupted() {
        var stages = new TreeSet<String>();

        assertThatThrownBy(() -> Trainer.train(Shop.EXAMPLES, Shop::vector, (stage, done, all) -> {
                    assertThat(done).isLessThanOrEqualTo(all);
                    stages.add(stage);
                    Thread.currentThread().interrupt();
                }))
                .isInstanceOf(InterruptedException.class);

        assertThat(stages).hasSize(1);
    }
}
