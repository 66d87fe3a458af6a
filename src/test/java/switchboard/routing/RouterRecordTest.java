package switchboard.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import switchboard.contact.Command;
import switchboard.contact.Decision;
import switchboard.contact.Item;
import switchboard.contact.Item.Reason;
import switchboard.plan.Need;

/** What is said of a decision and of a queue. */
class RouterRecordTest extends RouterFixture {

    @Test
    void the_less_flexible_agent_is_taken_and_the_more_flexible_kept() {
        apply(new Command.Report(now(), expert("anna", 3)));
        later(1);
        ready("ben");

        var decision = proposal(enter("one", 1)).decision();

        assertThat(decision.winner()).isEqualTo("ben");
        assertThat(decision.runnerUp()).isEqualTo("anna");
        assertThat(decision.lost()).isEqualTo(Decision.Lost.FLEXIBILITY);
        assertThat(decision.candidates()).isEqualTo(2);
    }

    @Test
    void of_the_equally_flexible_the_one_is_taken_whose_other_skills_more_of_the_free_have() {
        knowRareAndCommon();
        var excluded = new Item.Exclusion("carl", now().plusSeconds(9), Reason.REJECTED);

        var decision = proposal(enter(item("one", 1, "support", "").in(1, List.of(excluded), Item.Pin.NONE)))
                .decision();

        assertThat(decision.winner()).isEqualTo("ben");
        assertThat(decision.runnerUp()).isEqualTo("anna");
        assertThat(decision.lost()).isEqualTo(Decision.Lost.SCARCITY);
    }

    @Test
    void whose_other_skills_are_equally_rare_among_the_free_comes_by_who_is_longer_idle() {
        knowRareAndCommon();
        assertThat(proposal(enter(item("one", 1, "support", "", "voice"))).agent())
                .isEqualTo("ben");

        var decision = proposal(enter(item("two", 1, "support", "", "voice"))).decision();

        assertThat(decision.winner()).isEqualTo("anna");
        assertThat(decision.runnerUp()).isEqualTo("carl");
        assertThat(decision.lost()).isEqualTo(Decision.Lost.IDLE);
    }

    private void knowRareAndCommon() {
        apply(new Command.Report(now(), knowing("anna", "rare")));
        later(1);
        apply(new Command.Report(now(), knowing("ben", "common")));
        apply(new Command.Report(now(), knowing("carl", "common")));
    }

    @Test
    void the_more_proficient_agent_is_taken_where_the_queue_asks_for_it() {
        apply(new Command.Report(now(), expert("anna", 3)));
        apply(new Command.Report(now(), expert("ben", 5)));

        assertThat(proposal(enter(item("one", 1, "experts", ""))).decision().lost())
                .isEqualTo(Decision.Lost.PROFICIENCY);
    }

    @Test
    void another_plan_moves_what_waits_and_keeps_its_turn() {
        enter(item("hard", 0, "experts", ""));
        enter("easy", 1);
        apply(new Command.Adopt(now(), 2, ONE_QUEUE));

        var out = ready("anna");

        assertThat(proposals(out)).containsExactly("hard to anna");
        assertThat(proposal(out).decision().version()).isEqualTo(2);
    }

    @Test
    void the_estimate_follows_what_the_queue_has_let_through() {
        assertThat(figures("support").estimate()).isEmpty();
        reportOne("anna");
        assertThat(figures("support").estimate()).contains(Duration.ZERO);

        var offer = proposal(enter("c0", 0)).item();
        IntStream.range(1, 10).forEach(i -> enter("c" + i, 0));
        for (int i = 0; i < 5; i++) {
            accept(offer);
            later(20);
            offer = proposal(release(offer)).item();
        }

        assertThat(figures("support").waiting()).isEqualTo(4);
        assertThat(figures("support").oldest()).contains(start);
        assertThat(figures("support").estimate()).contains(Duration.ofSeconds(100));
    }

    @Test
    void a_decision_is_written_canonically_in_some_two_hundred_bytes() {
        reportOne("anna");
        later(1);
        reportOne("ben");
        enter("one", 0);
        later(1);
        reportOne("carl");

        var json = proposal(returned("one", Reason.REJECTED)).decision().json();

        assertThat(json)
                .isEqualTo(
                        "{\"plan\":1,\"queue\":\"support\",\"step\":0,\"asked\":\"queue:support>=1\",\"key\":{\"entered\":"
                                + "\"2026-01-01T00:00:00Z\",\"boost\":\"PT0S\",\"target\":\"PT0S\"},\"candidates\":2,\"winner\":\"ben\","
                                + "\"runnerUp\":\"carl\",\"lost\":\"idle\",\"excluded\":[{\"agent\":\"anna\",\"why\":\"rejected\"}]}");
        assertThat(json).hasSizeLessThan(300);
    }

    @Test
    void signatures_that_nobody_uses_any_more_make_room_for_new_ones() {
        for (int i = 0; i < 10_000; i++) {
            var own = List.of(new Need("skill-" + i, 1));
            enter(asking("c" + i, own));
            leave("c" + i);
        }
        apply(new Command.Report(now(), knowing("anna", "skill-9999")));

        assertThat(proposals(enter(asking("last", List.of(new Need("skill-9999", 1))))))
                .containsExactly("last to anna");
    }
}
