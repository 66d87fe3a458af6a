package switchboard.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static switchboard.dispatch.World.NOON;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import switchboard.agent.Agent;
import switchboard.agent.Agent.Presence;
import switchboard.agent.Agent.Routing;
import switchboard.agent.Profile;
import switchboard.agent.Profile.Capacity;
import switchboard.agent.Profile.Pool;
import switchboard.contact.Output;
import switchboard.contact.Output.Proposal;
import switchboard.conversation.Conversation.Facts;
import switchboard.handling.Line;
import switchboard.handling.Line.Turned;
import switchboard.handling.Rules;
import switchboard.handling.Waits;
import switchboard.plan.Key;
import switchboard.plan.Need;
import switchboard.plan.PlanReader;

/** What words of conversations and agents lead to: late, twice, or contradicting each other. */
class BoardTest {

    private final Board board = new Board(new Rules(1, PlanReader.local()));
    private final List<Output> out = new ArrayList<>();

    @Test
    void what_waits_is_proposed_to_one_who_is_free() {
        agent("ana", 1, 34);
        queued("c1", 2);

        assertThat(proposals()).containsExactly("c1.2 ana");
    }

    @Test
    void her_place_is_taken_from_the_proposal_on() {
        agent("ana", 1, 34);
        queued("c1", 2);
        queued("c2", 2);

        assertThat(proposals()).containsExactly("c1.2 ana");
    }

    @Test
    void what_she_took_counts_until_her_own_books_have_it_and_not_twice() {
        agent("ana", 1, 68);
        queued("c1", 2);
        assigned("c1", "ana", 3);
        queued("c2", 2);
        agent("ana", 2, 68, "c1.2");
        queued("c3", 2);

        assertThat(proposals()).containsExactly("c1.2 ana", "c2.2 ana");
    }

    @Test
    void what_she_has_done_with_frees_her_place_though_nobody_says_so_but_she() {
        agent("ana", 1, 34);
        queued("c1", 2);
        agent("ana", 2, 34, "c1.2");
        assigned("c1", "ana", 3);
        queued("c2", 2);
        agent("ana", 3, 34);

        assertThat(proposals()).containsExactly("c1.2 ana", "c2.2 ana");
    }

    @Test
    void a_word_of_hers_that_is_older_than_what_is_known_changes_nothing() {
        agent("ana", 5, 34, "c9.2");
        agent("ana", 4, 34);
        queued("c1", 2);

        assertThat(proposals()).isEmpty();
    }

    @Test
    void one_who_rejected_it_is_not_asked_again_for_a_while() {
        agent("ana", 1, 34);
        queued("c1", 2);
        tell(facts("c1", 3, "queued", "", line("", List.of(new Turned("ana", NOON, false)))));
        assertThat(proposals()).containsExactly("c1.2 ana");

        out.addAll(board.tick(NOON.plus(Duration.ofHours(1))));

        assertThat(proposals()).containsExactly("c1.2 ana", "c1.3 ana");
    }

    @Test
    void it_waits_for_who_had_it_last_and_then_for_anybody() {
        agent("ana", 1, 0);
        agent("ben", 1, 34);
        tell(facts("c1", 2, "queued", "", line("ana", List.of())));
        assertThat(proposals()).isEmpty();

        out.addAll(board.tick(NOON.plus(Duration.ofMinutes(1))));

        assertThat(proposals()).containsExactly("c1.2 ben");
    }

    @Test
    void an_offer_that_it_did_not_make_itself_is_respected() {
        agent("ana", 1, 34);
        tell(facts("c1", 2, "reserved", "ben", line("", List.of())));

        assertThat(proposals()).isEmpty();
    }

    @Test
    void offered_to_another_by_one_who_ran_before_it_is_proposed_no_more() {
        queued("c1", 2);
        tell(facts("c1", 2, "reserved", "ben", line("", List.of())));
        agent("ana", 1, 34);

        assertThat(proposals()).isEmpty();
    }

    @Test
    void a_proposal_that_came_to_nothing_is_made_again_where_it_waits_still_and_only_there() {
        agent("ana", 1, 34);
        queued("c1", 2);
        out.addAll(board.again(NOON, "c1", 2, facts("c1", 3, "assigned", "eve", line("", List.of()))));
        assertThat(proposals()).hasSize(1);

        out.addAll(board.again(NOON, "c1", 2, facts("c1", 2, "queued", "", line("", List.of()))));

        assertThat(proposals()).containsExactly("c1.2 ana", "c1.2 ana");
    }

