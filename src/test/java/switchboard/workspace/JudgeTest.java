package switchboard.workspace;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import switchboard.journal.Journal.Row;
import switchboard.workspace.Judge.Seen;
import switchboard.workspace.World.Contact;

/** The judge can say no: each of these differs in one thing from what is right. */
class JudgeTest {

    private static final ActorTestKit actors = ActorTestKit.create();

    private final World world = new World(actors);
    private final Contact it = world.contact(0);
    private final List<Seen> right = new ArrayList<>();

    @AfterAll
    static void stop() {
        actors.shutdownTestKit();
    }

    /** Offered with number 4, which is shown first, taken with 5 to 7, lost with 9, and then somebody else's. */
    private void a_chat() {
        world.said(it);
        world.said(it);
        world.offer(it);
        world.accepted(it);
        world.said(it);
        world.lost(it);
        world.said(it);
        right.add(new Seen(4, true));
        for (long number : new long[] {1, 2, 3, 5, 6, 7, 8, 9}) {
            right.add(new Seen(number, false));
        }
    }

    @Test
    void what_is_right_passes() {
        a_chat();

        assertThatCode(() -> judge(right)).doesNotThrowAnyException();
        assertThatCode(() -> judge(List.of())).doesNotThrowAnyException();
    }

    @Test
    void a_number_that_is_left_out_is_convicted() {
        a_chat();
        for (int i = 0; i < right.size(); i++) {
            var mutant = new ArrayList<>(right);
            mutant.remove(i);
            convicted(mutant);
        }
    }

    @Test
    void a_number_that_comes_twice_is_convicted() {
        a_chat();
        for (int i = 0; i < right.size(); i++) {
            var mutant = new ArrayList<>(right);
            mutant.add(i, right.get(i));
            convicted(mutant);
        }
    }

    @Test
    void two_that_are_exchanged_are_convicted() {
        a_chat();
        for (int i = 1; i < right.size(); i++) {
            var mutant = new ArrayList<>(right);
            mutant.set(i - 1, right.get(i));
            mutant.set(i, right.get(i - 1));
            convicted(mutant);
        }
    }

    @Test
    void what_is_shown_after_it_was_lost_is_convicted() {
        a_chat();
        right.add(new Seen(10, false));

        convicted(right);
    }

    @Test
    void what_was_never_hers_is_convicted() {
        world.own.write();
        world.said(it);

        convicted(List.of(new Seen(1, true), new Seen(2, false)));
    }

    @Test
    void her_own_log_has_no_gap_either() {
        a_chat();
        world.own.write();

        var judge = new Judge();
        judge.sees(own(3));
        assertThatThrownBy(() -> judge.judge(world, 1)).isInstanceOf(AssertionError.class);
    }

    private void convicted(List<Seen> mutant) {
        assertThatThrownBy(() -> judge(mutant)).as("%s", mutant).isInstanceOf(AssertionError.class);
    }

    private void judge(List<Seen> seen) {
        var judge = new Judge();
        for (long number = 2; number <= world.own.head(); number++) {
            judge.sees(own(number));
        }
        seen.forEach(one -> judge.sees(World.id(0), one.number(), one.ahead()));
        judge.judge(world, 1);
    }

    private Shown own(long number) {
        var row = new Row(number, world.own.entry(number));
        return new Shown.Own(new Cursor(number, java.util.Map.of()), new Line(row, ByteString.emptyByteString()));
    }
}
