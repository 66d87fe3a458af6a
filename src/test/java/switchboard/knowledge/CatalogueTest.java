package switchboard.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static switchboard.knowledge.TestArticles.BUILT_IN;
import static switchboard.knowledge.TestArticles.json;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import switchboard.knowledge.Catalogue.Change;
import switchboard.knowledge.Catalogue.Command;
import switchboard.knowledge.Catalogue.Edit;
import switchboard.knowledge.Catalogue.Follow;
import switchboard.knowledge.Catalogue.Look;
import switchboard.knowledge.Catalogue.Outcome;
import switchboard.knowledge.Catalogue.Outcomes;
import switchboard.knowledge.Catalogue.Put;
import switchboard.knowledge.Catalogue.Remove;
import switchboard.knowledge.Catalogue.Told;
import switchboard.log.Chain;
import switchboard.log.Entry;
import switchboard.log.Head;
import switchboard.log.Pen;
import switchboard.scribe.PlainHouse;
import switchboard.wire.Refusal;

/** What a tenant knows: what stands, whatever breaks. */
class CatalogueTest {

    private static final ActorTestKit actors = ActorTestKit.create(PlainHouse.config());
    private static final AtomicInteger TENANTS = new AtomicInteger();

    private final String tenant = "t" + TENANTS.incrementAndGet();
    private final String pid = "Knowledge|" + tenant;
    private final PlainHouse house = new PlainHouse();
    private final TestProbe<ClusterSharding.ShardCommand> shard = actors.createTestProbe();
    private final TestProbe<Told> node = actors.createTestProbe();
    private final EventSourcedBehaviorTestKit<Command, Entry, CatalogueBook> catalogue =
            EventSourcedBehaviorTestKit.create(
                    actors.system(),
                    Catalogue.create(tenant, shard.ref(), house.desk(), BUILT_IN),
                    EventSourcedBehaviorTestKit.disabledSerializationSettings());

    @AfterAll
    static void stop() {
        actors.shutdownTestKit();
    }

    @Test
    void what_is_built_in_stands_as_version_0_and_nothing_is_written() {
        assertThat(look("refund")).isEqualTo(StatusReply.success(0L));
        assertThat(look("gift")).isEqualTo(Refusal.NOT_FOUND.reply());
        assertThat(entries()).isEmpty();
    }

    @Test
    void every_change_is_the_next_version_of_the_whole_and_of_its_article() {
        assertThat(change(put("gift", "One", -1))).containsExactly(done(1));
        assertThat(change(put("refund", "Six days.", 0))).containsExactly(done(2));
        assertThat(change(remove("gift", 1))).containsExactly(done(3));

        assertThat(look("refund")).isEqualTo(StatusReply.success(2L));
        assertThat(look("gift")).isEqualTo(Refusal.NOT_FOUND.reply());
        assertChain(3);
    }

    @Test
    void what_stands_there_again_is_as_it_is_whatever_is_expected() {
        change(put("gift", "One", -1));

        assertThat(change(put("gift", "One", 7), put("refund", "Five days.", 9)))
                .containsExactly(done(1), done(0));
        assertChain(1);
    }

    @Test
    void of_two_who_saw_the_same_version_the_second_is_refused() {
        change(put("gift", "One", -1));

        assertThat(change(put("gift", "Two", 1))).containsExactly(done(2));
        assertThat(change(put("gift", "Three", 1), remove("gift", 1)))
                .containsExactly(refused(Refusal.PRECONDITION_FAILED), refused(Refusal.PRECONDITION_FAILED));
        assertChain(2);
    }

    @Test
    void what_was_removed_is_removed_again_as_it_is_and_may_be_put_again() {
        change(remove("refund", 0));

        assertThat(change(remove("refund", 0))).containsExactly(done(1));
        assertThat(change(put("refund", "Five days.", -1))).containsExactly(done(2));
        assertThat(look("refund")).isEqualTo(StatusReply.success(2L));
    }

    @Test
    void what_never_was_cannot_be_removed_nor_is_it_at_a_version() {
        assertThat(change(remove("gift", -1), put("gift", "One", 0)))
                .containsExactly(refused(Refusal.NOT_FOUND), refused(Refusal.PRECONDITION_FAILED));
        assertThat(entries()).isEmpty();
    }

    @Test
    void many_edits_are_one_write_and_each_finds_what_those_before_it_left() {
        var outcomes = change(
                put("gift", "One", -1),
                put("gift", "Two", 1),
                remove("gift", 2),
                put("gift", "Three", 9),
                put("a", "A", -1));

        assertThat(outcomes).containsExactly(done(1), done(2), done(3), refused(Refusal.PRECONDITION_FAILED), done(4));
        assertChain(4);
    }