    @Test
    void an_older_word_does_not_undo_a_newer_proposal() {
        agent("ana", 1, 34);
        queued("c1", 4);
        tell(facts("c1", 3, "resolved", "", line("", List.of())));
        tell(facts("c1", 5, "assigned", "ana", line("", List.of())));
        queued("c2", 2);

        assertThat(proposals()).containsExactly("c1.4 ana");
    }

    @Test
    void what_the_rows_say_otherwise_is_doubted() {
        queued("c1", 2);
        queued("c2", 2);
        queued("c3", 5);
        var rows = List.of(row("c2", 4, ""), row("c3", 4, ""), row("c4", 2, ""), row("c5", 2, "ana"));

        assertThat(board.doubtful(rows)).containsExactlyInAnyOrder("c1", "c2", "c4");
    }

    @Test
    void another_plan_is_in_force_at_once() {
        agent("ana", 1, 34);

        board.adopt(NOON, new Rules(2, PlanReader.local()));
        queued("c1", 2);

        assertThat(out)
                .last()
                .satisfies(
                        it -> assertThat(((Proposal) it).decision().version()).isEqualTo(2));
    }

    @Test
    void one_who_is_deleted_is_offered_nothing_more() {
        agent("ana", 1, 34);
        out.addAll(board.agent(NOON, new Agent.Facts("t", view("ana", 2, 34), List.of(), true)));
        queued("c1", 2);

        assertThat(proposals()).isEmpty();
        assertThat(board.present()).isEmpty();
    }

    @Test
    void what_nobody_at_work_can_do_is_lacking_while_somebody_waits_for_it() {
        var key = new Key(NOON, Duration.ZERO, Duration.ZERO);
        var line = new Line("general", List.of(new Need("law", 2)), "", key, NOON, "", List.of());
        agent("ana", 1, 34);
        tell(facts("c1", 2, "queued", "", line));
        tell(facts("c2", 2, "queued", "", line));
        assertThat(board.lacking()).containsExactly(new Dispatch.Lack("law", 2, 2));

        tell(facts("c2", 3, "assigned", "ben", line));
        assertThat(board.lacking()).containsExactly(new Dispatch.Lack("law", 2, 1));

        board.lost(NOON, "c1");
        assertThat(board.lacking()).isEmpty();
    }

    private List<String> proposals() {
        return out.stream()
                .filter(Proposal.class::isInstance)
                .map(Proposal.class::cast)
                .map(it -> it.item() + "." + it.epoch() + " " + it.agent())
                .toList();
    }

    private void queued(String id, int epoch) {
        tell(facts(id, epoch, "queued", "", line("", List.of())));
    }

    private void assigned(String id, String agent, int epoch) {
        tell(facts(id, epoch, "assigned", agent, line("", List.of())));
    }

    private void tell(Facts facts) {
        out.addAll(board.conversation(NOON, facts));
    }

    private void agent(String id, long seq, int units, String... holds) {
        var held = List.of(holds).stream()
                .map(it -> new Agent.Held(it, Pool.CHAT, 34))
                .toList();
        out.addAll(board.agent(NOON, new Agent.Facts("t", view(id, seq, units), held, false)));
    }

    private static Agent.View view(String id, long seq, int units) {
        var profile = new Profile(List.of(), List.of(), List.of("general"), new Capacity(0, units));
        return new Agent.View(
                id, seq, Presence.AVAILABLE, Routing.READY, true, profile, new Capacity(0, 0), NOON, NOON, "", 0);
    }

    private static Waiting row(String id, int epoch, String offered) {
        return new Waiting(id, epoch, "web", "", line("", List.of()), offered);
    }

    private static Line line(String last, List<Turned> turned) {
        var key = new Key(NOON, Duration.ZERO, Duration.ZERO);
        return new Line("general", List.of(), "", key, NOON, last, turned);
    }

    private static Facts facts(String id, int epoch, String status, String agent, Line line) {
        var waits = switch (status) {
            case "queued" -> Optional.of(new Waits(line, ""));
            case "reserved" -> Optional.of(new Waits(line, agent));
            default -> Optional.<Waits>empty();
        };
        var owner = status.equals("assigned") ? agent : "";
        return new Facts("t", id, 9, NOON, "web", status, owner, "", epoch, "", 1, List.of(), "", 1, 0, waits);
    }
}
