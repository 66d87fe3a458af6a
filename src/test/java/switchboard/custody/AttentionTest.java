package switchboard.custody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import switchboard.invariants.Violation;

/** The checker of I12 can fail: each mutant of a healthy talk is caught. */
class AttentionTest {

    private static List<String> healthy() {
        return new ArrayList<>(List.of(
                "conversation.opened {}",
                "message.received {}",
                "message.received {}",
                "bot.decided {\"upTo\":3,\"action\":\"answer\"}",
                "message.sent {\"author\":\"bot\"}",
                "message.received {}",
                "bot.decided {\"upTo\":6,\"action\":\"silence\"}",
                "message.received {}",
                "bot.decided {\"upTo\":8,\"action\":\"hand_over\"}",
                "message.sent {\"author\":\"bot\"}",
                "conversation.escalated {\"by\":\"bot\"}",
                "queue.entered {}",
                "message.received {}"));
    }

    private static List<Violation> violated(List<String> entries) {
        return verdict(entries).findings().violations();
    }

    private static Attention.Verdict verdict(List<String> entries) {
        var lines = IntStream.range(0, entries.size())
                .mapToObj(i -> "{\"seq\":%d,\"type\":\"%s\",\"at\":\"2030-01-01T12:00:%02dZ\",\"data\":%s}"
                        .formatted(
                                i + 1,
                                entries.get(i).split(" ", 2)[0],
                                i,
                                entries.get(i).split(" ", 2)[1]))
                .toList();
        return Attention.judge("ca", lines);
    }

    @Test
    void a_healthy_talk_violates_nothing_and_says_how_long_the_customer_waited() {
        var verdict = verdict(healthy());

        assertThat(verdict.findings().violations()).isEmpty();
        assertThat(verdict.findings().checked().get("I12")).isGreaterThan(15);
        assertThat(verdict.waited())
                .containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(1));
    }

    static Stream<Arguments> mutants() {
        return Stream.of(
                mutant(
                        "a message is never decided about",
                        talk -> talk.subList(6, 13).clear()),
                mutant("a decision is lost", talk -> talk.remove(3)),
                mutant("an answer is lost", talk -> talk.remove(4)),
                mutant("an answer comes twice", talk -> talk.add(5, talk.get(4))),
                mutant("decided twice", talk -> talk.add(5, talk.get(3))),
                mutant("a message is passed over", talk -> Collections.swap(talk, 2, 3)),
                mutant("the escalation is lost", talk -> talk.remove(10)),
                mutant(
                        "it ends before the escalation",
                        talk -> talk.subList(10, 13).clear()),
                mutant("the bot escalates what it did not decide to", talk -> talk.remove(8)),
                mutant("the bot speaks after it handed over", talk -> talk.add("message.sent {\"author\":\"bot\"}")),
                mutant(
                        "the bot decides after it handed over",
                        talk -> talk.add("bot.decided {\"upTo\":13,\"action\":\"silence\"}")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mutants")
    void a_mutant_is_caught(Consumer<List<String>> mutation) {
        var talk = healthy();

        mutation.accept(talk);

        assertThat(violated(talk)).extracting(Violation::rule).contains("I12");
    }

    private static Arguments mutant(String name, Consumer<List<String>> mutation) {
        return arguments(named(name, mutation));
    }
}
