package switchboard.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.Materializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import switchboard.conversation.Conversation.Facts;
import switchboard.handling.Line;
import switchboard.handling.Line.Turned;
import switchboard.handling.Waits;
import switchboard.plan.Key;
import switchboard.plan.Need;
import switchboard.storage.TestCassandra;

class LineRowsIT {

    @RegisterExtension
    static final TestCassandra cassandra = new TestCassandra();

    private static final ActorTestKit actors = ActorTestKit.create();
    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
    private static final Line LINE = new Line(
            "billing",
            List.of(new Need("billing", 3)),
            "high",
            new Key(NOON, Duration.ofMinutes(5), Duration.ofSeconds(20)),
            NOON.plusMillis(1),
            "ana",
            List.of(new Turned("ben", NOON.plusSeconds(2), true)));

    private static LineRows rows;
    private String tenant = "";

    @BeforeAll
    static void prepare() {
        rows = new LineRows(
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
    void what_waits_is_read_as_it_was_written() {
        follow("c1", 5, 2, Optional.of(new Waits(LINE, "")));

        assertThat(all()).containsExactly(new Waiting("c1", 2, "web", "de", LINE, ""));
    }

    @Test
    void what_is_offered_says_to_whom() {
        follow("c1", 5, 2, Optional.of(new Waits(LINE, "")));
        follow("c1", 6, 2, Optional.of(new Waits(LINE, "ana")));

        assertThat(all()).containsExactly(new Waiting("c1", 2, "web", "de", LINE, "ana"));
    }

    @Test
    void what_waits_no_more_has_no_row_and_an_older_word_brings_none_back() {
        follow("c1", 5, 2, Optional.of(new Waits(LINE, "")));
        follow("c1", 8, 3, Optional.empty());
        follow("c1", 6, 2, Optional.of(new Waits(LINE, "ana")));

        assertThat(all()).isEmpty();
    }

    @Test
    void many_are_spread_over_all_parts_and_none_is_missed() {
        for (int i = 0; i < 200; i++) {
            follow("c" + i, 5, 2, Optional.of(new Waits(LINE, "")));
        }

        assertThat(all()).hasSize(200);
        for (int part = 0; part < Dispatch.Rows.PARTS; part++) {
            assertThat(read(part)).hasSizeLessThan(40);
        }
    }

    private void follow(String id, long seq, int epoch, Optional<Waits> waits) {
        var facts = new Facts(tenant, id, seq, NOON, "web", "", "", "", epoch, "de", 1, List.of(), "", 1, 0, waits);
        rows.follow(facts).toCompletableFuture().join();
    }

    private List<Waiting> all() {
        var all = new ArrayList<Waiting>();
        for (int part = 0; part < Dispatch.Rows.PARTS; part++) {
            all.addAll(read(part));
        }
        return all;
    }

    private List<Waiting> read(int part) {
        return rows.read(tenant, part).toCompletableFuture().join();
    }
}
