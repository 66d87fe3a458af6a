package switchboard.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.uuid.Uuids;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import switchboard.log.Entry;
import switchboard.log.Head;
import switchboard.log.TenantKeys;
import switchboard.storage.TestCassandra;

class JournalIT {

    @RegisterExtension
    static final TestCassandra cassandra = new TestCassandra();

    private static final ActorTestKit kit = ActorTestKit.create();
    private static final TenantKeys KEYS = new TenantKeys(new byte[32], new byte[32]);

    private final String pid = "Conversation|acme:" + Uuids.random();
    private RawLog log = new RawLog(cassandra.session(), pid, KEYS);
    private Journal journal = new Journal(cassandra.session(), cassandra.keyspace());

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    @BeforeEach
    void open() {
        log = new RawLog(cassandra.session(), pid, KEYS);
        journal = new Journal(cassandra.session(), cassandra.keyspace());
    }

    @Test
    void a_log_that_does_not_exist_has_no_rows() {
        assertThat(all(journal.rows(pid))).isEmpty();
        assertThat(all(journal.read(pid, 0, 10))).isEmpty();
    }

    @Test
    void a_log_of_many_pages_is_read_whole_and_in_order() {
        var written = log.write(1_001);

        assertThat(all(journal.rows(pid)).stream().map(Journal.Row::entry)).isEqualTo(written);
        assertThat(all(journal.read(pid, 0, Long.MAX_VALUE))).isEqualTo(written);
    }

    @Test
    void a_part_begins_after_one_number_and_ends_with_another() {
        var written = log.write(30);

        assertThat(all(journal.read(pid, 0, 1))).isEqualTo(written.subList(0, 1));
        assertThat(all(journal.read(pid, 5, 10))).isEqualTo(written.subList(5, 10));
        assertThat(all(journal.read(pid, 20, 30))).isEqualTo(written.subList(20, 30));
        assertThat(all(journal.read(pid, 29, 99))).isEqualTo(written.subList(29, 30));
        assertThat(all(journal.read(pid, 30, 99))).isEmpty();
        assertThat(all(journal.read(pid, 7, 7))).isEmpty();
    }

    @Test
    void a_late_write_is_a_row_but_does_not_stand() {
        var written = log.write(20);
        var late = log.follow(Head.after(written.get(14)), Map.of("note", "late"));
        log.put(16, late.bytes());

        assertThat(all(journal.rows(pid))).hasSize(21).contains(new Journal.Row(16, late));
        assertThat(all(journal.read(pid, 0, 20))).isEqualTo(written);
        for (int after = 0; after < 20; after++) {
            assertThat(all(journal.read(pid, after, 20))).isEqualTo(written.subList(after, 20));
        }
        assertThat(journal.at(pid, 16, materializer()).toCompletableFuture().join())
                .containsExactly(written.get(15), late);
    }

    @Test
    void a_log_goes_on_in_the_next_partition() {
        var last =
                log.follow(new Head(Journal.PARTITION - 1, Head.of(pid).hash()), Map.of("note", "last of the first"));
        var next = log.follow(Head.after(last), Map.of("note", "first of the second"));
        log.put(last.seq(), last.bytes());
        log.put(next.seq(), next.bytes());

        assertThat(all(journal.rows(pid)).stream().map(Journal.Row::entry)).containsExactly(last, next);
        assertThat(all(journal.read(pid, last.seq(), next.seq()))).containsExactly(next);
    }

    @Test
    void an_entry_written_with_the_next_partitions_is_found_there() {
        var last =
                log.follow(new Head(Journal.PARTITION - 1, Head.of(pid).hash()), Map.of("note", "written in a group"));
        log.put(last.seq(), 1, 9001, last.bytes());

        assertThat(all(journal.rows(pid)).stream().map(Journal.Row::entry)).containsExactly(last);
        assertThat(all(journal.read(pid, last.seq() - 1, last.seq()))).containsExactly(last);
        assertThat(journal.at(pid, last.seq(), materializer())
                        .toCompletableFuture()
                        .join())
                .containsExactly(last);
    }

    @Test
    void a_row_of_another_serializer_is_no_entry() {
        var entry = log.follow(Head.of(pid), Map.of("note", "one"));
        log.put(1, 0, 17, entry.bytes());

        assertThat(all(journal.rows(pid)).getFirst().entry().type()).isEqualTo(Entry.UNREADABLE);
    }

    @Test
    void a_damaged_row_does_not_keep_the_rest_from_being_read() {
        var written = log.write(10);
        log.replace(5, new byte[] {1, 2, 3});

        assertThat(all(journal.read(pid, 5, 10))).isEqualTo(written.subList(5, 10));
        assertThat(all(journal.read(pid, 0, 10))).hasSize(10);
    }

    @Test
    void every_log_is_listed_once() {
        log.write(3);
        var other = new RawLog(cassandra.session(), pid + "x", KEYS);
        other.write(1);

        assertThat(all(journal.pids())).contains(pid, pid + "x").doesNotHaveDuplicates();
    }

    private static <T> List<T> all(Source<T, ?> source) {
        return source.runWith(Sink.seq(), kit.system()).toCompletableFuture().join();
    }

    private static Materializer materializer() {
        return Materializer.matFromSystem(kit.system());
    }
}