    @Test
    void a_tenant_has_room_for_so_much_and_no_more() {
        var marks = new Shelfmarks(BuiltInArticles.NONE);
        var some = IntStream.range(0, 1_100)
                .mapToObj(i -> (Edit) put("a" + i, "x".repeat(16_000) + "ü".repeat(384) + i, -1))
                .toList();
        var large = IntStream.range(0, 4_200)
                .mapToObj(i -> (Edit) put("b" + i, "x".repeat(16_000) + i, -1))
                .toList();

        assertThat(Edits.of(marks, 0, "adam", some).outcomes()).noneMatch(it -> it.version() == 0);
        assertThat(Edits.of(marks, 0, "adam", large).outcomes().getLast()).isEqualTo(refused(Refusal.KNOWLEDGE_FULL));
    }

    @Test
    void who_follows_is_told_at_once_unless_he_knows_and_of_each_write_from_then_on() {
        catalogue.runCommand(new Follow(node.ref(), -1));
        assertThat(node.receiveMessage()).isEqualTo(new Told(tenant, 0));
        catalogue.runCommand(new Follow(node.ref(), 0));
        change(put("gift", "One", -1), put("a", "A", -1));
        change(put("gift", "Two", -1));

        assertThat(node.receiveMessage()).isEqualTo(new Told(tenant, 2));
        assertThat(node.receiveMessage()).isEqualTo(new Told(tenant, 3));
        node.expectNoMessage();
    }

    @Test
    void killed_before_the_write_nothing_has_changed_and_its_repeat_is_version_1() {
        look("gift"); // the one that is restarted below has begun, and finds nothing that the other leaves behind
        var first = actors.spawn(Catalogue.create(tenant, shard.ref(), house.desk(), BUILT_IN));
        catalogue.persistenceTestKit().failNextPersisted(pid);
        first.tell(new Change(
                "adam",
                List.of(put("gift", "One", -1)),
                actors.<StatusReply<Outcomes>>createTestProbe().ref()));
        node.expectTerminated(first);
        house.unconfirmed.confirmed(pid);
        catalogue.restart();

        assertThat(look("gift")).isEqualTo(Refusal.NOT_FOUND.reply());
        assertThat(change(put("gift", "One", -1))).containsExactly(done(1));
    }

    @Test
    void killed_after_the_write_and_before_the_answer_a_repeat_is_answered_as_it_is() {
        change(put("gift", "One", -1), put("a", "A", -1));
        catalogue.restart();

        assertThat(change(put("gift", "One", -1), put("a", "A", -1))).containsExactly(done(1), done(2));
        assertChain(2);
    }

    @Test
    void killed_between_two_batches_of_an_import_its_repeat_writes_only_what_is_missing() {
        change(put("a", "A", -1), put("b", "B", -1));
        catalogue.restart();

        assertThat(change(put("a", "A", -1), put("b", "B", -1))).containsExactly(done(1), done(2));
        assertThat(change(put("c", "C", -1))).containsExactly(done(3));
        assertChain(3);
    }

    @Test
    void bytes_of_a_stranger_change_nothing() {
        house.rows.put(2L, List.of(Entry.of(new byte[3])));
        var one = new Pen(PlainHouse.KEYS, 1)
                .write(
                        Head.of(pid),
                        "article.put",
                        PlainHouse.NOON,
                        0,
                        new KnowledgeEvent.Put(
                                1,
                                "adam",
                                switchboard.article.ArticleWriter.json(TestArticles.article("gift", "One"))));
        catalogue.persistenceTestKit().persistForRecovery(pid, List.of(one, Entry.of(new byte[3])));
        catalogue.restart();

        assertThat(look("gift")).isEqualTo(StatusReply.success(1L));
    }

    private static Put put(String id, String body, long expected) {
        return new Put(id, expected, json(id, body));
    }

    private static Remove remove(String id, long expected) {
        return new Remove(id, expected);
    }

    private static Outcome done(long version) {
        return new Outcome(version, "");
    }

    private static Outcome refused(Refusal why) {
        return new Outcome(0, why.name());
    }

    private List<Outcome> change(Edit... edits) {
        return this.<Outcomes>ask(r -> new Change("adam", List.of(edits), r))
                .getValue()
                .outcomes();
    }

    private StatusReply<Long> look(String id) {
        return ask(r -> new Look(id, r));
    }

    private <T> StatusReply<T> ask(Function<ActorRef<StatusReply<T>>, Command> command) {
        return catalogue.<StatusReply<T>>runCommand(command).reply();
    }

    private List<Entry> entries() {
        return catalogue.persistenceTestKit().persistedInStorage(pid).stream()
                .map(Entry.class::cast)
                .toList();
    }

    private void assertChain(int count) {
        var standing = new ArrayList<Entry>();
        var chain = new Chain(Head.of(pid), new Chain.Sink() {
            @Override
            public void stands(Entry entry) {
                standing.add(entry);
            }

            @Override
            public void stray(Entry entry) {
                throw new AssertionError("a stray");
            }

            @Override
            public void alien(Entry entry) {
                throw new AssertionError("an alien");
            }
        });
        var number = 0L;
        for (var entry : entries()) {
            chain.add(++number, entry);
        }
        chain.finish();
        assertThat(standing).hasSize(count);
    }
}
