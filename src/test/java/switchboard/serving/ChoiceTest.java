package switchboard.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static switchboard.scribe.PlainHouse.NOON;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import switchboard.log.Chain;
import switchboard.log.Entry;
import switchboard.log.Head;
import switchboard.log.Pen;
import switchboard.register.Latest;
import switchboard.scribe.PlainHouse;
import switchboard.serving.Choice.Choose;
import switchboard.serving.Choice.Chosen;
import switchboard.serving.Choice.Command;
import switchboard.serving.Choice.Follow;
import switchboard.serving.Choice.Look;
import switchboard.serving.Choice.Told;
import switchboard.wire.Refusal;

/** Which model of a tenant is to serve: what is chosen, whatever breaks. */
class ChoiceTest {

    private static final String OLD = "a".repeat(64);
    private static final String NEW = "b".repeat(64);
    private static final ActorTestKit actors = ActorTestKit.create(PlainHouse.config());
    private static final AtomicInteger TENANTS = new AtomicInteger();

    private final String tenant = "t" + TENANTS.incrementAndGet();
    private final String pid = "Model|" + tenant;
    private final PlainHouse house = new PlainHouse();
    private final TestProbe<ClusterSharding.ShardCommand> shard = actors.createTestProbe();
    private final TestProbe<Told> node = actors.createTestProbe();
    private final EventSourcedBehaviorTestKit<Command, Entry, Latest<Chosen>> choice =
            EventSourcedBehaviorTestKit.create(
                    actors.system(),
                    Choice.create(tenant, shard.ref(), house.desk()),
                    EventSourcedBehaviorTestKit.disabledSerializationSettings());

    @AfterAll
    static void stop() {
        actors.shutdownTestKit();
    }

    @Test
    void until_somebody_chooses_the_newest_is_to_serve_and_nothing_is_written() {
        assertThat(look()).isEqualTo(Chosen.NOTHING);
        assertThat(choose("", 0)).isEqualTo(StatusReply.success(Chosen.NOTHING));
        assertThat(entries()).isEmpty();
    }

    @Test
    void choices_are_numbered_from_1_and_the_last_counts() {
        assertThat(choose(OLD, 0)).isEqualTo(StatusReply.success(new Chosen(1, NOON, "adam", OLD)));
        house.clock = NOON.plusSeconds(60);
        choose(NEW, 1);
        choose("", 2);

        assertThat(look()).isEqualTo(new Chosen(3, NOON.plusSeconds(60), "adam", ""));
        assertThat(look().pins()).isFalse();
        assertChain(3);
    }

    @Test
    void what_is_chosen_already_is_as_it_is_whatever_is_expected() {
        choose(OLD, 0);

        assertThat(choose(OLD, 7).getValue().number()).isEqualTo(1);
        assertChain(1);
    }

    @Test
    void of_two_who_saw_the_same_choice_the_second_is_refused() {
        choose(OLD, 0);

        assertThat(choose(NEW, 0)).isEqualTo(Refusal.PRECONDITION_FAILED.reply());
        assertThat(choose(NEW, -1).getValue().number()).isEqualTo(2);
    }

    @Test
    void who_follows_is_told_at_once_unless_he_knows_and_of_each_choice_until_he_ends() {
        var other = actors.<Told>createTestProbe();
        choice.runCommand(new Follow(other.ref(), -1));
        assertThat(other.receiveMessage()).isEqualTo(new Told(tenant, Chosen.NOTHING));
        choice.runCommand(new Follow(node.ref(), 0));
        other.stop();
        node.expectTerminated(other.ref());
        choose(OLD, 0);
        choose("", 1);

        assertThat(node.receiveMessage().chosen().model()).isEqualTo(OLD);
        assertThat(node.receiveMessage().chosen().number()).isEqualTo(2);
        node.expectNoMessage();
    }

