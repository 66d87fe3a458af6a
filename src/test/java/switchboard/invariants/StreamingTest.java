package switchboard.invariants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import switchboard.invariants.Segment.Shown;

/** The checker of I7 can fail: each mutant of a good reader's notes is caught. */
class StreamingTest {

    private static final List<String> HISTORY =
            IntStream.rangeClosed(1, 9).mapToObj(StreamingTest::line).toList();

    @Test
    void a_good_reader_violates_nothing() {
        assertThat(violations(good())).isEmpty();
        assertThat(Streaming.findings("r", 0, good(), HISTORY).checked().get("I7"))
                .isPositive();
    }

    @Test
    void one_who_joins_in_the_middle_needs_no_more() {
        assertThat(Streaming.findings("r", 4, List.of(segment(4, 5, 9)), HISTORY)
                        .violations())
                .isEmpty();
    }

    @Test
    void what_happens_after_the_number_that_he_was_to_see_he_need_not_see() {
        assertThat(until(7, segment(0, 1, 7))).isEmpty();
        assertThat(until(7, segment(0, 1, 8))).isEmpty();
    }

    @Test
    void who_ends_before_that_number_was_not_shown_all() {
        assertThat(until(7, segment(0, 1, 6))).extracting(Violation::what).containsExactly("ended with 6 of 7");
    }

    private static List<Violation> until(long number, Segment shown) {
        return Streaming.findings("r", 0, number, List.of(shown), HISTORY).violations();
    }

    @Test
    void what_was_erased_since_may_have_been_shown() {
        var since = new ArrayList<>(HISTORY);
        since.set(2, "{\"seq\":3,\"type\":\"note.added\",\"hash\":\"h3\",\"data\":{\"erased\":true}}");

        assertThat(Streaming.findings("r", 0, good(), since).violations()).isEmpty();
    }

    @Test
    void an_erasure_hides_no_other_entry() {
        var since = new ArrayList<>(HISTORY);
        since.set(2, "{\"seq\":3,\"type\":\"note.added\",\"hash\":\"other\",\"data\":{\"erased\":true}}");

        assertThat(Streaming.findings("r", 0, good(), since).violations()).isNotEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mutants")
    void a_mutant_is_caught(Consumer<List<Segment>> mutation) {
        var segments = good();

        mutation.accept(segments);

        assertThat(violations(segments)).extracting(Violation::rule).contains("I7");
    }

    static Stream<Arguments> mutants() {
        return Stream.of(
                mutant("a number is left out in the middle", shown(1, list -> list.remove(1))),
                mutant("a number is left out at a reconnect", shown(1, List::removeFirst)),
                mutant("a number is shown twice", shown(1, list -> list.add(1, list.get(1)))),
                mutant("a number is shown again after a reconnect", shown(1, list -> list.addFirst(event(3)))),
                mutant("two are swapped", shown(1, list -> Collections.swap(list, 0, 1))),
                mutant("the last is missing", shown(2, List::removeLast)),
                mutant("one is shown that is in no history", shown(2, list -> list.add(event(10)))),
                mutant("the data is another's", shown(1, each(e -> Shown.of(e.id(), e.event(), line(1))))),
                mutant(
                        "a text is changed",
                        shown(
                                1,
                                each(e ->
                                        Shown.of(e.id(), e.event(), line(e.id()).replace("t4", "t0"))))),
                mutant("the type is another", shown(1, each(e -> Shown.of(e.id(), "message.sent", line(e.id()))))),
                mutant("the id is no number", shown(1, each(e -> Shown.of("x", e.event(), line(e.id()))))),
                mutant("a connection is forgotten", segments -> segments.remove(1)),
                mutant("he resumed too late", segments -> segments.set(2, segment(8, 9, 9))),
                mutant("nothing was shown", List::clear));
    }

    private static Arguments mutant(String name, Consumer<List<Segment>> mutation) {
        return arguments(named(name, mutation));
    }

    private static Consumer<List<Segment>> shown(int index, Consumer<List<Shown>> change) {
        return segments -> {
            var list = new ArrayList<>(segments.get(index).shown());
            change.accept(list);
            segments.set(index, new Segment(segments.get(index).after(), list));
        };
    }

    private static Consumer<List<Shown>> each(UnaryOperator<Shown> change) {
        return list -> list.replaceAll(change);
    }

    private static List<Violation> violations(List<Segment> segments) {
        return Streaming.findings("r", 0, segments, HISTORY).violations();
    }

    /** Three connections. */
    private static List<Segment> good() {
        return new ArrayList<>(List.of(segment(0, 1, 3), segment(3, 4, 6), segment(6, 7, 9)));
    }

    private static Segment segment(long after, int from, int to) {
        return new Segment(
                after,
                IntStream.rangeClosed(from, to).mapToObj(StreamingTest::event).toList());
    }

    private static Shown event(int seq) {
        return Shown.of(String.valueOf(seq), "note.added", line(seq));
    }

    private static String line(String seq) {
        return line(Integer.parseInt(seq));
    }

    private static String line(int seq) {
        return "{\"seq\":%d,\"type\":\"note.added\",\"hash\":\"h%d\",\"data\":{\"text\":\"t%d\"}}"
                .formatted(seq, seq, seq);
    }
}
