package switchboard.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import switchboard.contact.Item;
import switchboard.contact.Item.Exclusion;
import switchboard.contact.Item.Pin;
import switchboard.plan.Key;
import switchboard.plan.Queue;

class RowTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Router.Line line = new Router.Line(queue());

    @Test
    void whatever_order_they_come_and_go_in_the_first_is_who_has_the_first_turn() {
        var dice = new SplittableRandom(1);
        var turns = new Row.Turns();
        var expected = new TreeSet<>(Waiter.TURN);
        for (int i = 0; i < 20_000; i++) {
            if (dice.nextInt(expected.size() + 1) < 40) {
                // of those with the same key the ids come in no order; 20,011 is a prime, so each is another
                var id = "c" + i * 7_919L % 20_011;
                var waiter = waiter(id, dice.nextInt(5) > 0 ? i / 4 : dice.nextInt(5_000), List.of());
                turns.add(waiter);
                expected.add(waiter);
            } else {
                var gone = dice.nextBoolean() ? expected.first() : anyOf(expected, dice);
                turns.remove(gone);
                expected.remove(gone);
            }

            assertThat(turns.first()).isSameAs(expected.isEmpty() ? null : expected.first());
        }
    }

    @Test
    void who_excludes_an_agent_is_passed_over_for_him_in_the_chain_and_beside_it() {
        var turns = new Row.Turns();
        var excluded = List.of(new Exclusion("anna", START, Item.Reason.REJECTED));
        for (int i = 100; i > 0; i--) {
            turns.add(waiter("c" + i, i, i < 10 || i > 90 ? excluded : List.of()));
        }

        assertThat(turns.first()).extracting(Waiter::since).isEqualTo(START.toEpochMilli() + 1);
        assertThat(turns.first(agent("anna"))).extracting(Waiter::since).isEqualTo(START.toEpochMilli() + 10);
        assertThat(turns.first(agent("ben"))).isSameAs(turns.first());
    }

    @Test
    void who_is_due_next_is_known_in_whatever_order_moments_are_set_and_cancelled() {
        var dice = new SplittableRandom(2);
        var timers = new Row.Timers();
        var waiters = IntStream.range(0, 3_000)
                .mapToObj(i -> waiter("c" + i, i, List.of()))
                .toList();
        var expected = new TreeMap<Long, Set<Waiter>>();
        for (int i = 0; i < 200_000; i++) {
            var waiter = waiters.get(dice.nextInt(1 + 2_999 * Math.min(i, 100_000) / 100_000));
            forget(expected, waiter);
            if (dice.nextInt(4) == 0) {
                timers.cancel(waiter);
            } else {
                var due = i + (dice.nextInt(50) == 0 ? dice.nextInt(9_000) : 1_000L * dice.nextInt(1, 4));
                timers.set(waiter, due);
                expected.computeIfAbsent(due, _ -> new TreeSet<>(Waiter.TURN)).add(waiter);
            }
            if (dice.nextInt(10) == 0 && !expected.isEmpty()) {
                assertThat(timers.next())
                        .containsExactlyElementsOf(expected.pollFirstEntry().getValue());
            }

            assertThat(timers.due()).isEqualTo(expected.isEmpty() ? Waiter.NEVER : expected.firstKey());
        }
    }

    private static void forget(SortedMap<Long, Set<Waiter>> expected, Waiter waiter) {
        expected.computeIfPresent(waiter.due, (_, all) -> all.remove(waiter) && all.isEmpty() ? null : all);
    }

    @Test
    void who_is_known_is_found_by_his_id_whoever_came_and_went_also_among_ids_of_one_hash() {
        var dice = new SplittableRandom(3);
        var known = new Known();
        var expected = new HashMap<String, Waiter>();
        for (int i = 0; i < 100_000; i++) {
            var id = new StringBuilder("c").append(dice.nextInt(1_500));
            IntStream.range(0, 4).forEach(_ -> id.append(dice.nextBoolean() ? "Aa" : "BB"));
            var found = known.get(id.toString());
            assertThat(found).isSameAs(expected.get(id.toString()));
            if (found == null) {
                var waiter = waiter(id.toString(), i, List.of());
                known.add(waiter);
                expected.put(waiter.id, waiter);
            } else if (dice.nextInt(10) > 0) {
                known.remove(found);
                expected.remove(found.id);
            }
        }

        assertThat(known.all()).containsExactlyInAnyOrderElementsOf(expected.values());
    }

    @Test
    void moments_far_from_now_have_their_order_too() {
        var moments = Stream.of(
                        "-9999-01-01",
                        "1600-01-01",
                        "1690-12-31",
                        "1970-01-01",
                        "2248-12-31",
                        "2300-01-01",
                        "9999-01-01")
                .map(day -> waiter("c", Instant.parse(day + "T00:00:00Z"), List.of()))
                .toList();

        assertThat(moments.reversed().stream().sorted(Waiter.TURN)).containsExactlyElementsOf(moments);
        assertThat(moments).extracting(waiter -> waiter.key).isSorted().allMatch(key -> key < Waiter.NEVER);
    }

    private static Waiter anyOf(Collection<Waiter> all, SplittableRandom dice) {
        return new ArrayList<>(all).get(dice.nextInt(all.size()));
    }

    private static Agent agent(String id) {
        return new Agent(id, 0, 0);
    }

    private Waiter waiter(String id, int milli, List<Exclusion> excluded) {
        return waiter(id, START.plusMillis(milli), excluded);
    }

    private Waiter waiter(String id, Instant at, List<Exclusion> excluded) {
        var key = new Key(at, Duration.ZERO, Duration.ZERO);
        var item = new Item(id, 1, "support", at, "chat", List.of(), "", key, Pin.NONE, excluded);
        var waiter = new Waiter(item, line);
        waiter.is(item, line);
        return waiter;
    }

    private static Queue queue() {
        return RouterFixture.ONE_QUEUE.queues().getFirst();
    }
}
