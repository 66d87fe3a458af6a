package switchboard.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.uuid.Uuids;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import switchboard.log.Hash;
import switchboard.log.Head;
import switchboard.storage.TestCassandra;

class HeadsIT {

    @RegisterExtension
    static final TestCassandra cassandra = new TestCassandra();

    private static final ActorTestKit kit = ActorTestKit.create();

    private final String pid = "Conversation|acme:" + Uuids.random();

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void nothing_is_known_of_a_log_that_never_told() {
        assertThat(done(heads().find(pid))).isEmpty();
    }

    @Test
    void a_head_is_known_here_at_once_and_elsewhere_once_written() {
        var heads = heads();

        heads.record(pid, head(7));
        assertThat(done(heads.find(pid))).contains(head(7));
        assertThat(done(heads().find(pid))).isEmpty();
        done(heads.stop());

        assertThat(done(heads().find(pid))).contains(head(7));
    }

    @Test
    void an_older_head_never_replaces_a_later_one() {
        var heads = heads();
        heads.record(pid, head(7));
        heads.record(pid, head(5));
        assertThat(done(heads.find(pid))).contains(head(7));
        done(heads.stop());

        var other = heads();
        other.record(pid, head(6));
        assertThat(done(other.find(pid))).contains(head(7));
        done(other.stop());

        assertThat(done(heads().find(pid))).contains(head(7));
    }

    @Test
    void heads_are_written_by_themselves() {
        var heads = new Heads(kit.system(), cassandra.session(), cassandra.keyspace(), Duration.ofMillis(20));
        heads.record(pid, head(3));

        var elsewhere = heads();
        kit.createTestProbe().awaitAssert(() -> {
            assertThat(done(elsewhere.find(pid))).contains(head(3));
            return true;
        });
        done(heads.stop());
    }

    private static Head head(long seq) {
        return new Head(seq, Hash.of(new byte[] {(byte) seq}));
    }

    private static Heads heads() {
        return new Heads(kit.system(), cassandra.session(), cassandra.keyspace(), Duration.ofHours(1));
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
