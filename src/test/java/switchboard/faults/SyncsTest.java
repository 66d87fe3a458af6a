package switchboard.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import switchboard.faults.Syncs.Span;

class SyncsTest {

    private static final long T = 1_763_900_000_000_000L;

    private static final List<String> TRACE = List.of(
            "812 1763900000.000100 fdatasync(45</d/commitlog/CommitLog-8-1.log>) = 0 <0.000050>",
            "813 1763900000.000200 fsync(46</d/data/big-Data.db>) = 0 <0.000010>",
            "812 1763900000.000300 fdatasync(45</d/commitlog/CommitLog-8-1.log> <unfinished ...>",
            "813 1763900000.000310 fdatasync(45</d/data/another.log> <unfinished ...>",
            "813 1763900000.000350 <... fdatasync resumed>) = 0 <0.000040>",
            "812 1763900000.000400 <... fdatasync resumed>) = 0 <0.000100>",
            "812 1763900000.000500 fdatasync(45</d/commitlog/CommitLog-8-1.log>) = -1 EIO (Input/output error) <0.000100>",
            "814 1763900000.000600 +++ exited with 0 +++");

    private static final List<String> WRITES = List.of(
            "812 1763900000.000100 pwrite64(45</d/commitlog/CommitLog-8-1.log>, \"\"..., 4096, 8192) = 4096 <0.000050>",
            "812 1763900000.000200 write(46</d/system.log>, \"\"..., 40) = 40 <0.000010>",
            "812 1763900000.000300 pwrite64(45</d/commitlog/CommitLog-8-1.log>, \"\"..., 4096, 8192) = -1 ENOSPC (No space) <0.000050>");

    private final Syncs syncs = Syncs.of(TRACE, "/commitlog/", false);

    @Test
    void calls_of_that_folder_that_succeeded_are_found_also_those_that_others_interrupt() {
        assertThat(syncs.all()).containsExactly(new Span(T + 100, T + 150), new Span(T + 300, T + 400));
    }

    @Test
    void a_write_is_a_sync_where_the_file_was_opened_for_that() {
        assertThat(Syncs.of(WRITES, "/commitlog/", true).all()).containsExactly(new Span(T + 100, T + 150));
        assertThat(Syncs.of(WRITES, "/commitlog/", false).all()).isEmpty();
        assertThat(Syncs.flags("pos:\t0\nflags:\t0150001\nmnt_id:\t29\n") & 0_010_000)
                .isNotZero();
        assertThat(Syncs.flags("pos:\t0\nflags:\t0140001\nmnt_id:\t29\n") & 0_010_000)
                .isZero();
    }

    @Test
    void who_was_acknowledged_before_the_sync_came_to_its_end_is_found() {
        var after = new Span(T + 90, T + 160);
        var early = new Span(T + 290, T + 390);
        var late = new Span(T + 310, T + 410);
        var failed = new Span(T + 490, T + 700);

        assertThat(syncs.missing(List.of(after, early, late, failed))).containsExactly(early, late, failed);
    }
}
