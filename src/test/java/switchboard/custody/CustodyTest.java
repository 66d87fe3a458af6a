package switchboard.custody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static switchboard.custody.Day.END;
import static switchboard.custody.Day.entry;
import static switchboard.custody.Day.span;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import switchboard.invariants.Violation;

/** The checkers of I5 and I6 can fail: each mutant of a healthy day is caught, by the rule that it breaks. */
class CustodyTest {

    @Test
    void a_healthy_day_violates_nothing() {
        var verdict = Day.healthy().verdict();

        assertThat(verdict.findings().violations()).isEmpty();
        assertThat(verdict.findings().checked().get("I5")).isGreaterThan(40);
        assertThat(verdict.findings().checked().get("I6"))
                .isEqualTo(verdict.waited().waits());
        assertThat(verdict.waited().longer()).isEqualTo(2);
        assertThat(verdict.waited().leftOut()).isZero();
    }

    @Test
    void of_what_conversations_waited_it_is_told_how_much_was_for_lack_of_people() {
        var verdict = Day.healthy().verdict();

        assertThat(verdict.queued().count()).isEqualTo(7);
        assertThat(verdict.queued().longest()).isEqualTo(Duration.ofMillis(15_200));
        assertThat(verdict.needless().longest())
                .as("beside Ann, who was free for a moment twice while billing waited for her")
                .isEqualTo(Duration.ofMillis(400));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource({"ofOwners", "ofOffers", "ofWaits"})
    void a_mutant_is_caught(String rule, Consumer<Day> mutation) {
        var day = Day.healthy();

        mutation.accept(day);

        assertThat(day.violations()).extracting(Violation::rule).contains(rule);
    }

    static Stream<Arguments> ofOwners() {
        return Stream.of(
                mutant(
                        "I5",
                        "assigned twice",
                        day -> day.insert(
                                "ca", "agent.assigned", entry(2.5, "agent.assigned", "agent", "bob", "epoch", "4"))),
                mutant(
                        "I5",
                        "an epoch comes again",
                        day -> day.insert(
                                "ca", "message.sent", entry(3, "agent.assigned", "agent", "ann", "epoch", "3"))),
                mutant(
                        "I5",
                        "released by who does not have it",
                        day -> day.change("cd", "agent.released", it -> it.with("agent", "bob"))),
                mutant("I5", "released, and then nobody has it", day -> day.endsWith("cd", "agent.released")),
                mutant(
                        "I5",
                        "for a while nobody has it",
                        day -> day.insert("cd", "agent.released", entry(25, "message.received", "text", "hello?"))),
                mutant("I5", "out of the queue, and nobody has it", day -> day.endsWith("ca", "queue.left")),
                mutant("I5", "accepted, and then nobody has it", day -> day.endsWith("ca", "reservation.accepted")),
                mutant(
                        "I5",
                        "answered by who does not have it",
                        day -> day.change("ca", "message.sent", it -> it.with("author", "bob"))),
                mutant(
                        "I5",
                        "answered after it was taken away",
                        day -> day.insert(
                                "cd",
                                "transfer.completed",
                                entry(25, "message.sent", "author", "ann", "text", "one more"))),
                mutant(
                        "I5",
                        "the bot answers what waits for a person",
                        day -> day.insert(
                                "ca", "queue.entered", entry(.6, "message.sent", "author", "bot", "text", "hello"))),
                mutant(
                        "I5",
                        "the bot decides about what an agent has",
                        day -> day.insert("ca", "message.sent", entry(3, "bot.decided", "action", "answer"))),
                mutant(
                        "I5",
                        "opened while somebody has it",
                        day -> day.insert("ca", "message.sent", entry(4, "conversation.opened", "channel", "chat"))),
                mutant("I5", "resolved while it is offered", day -> day.remove("ca", it -> it.at() == 2)));
    }

    static Stream<Arguments> ofOffers() {
        return Stream.of(
                mutant(
                        "I5",
                        "accepted after the time-out",
                        day -> day.insert("cb", "reservation.timed_out", accepts(32.15, "cb.2", "ann"))),
                mutant(
                        "I5",
                        "accepted after she rejected it",
                        day -> day.insert("cc", "reservation.rejected", accepts(4.5, "cc.2", "bob"))),
                mutant("I5", "accepted after it was rescinded", day -> {
                    day.change(
                            "cb",
                            "reservation.timed_out",
                            it -> entry(32.1, "reservation.rescinded", "reservation", "cb.2", "agent", "ann"));
                    day.insert("cb", "reservation.rescinded", accepts(32.15, "cb.2", "ann"));
                }),
                mutant(
                        "I5",
                        "accepted by another than who was offered it",
                        day -> day.change("ca", "reservation.accepted", it -> it.with("agent", "bob"))),
                mutant(
                        "I5",
                        "accepted under an older offer's name",
                        day -> day.change("cb", "reservation.accepted", it -> it.with("reservation", "cb.2"))),
                mutant(
                        "I5",
                        "assigned to another than who accepted",
                        day -> day.change("ca", "agent.assigned", it -> it.with("agent", "bob"))),
                mutant(
                        "I5",
                        "offered twice under one name",
                        day -> day.change("cb", "reservation.created", it -> it.with("reservation", "cb.2"))),
                mutant(
                        "I5",
                        "offered while somebody has it",
                        day -> day.insert(
                                "ca",
                                "message.sent",
                                entry(
                                        4,
                                        "reservation.created",
                                        "reservation",
                                        "ca.9",
                                        "agent",
                                        "bob",
                                        "pool",
                                        "chat",
                                        "units",
                                        "34"))),
                mutant("I5", "capacity exceeded by one unit", day -> day.put(ann(67))),
                mutant(
                        "I5",
                        "one more than she can take",
                        day -> day.change("cc", "reservation.created", it -> it.with("agent", "ann"))),
                mutant(
                        "I5",
                        "offered to one who is away",
                        day -> day.change("cb", "reservation.created", it -> it.with("agent", "cat"))));
    }

    static Stream<Arguments> ofWaits() {
        return Stream.of(
                mutant("I6", "forgotten in the queue", day -> day.endsWith("ca", "queue.entered")),
                mutant("I6", "forgotten after a time-out", day -> day.endsWith("cb", "reservation.timed_out")),
                mutant("I6", "forgotten after it was rejected", day -> day.endsWith("cc", "reservation.rejected")),
                mutant("I6", "forgotten after a transfer", day -> day.endsWith("cd", "transfer.completed")),
                mutant("I6", "offered too late", day -> day.change("ca", "reservation.created", it -> it.at(6.2))),
                mutant("I6", "nobody asked whom the last step lets have it", day -> {
                    day.shifts.remove("ann");
                    day.put(new Worker("bob", new TreeMap<>(), Set.of(), Set.of("billing"), 0, 34));
                    day.opened("ce");
                    day.add(
                            "ce",
                            0,
                            "queue.entered",
                            "queue",
                            "billing",
                            "since",
                            Day.time(-60).toString());
                }),
                mutant("I6", "kept for her last agent for longer than the plan says", day -> {
                    day.opened("ce");
                    day.add("ce", 40, "queue.entered", "queue", "general", "last", "cat");
                }));
    }

    @Test
    void nobody_is_blamed_for_one_who_lacks_the_skill() {
        var day = Day.healthy();
        day.shifts.remove("ann");
        day.talks.clear();
        day.put(new Worker("bob", new TreeMap<>(Map.of("billing", 1)), Set.of(), Set.of("billing"), 0, 34));
        day.opened("ce");
        day.entered("ce", 91, "billing", 2);

        assertThat(day.violations()).isEmpty();
    }

    @Test
    void nobody_is_blamed_while_it_is_kept_for_the_last_agent() {
        var day = Day.healthy();
        day.opened("ce");
        day.add("ce", 41, "queue.entered", "queue", "general", "last", "cat", "epoch", "2");
        day.offered("ce", 61.5, 2, "bob");

        assertThat(day.violations()).isEmpty();
    }

    @Test
    void what_waits_while_the_program_is_down_or_heals_is_left_out_and_counted() {
        var day = Day.healthy();
        day.endsWith("ca", "queue.entered");
        day.outages.add(span(1, 30));
        day.change("ca", "queue.entered", it -> it.at(30));
        day.offered("ca", 50.2, 2, "ann");
        day.opened("ce");
        day.entered("ce", 2, "general", 2);
        day.offered("ce", 50.4, 2, "bob");

        var verdict = day.verdict();

        assertThat(verdict.findings().violations()).isEmpty();
        assertThat(verdict.waited().leftOut()).isGreaterThanOrEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void who_waits_on_after_that_is_not() {
        var day = Day.healthy();
        day.endsWith("ca", "queue.entered");
        day.outages.add(span(1, 30));
        day.opened("ce");
        day.entered("ce", 31, "general", 2);
        day.offered("ce", 60, 2, "ann");

        assertThat(day.violations()).extracting(Violation::where).containsExactly("ca", "ce");
    }

    @Test
    void what_a_person_assigned_may_exceed_her_capacity() {
        var day = Day.healthy();
        day.opened("ce");
        day.add("ce", 3, "agent.assigned", "agent", "ann", "epoch", "2");

        assertThat(day.violations()).isEmpty();
    }

    @Test
    void an_agent_may_leave_while_an_offer_is_on_its_way() {
        var day = Day.healthy();
        day.shifts.computeIfPresent("bob", (_, it) -> new Shift(it.worker(), List.of(), List.of(span(0, END))));

        assertThat(day.violations()).extracting(Violation::where).doesNotContain("cc");
    }

    private static Worker ann(int chat) {
        return new Worker(
                "ann", new TreeMap<>(Map.of("billing", 3)), Set.of("de"), Set.of("general", "billing"), 100, chat);
    }

    private static Day.Entry accepts(double at, String reservation, String agent) {
        return entry(at, "reservation.accepted", "reservation", reservation, "agent", agent);
    }

    private static Arguments mutant(String rule, String name, Consumer<Day> mutation) {
        return arguments(rule, named(name, mutation));
    }
}
