package switchboard.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.Materializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import switchboard.channel.Partition.Waits;
import switchboard.conversation.Conversation.Facts;
import switchboard.storage.Stamp;
import switchboard.storage.TestCassandra;

class WaitingRowsIT {

    @RegisterExtension
    static final TestCassandra cassandra = new TestCassandra();

    private static final ActorTestKit actors = ActorTestKit.create();
    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
    private static final String C = "c" + "a".repeat(26);

    private static WaitingRows rows;
    private String tenant = "";

    @BeforeAll
    static void prepare() {
        rows = new WaitingRows(
                cassandra.session(), cassandra.keyspace(), Materializer.createMaterializer(actors.system()));
    }

    @BeforeEach
    void fresh(TestInfo test) {
        tenant = test.getTestMethod().orElseThrow().getName().replace('_', '-');
    }

    @AfterAll
    static void stop() {
        actors.shutdownTestKit();
    }

    @Test
    void what_waits_has_a_row_in_its_conversations_partition() {
        done(rows.follow(facts(C, 3, NOON, 3)));

        assertThat(read("", 10)).containsExactly(new Waits(C, 3, Stamp.of(NOON, 3)));
        assertThat(done(rows.find(tenant, "web", C))).contains(new WaitingRows.Row(3, "sealed", 1));
        assertThat(done(rows.read(new Partition.Id(tenant, "web", Partition.of(C) + 1), "", 10)))
                .isEmpty();
        assertThat(done(rows.read(new Partition.Id(tenant, "sms", Partition.of(C)), "", 10)))
                .isEmpty();
        assertThat(done(rows.find("other", "web", C))).isEmpty();
    }

    @Test
    void what_is_accepted_has_none() {
        done(rows.follow(facts(C, 3, NOON, 3)));
        done(rows.follow(facts(C, 4, NOON, 0)));

        assertThat(read("", 10)).isEmpty();
        assertThat(done(rows.find(tenant, "web", C))).isEqualTo(Optional.empty());
    }

    @Test
    void an_older_word_after_a_newer_changes_nothing() {
        done(rows.follow(facts(C, 5, NOON, 5)));
        done(rows.follow(facts(C, 4, NOON, 0)));
        done(rows.follow(facts(C, 3, NOON.minusMillis(1), 3)));
        assertThat(read("", 10)).containsExactly(new Waits(C, 5, Stamp.of(NOON, 5)));

        done(rows.follow(facts(C, 6, NOON, 0)));
        done(rows.follow(facts(C, 5, NOON, 5)));

        assertThat(read("", 10)).isEmpty();
    }

    @Test
    void the_same_word_again_changes_nothing() {
        done(rows.follow(facts(C, 5, NOON, 5)));
        done(rows.follow(facts(C, 5, NOON, 5)));

        assertThat(read("", 10)).containsExactly(new Waits(C, 5, Stamp.of(NOON, 5)));
    }

    @Test
    void a_partition_is_read_in_order_from_anywhere_and_bounded() {
        var mine = Partition.of(C);
        var conversations = java.util.stream.IntStream.range(0, 2_000)
                .mapToObj(i -> "c" + String.format("%026d", i))
                .filter(c -> Partition.of(c) == mine)
                .toList();
        conversations.forEach(c -> done(rows.follow(facts(c, 1, NOON, 1))));

        assertThat(read("", 10_000)).extracting(Waits::conversation).containsExactlyElementsOf(conversations);
        assertThat(read(conversations.get(4), 3))
                .extracting(Waits::conversation)
                .containsExactlyElementsOf(conversations.subList(5, 8));
    }

    @Test
    void a_row_outlives_the_day_after_which_its_message_fails_but_not_for_ever() {
        done(rows.follow(facts(C, 3, NOON, 3)));

        var left = cassandra
                .session()
                .execute("SELECT TTL(waiting) FROM outbound WHERE tenant = '%s' AND channel = 'web' AND part = %d"
                        .formatted(tenant, Partition.of(C)))
                .map(row -> row.getInt(0))
                .all();

        assertThat(left).singleElement().satisfies(ttl -> assertThat(ttl).isBetween(86_400, 172_800));
    }

    private Facts facts(String conversation, long seq, Instant at, long waiting) {
        return new Facts(
                tenant,
                conversation,
                seq,
                at,
                "web",
                "bot",
                "",
                "",
                1,
                "de",
                1,
                List.of(),
                "sealed",
                1,
                waiting,
                Optional.empty());
    }

    private List<Waits> read(String after, int limit) {
        return done(rows.read(new Partition.Id(tenant, "web", Partition.of(C)), after, limit));
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
