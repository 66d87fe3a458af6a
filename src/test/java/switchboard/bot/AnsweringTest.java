package switchboard.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import switchboard.SwitchboardProcess;
import switchboard.conversation.Bot;
import switchboard.deciding.Decider;
import switchboard.understanding.Shop;
import switchboard.understanding.Understanding;
import switchboard.wording.Wording;

/** Bounded, and always with a word. */
class AnsweringTest {

    private static final Answering.Limits LIMITS = new Answering.Limits(1, 2, 2);

    private final Talks talks = new Talks();
    private final List<Answering> open = new ArrayList<>();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final CountDownLatch begun = new CountDownLatch(1);

    @AfterEach
    void close() {
        gate.countDown();
        open.forEach(Answering::close);
    }

    @Test
    void it_answers_what_is_asked_and_counts_it() {
        var bot = bot(talks.mind());

        var word = said(bot, talks.says("Where is my parcel?").question());

        assertThat(word).isInstanceOf(Bot.Reply.class);
        assertThat(bot.counts().answers().sum()).isEqualTo(1);
        assertThat(bot.serves("local")).isTrue();
    }

    @Test
    void it_serves_nobody_of_whom_it_knows_nothing() {
        var bot = new Answering(talks, _ -> Optional.empty(), LIMITS, () -> 0);
        open.add(bot);

        assertThat(bot.serves("local")).isFalse();
        assertThatThrownBy(() -> ask(bot, talks.says("Hello").question())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void what_is_too_much_is_put_off_with_a_word_for_the_customer() {
        var bot = bot(blocked(60_000));
        talks.says("Where is my parcel?");
        var first = ask(bot, talks.question());
        var words = new ArrayList<CompletableFuture<Bot.Word>>();
        for (int i = 0; i < 4; i++) {
            words.add(ask(bot, talks.question()).toCompletableFuture());
        }

        var put = words.stream()
                .filter(CompletableFuture::isDone)
                .map(CompletableFuture::join)
                .toList();

        assertThat(put)
                .isNotEmpty()
                .allMatch(word ->
                        word instanceof Bot.Later later && later.notice().text().equals("One moment, please."));
        assertThat(bot.waiting()).isEqualTo(2);
        gate.countDown();
        assertThat(first.toCompletableFuture().join()).isInstanceOf(Bot.Reply.class);
    }

    @Test
    void one_that_takes_too_long_is_a_hand_over() {
        var word = said(bot(blocked(50)), talks.says("Where is my parcel?").question());

        assertThat(((Bot.HandOver) word).reason()).isEqualTo("too_slow");
    }

    @Test
    void who_asks_after_one_that_hangs_is_answered() {
        var bot = bot(hangingOn("Where is my parcel?"));
        assertThat(said(bot, talks.says("Where is my parcel?").question())).isInstanceOf(Bot.HandOver.class);

        var word = said(bot, new Talks().says("I want my money back").question());

        assertThat(word).isInstanceOf(Bot.Reply.class);
        assertThat(gate.getCount()).as("the first one hangs still").isEqualTo(1);
    }

    @Test
    void where_all_hang_nobody_waits_for_it_and_all_is_well_when_they_have_ended() {
        var bot = bot(hangingOn("Where is my parcel?"));
        var question = talks.says("Where is my parcel?").question();
        var words = IntStream.range(0, 3 * Workers.STAND_INS)
                .mapToObj(_ -> said(bot, question))
                .toList();

        assertThat(words).allMatch(word -> word instanceof Bot.HandOver || word instanceof Bot.Later);
        gate.countDown();
        var after = new Talks().says("I want my money back").question();
        assertThat(Stream.generate(() -> said(bot, after)).anyMatch(Bot.Reply.class::isInstance))
                .as("at some moment it answers")
                .isTrue();
    }

    @Test
    void one_that_breaks_down_is_a_hand_over_at_a_pace_that_people_can_bear() {
        var bot = bot(broken());
        var question = talks.says("Where is my parcel?").question();

        assertThat(((Bot.HandOver) said(bot, question)).reason()).isEqualTo("failed");
        assertThat(said(bot, question)).isInstanceOf(Bot.HandOver.class);
        assertThat(said(bot, question)).isInstanceOf(Bot.Later.class);
        assertThat(bot.counts().failed().sum()).isEqualTo(3);
    }

    @Test
    void what_cannot_be_opened_now_is_a_hand_over() {
        talks.says("Where is my parcel?");
        talks.away = true;

        assertThat(((Bot.HandOver) said(bot(talks.mind()), talks.question())).reason())
                .isEqualTo("failed");
    }

    @Test
    void a_thousand_at_once_each_get_a_word() {
        var bot = new Answering(talks, _ -> Optional.of(mind), new Answering.Limits(2, 1_000, 5), System::nanoTime);
        open.add(bot);
        var question = talks.says("Where is my parcel?").question();

        var words = IntStream.range(0, 1_000)
                .mapToObj(_ -> ask(bot, question).toCompletableFuture())
                .toList();

        assertThat(words).allSatisfy(word -> assertThat(word.join()).isInstanceOf(Bot.Word.class));
        assertThat(bot.waiting()).isZero();
    }

    @Test
    void what_was_written_while_it_waited_is_decided_about_in_its_turn() {
        var bot = bot(blocked(60_000));
        var before = ask(bot, new Talks().says("Where is my parcel?").question());
        var asking = new AtomicReference<>(
                Optional.of(talks.says("Where is my parcel?").question()));
        var word = bot.ask(asking::get).toCompletableFuture();

        asking.set(Optional.of(talks.says("I want my money back").question()));
        gate.countDown();

        assertThat(before.toCompletableFuture().join()).isInstanceOf(Bot.Reply.class);
        assertThat(((Bot.Reply) word.join()).decided().upTo()).isEqualTo(2);
        assertThat(bot.counts().answers().sum() + bot.counts().questions().sum())
                .isEqualTo(2);
    }

    @Test
    void what_nobody_waits_for_any_more_is_not_decided() {
        var bot = bot(broken());
        var asking = new AtomicReference<>(
                Optional.of(talks.says("Where is my parcel?").question()));
        asking.set(Optional.empty());

        assertThat(bot.ask(asking::get).toCompletableFuture().join()).isEqualTo(new Bot.Nothing());
        assertThat(bot.counts().failed().sum()).isZero();
    }

    @Test
    void what_is_no_question_any_more_when_its_turn_comes_is_not_decided() {
        var bot = bot(blocked(60_000));
        var before = ask(bot, new Talks().says("Where is my parcel?").question());
        var asking = new AtomicReference<>(
                Optional.of(talks.says("Where is my parcel?").question()));
        var word = bot.ask(asking::get).toCompletableFuture();

        asking.set(Optional.empty());
        gate.countDown();

        assertThat(word.join()).isEqualTo(new Bot.Nothing());
        assertThat(before.toCompletableFuture().join()).isInstanceOf(Bot.Reply.class);
    }

    @Test
    void who_was_told_to_be_patient_is_not_told_again_and_nothing_is_opened_for_him() {
        var bot = bot(blocked(60_000));
        var first = ask(bot, new Talks().says("Where is my parcel?").question());
        begun();
        IntStream.range(0, 2).forEach(_ -> ask(bot, new Talks().says("Hello").question()));
        await(bot, 2);
        talks.says("Where is my parcel?").excused();
        talks.away = true; // no key can be had

        var word = ask(bot, talks.question()).toCompletableFuture().join();

        assertThat(((Bot.Later) word).notice().text()).isEmpty();
        gate.countDown();
        assertThat(first.toCompletableFuture().join()).isInstanceOf(Bot.Reply.class);
    }

    @Test
    void what_cannot_be_opened_is_put_off_where_too_much_waits() {
        var bot = bot(blocked(60_000));
        ask(bot, new Talks().says("Where is my parcel?").question());
        begun();
        IntStream.range(0, 2).forEach(_ -> ask(bot, new Talks().says("Hello").question()));
        await(bot, 2);
        talks.says("Where is my parcel?").away = true;

        assertThat(ask(bot, talks.question()).toCompletableFuture().join()).isInstanceOf(Bot.Later.class);
    }

    /** One is being decided, by a bot that is {@link #blocked}. */
    private void begun() {
        SwitchboardProcess.await("its turn", () -> begun.getCount() == 0);
    }

    /** So many wait, beside the one that is being decided. */
    private static void await(Answering bot, int waiting) {
        SwitchboardProcess.await(waiting + " wait", () -> bot.waiting() == waiting);
    }

    private final Mind mind = talks.mind();

    private Answering bot(Mind it) {
        var bot = new Answering(talks, _ -> Optional.of(it), LIMITS, () -> 0);
        open.add(bot);
        return bot;
    }

    private static CompletionStage<Bot.Word> ask(Answering bot, Bot.Question question) {
        return bot.ask(() -> Optional.of(question));
    }

    private static Bot.Word said(Answering bot, Bot.Question question) {
        return ask(bot, question)
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    /** A bot that stands still until the gate opens. */
    private Mind blocked(long deadlineMillis) {
        return with(deadlineMillis, text -> {
            begun.countDown();
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Shop.vector(text);
        });
    }

    /** A bot that stands still over that text, whoever interrupts it, until the gate opens. */
    private Mind hangingOn(String hanging) {
        return with(1_000, text -> {
            while (text.equalsIgnoreCase(hanging) && gate.getCount() > 0) {
                LockSupport.parkNanos(gate, 1_000_000);
                Thread.interrupted(); // does not listen
            }
            return Shop.vector(text);
        });
    }

    private Mind broken() {
        return with(60_000, _ -> {
            throw new IllegalStateException("out of order");
        });
    }

    private Mind with(long deadlineMillis, Function<String, float[]> encoder) {
        var wits = (Mind.Wits.Trained) mind.wits();
        var policy = Talks.policy(.55, Duration.ofMillis(deadlineMillis));
        return new Mind(
                new Decider(policy, Wording.local()),
                new Mind.Wits.Trained(
                        "m1", new Understanding(wits.understanding().model(), encoder)),
                mind.wishes(),
                mind.library(),
                mind.tongue(),
                mind.phrases());
    }
}