    @Test
    void killed_before_the_write_nothing_has_changed_and_its_repeat_is_choice_1() {
        look(); // the one that is restarted below has begun, and finds nothing that the other leaves behind
        fail();
        house.unconfirmed.confirmed(pid);

        choice.restart();

        assertThat(look()).isEqualTo(Chosen.NOTHING);
        assertThat(choose(OLD, 0).getValue().number()).isEqualTo(1);
    }

    @Test
    void a_write_of_unknown_outcome_is_written_once_more_and_then_counts() {
        fail();

        choice.restart();

        assertThat(look().model()).isEqualTo(OLD);
        assertThat(choose(OLD, 0).getValue().number()).isEqualTo(1);
        assertChain(1);
    }

    @Test
    void killed_between_the_write_and_the_answer_its_repeat_is_answered_as_the_first_would_have_been() {
        choose(OLD, 0);

        choice.restart();

        assertThat(choose(OLD, 0)).isEqualTo(StatusReply.success(new Chosen(1, NOON, "adam", OLD)));
        assertChain(1);
    }

    @Test
    void killed_after_the_answer_before_nodes_were_told_they_hear_of_it_when_they_follow_again() {
        choice.runCommand(new Follow(node.ref(), 0));
        choose(OLD, 0);
        node.receiveMessage();

        choice.restart();
        choice.runCommand(new Follow(node.ref(), 0));

        assertThat(node.receiveMessage().chosen().number()).isEqualTo(1);
    }

    @Test
    void a_late_write_beside_what_was_acknowledged_never_counts() {
        var event = ChoiceEvent.of(1, "eve", NEW);
        var late = new Pen(PlainHouse.KEYS, 1).write(choice.getState().head(), ChoiceEvent.type(event), NOON, 0, event);
        choose(OLD, 0);
        house.rows.put(1L, List.of(entries().getFirst(), late));

        choice.restart();

        assertThat(look().model()).isEqualTo(OLD);
        assertThat(choose("", 1).getValue().number()).isEqualTo(2);
        assertChain(2);
    }

    @Test
    void messages_cross_nodes_as_they_are() {
        var chosen = new Chosen(7, NOON, "adam", OLD);
        var replies = actors.<StatusReply<Chosen>>createTestProbe().ref();

        for (var message : List.of(
                new Choose("adam", 3, OLD, replies),
                new Look(replies),
                new Follow(node.ref(), -1),
                new Told(tenant, chosen),
                chosen)) {
            assertThat(actors.serializationTestKit().verifySerialization(message, true))
                    .isEqualTo(message);
        }
    }

    /** Another incarnation's write fails, and it ends. */
    private void fail() {
        var first = actors.spawn(Choice.create(tenant, shard.ref(), house.desk()));
        choice.persistenceTestKit().failNextPersisted(pid);
        first.tell(new Choose(
                "adam", 0, OLD, actors.<StatusReply<Chosen>>createTestProbe().ref()));
        actors.createTestProbe().expectTerminated(first);
    }

    private StatusReply<Chosen> choose(String model, long expected) {
        return ask(r -> new Choose("adam", expected, model, r));
    }

    private Chosen look() {
        return ask(Look::new).getValue();
    }

    private StatusReply<Chosen> ask(Function<ActorRef<StatusReply<Chosen>>, Command> command) {
        return choice.<StatusReply<Chosen>>runCommand(command).reply();
    }

    private List<Entry> entries() {
        return choice.persistenceTestKit().persistedInStorage(pid).stream()
                .map(Entry.class::cast)
                .toList();
    }

    private void assertChain(int choices) {
        var standing = new ArrayList<Entry>();
        var chain = Chain.standing(Head.of(pid), standing::add);
        entries().forEach(e -> chain.add(e.seq(), e));
        chain.finish();
        assertThat(standing).hasSize(choices).isEqualTo(entries()).allMatch(e -> e.genuine(PlainHouse.KEYS));
        assertThat(standing).allMatch(e -> ChoiceEvent.chosen(e).number() == e.seq());
    }
}
