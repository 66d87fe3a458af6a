package switchboard.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import switchboard.request.Fault;
import switchboard.wire.CustomerThread;
import switchboard.wire.Inbound;
import switchboard.wire.Personal;
import switchboard.wire.Refusal;

class LanesTest {

    private record Command(String entity, List<String> ids, CompletableFuture<List<Outcome>> reply) {

        void stored() {
            reply.complete(ids.stream().<Outcome>map(_ -> new Outcome.Stored(1)).toList());
        }
    }

    private final List<Command> commands = new ArrayList<>();
    private final List<String> answers = new ArrayList<>();
    private final Lanes lanes = new Lanes(this::ask);
    private final Lanes.Sender sender = new Lanes.Sender(() -> false);

    private CompletionStage<List<Outcome>> ask(String entity, List<Inbound> events) {
        var ids = events.stream().map(e -> e.id().text()).toList();
        commands.add(new Command(entity, ids, new CompletableFuture<>()));
        return commands.getLast().reply();
    }

    @Test
    void what_comes_while_a_command_is_in_flight_is_gathered_for_the_next_in_order() {
        send("a", "1");
        send("a", "2", "3");
        send("a", "4");

        assertThat(told()).containsExactly("a [1]");
        commands.getFirst().stored();
        assertThat(told()).containsExactly("a [1]", "a [2, 3, 4]");
        assertThat(answers).containsExactly("1 stored");
    }

    @Test
    void conversations_do_not_wait_for_each_other() {
        send("a", "1");
        send("b", "2");

        assertThat(told()).containsExactly("a [1]", "b [2]");
    }

    @Test
    void nothing_is_kept_of_a_lane_that_is_empty() {
        send("a", "1");
        assertThat(lanes.open()).isEqualTo(1);

        commands.getFirst().stored();

        assertThat(lanes.open()).isZero();
        assertThat(lanes.commands()).isEqualTo(1);
    }

    @Test
    void two_requests_that_write_to_one_conversation_share_a_command() {
        send("a", "1");
        send("a", "2");
        lanes.send("a", List.of(waiting(new Lanes.Sender(() -> false), "3", 100)));

        commands.getFirst().stored();

        assertThat(told()).containsExactly("a [1]", "a [2, 3]");
    }

    @Test
    void a_command_is_bounded_in_number() {
        send("a", "first");
        send(
                "a",
                java.util.stream.IntStream.range(0, 100)
                        .mapToObj(String::valueOf)
                        .toArray(String[]::new));

        commands.get(0).stored();
        commands.get(1).stored();

        assertThat(commands.stream().map(c -> c.ids().size())).containsExactly(1, 64, 36);
    }

    @Test
    void a_command_stays_under_what_a_cassandra_takes_in_one_write() {
        send("a", "first");
        lanes.send(
                "a",
                List.of(
                        waiting(sender, "1", 20_000),
                        waiting(sender, "2", 20_000),
                        waiting(sender, "3", 60_000),
                        waiting(sender, "4", 10)));

        for (int i = 0; i < commands.size(); i++) {
            commands.get(i).stored();
        }

        assertThat(told()).containsExactly("a [first]", "a [1]", "a [2]", "a [3]", "a [4]");
    }

    @Test
    void after_a_failure_the_later_events_of_that_thread_and_request_go_nowhere() {
        var other = new Lanes.Sender(() -> false);
        send("a", "1");
        send("a", "2", "3");
        lanes.send("a", List.of(waiting(other, "other", 100)));
        send("b", "4");

        commands.getFirst().reply().complete(List.of(new Outcome.Refused(Refusal.UNAVAILABLE)));

        assertThat(answers).containsExactly("1 unavailable", "2 after_failed", "3 after_failed");
        assertThat(told()).containsExactly("a [1]", "b [4]", "a [other]");
        send("a", "5");
        commands.get(2).stored();
        assertThat(answers).endsWith("other stored", "5 after_failed");
        assertThat(lanes.open()).isEqualTo(1);
    }

    @Test
    void a_refusal_for_good_keeps_nothing_back() {
        send("a", "1");
        send("a", "2");

        commands.getFirst().reply().complete(List.of(new Outcome.Refused(Refusal.KEY_REUSED)));
        commands.getLast().stored();

        assertThat(answers).containsExactly("1 key_reused", "2 stored");
    }

    @Test
    void past_the_requests_time_nothing_more_is_handed_on() {
        var late = new boolean[1];
        var slow = new Lanes.Sender(() -> late[0]);
        lanes.send("a", List.of(waiting(slow, "1", 100)));
        lanes.send("a", List.of(waiting(slow, "2", 100)));

        late[0] = true;
        commands.getFirst().stored();

        assertThat(answers).containsExactly("1 stored", "2 overloaded");
        assertThat(told()).containsExactly("a [1]");
        assertThat(lanes.open()).isZero();
    }

    @Test
    void a_command_that_fails_by_a_bug_is_told_as_one_and_stops_no_lane() {
        send("a", "1");
        lanes.send("a", List.of(waiting(new Lanes.Sender(() -> false), "2", 100)));

        commands.getFirst().reply().completeExceptionally(new IllegalStateException("a bug"));

        assertThat(answers).containsExactly("1 " + Fault.INTERNAL.code());
        assertThat(told()).containsExactly("a [1]", "a [2]");
    }

    private List<String> told() {
        return commands.stream().map(c -> c.entity() + " " + c.ids()).toList();
    }

    private void send(String entity, String... ids) {
        lanes.send(
                entity, Arrays.stream(ids).map(id -> waiting(sender, id, 100)).toList());
    }

    private Lanes.Waiting waiting(Lanes.Sender sender, String id, int bytes) {
        var event = new Inbound(
                "customer.left",
                CustomerThread.of("web", "t"),
                new Personal("/web"),
                new Personal(id),
                "",
                new Inbound.Left());
        return new Lanes.Waiting(sender, event, bytes, outcome -> answers.add(id + " " + said(outcome)));
    }

    private static String said(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Stored _ -> "stored";
            case Outcome.Refused it -> it.why().code();
            case Outcome.Faulty it -> it.why().code();
        };
    }
}
