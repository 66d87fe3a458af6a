package switchboard.joining;

import static org.assertj.core.api.Assertions.assertThat;
import static switchboard.joining.Programs.awaitReady;
import static switchboard.joining.Programs.carry;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import switchboard.SwitchboardProcess;
import switchboard.storage.TestCassandra;

/** Clusters that know nothing of each other, on one keyspace. */
class ApartIT {

    @RegisterExtension
    static final TestCassandra cassandra = new TestCassandra();

    @TempDir
    private Path folder;

    @Test
    void a_second_cluster_ends_with_the_reason_and_the_first_goes_on() throws Exception {
        try (var programs = new Programs(folder, cassandra.contact())) {
            var first = begin(programs, "first");
            awaitReady(first);

            var second = begin(programs, "second");

            assertThat(second.exit()).isEqualTo(1);
            assertThat(second.output())
                    .contains("switchboard cannot start: keyspace " + cassandra.keyspace()
                            + " is in use by another program (node-")
                    .doesNotContain("listening on");
            assertThat(first.ended()).isFalse();
            carry(first, first, "customer");
            assertThat(first.output()).doesNotContain("lease is lost");
        }
    }

    /** Its own contact point is all that it knows. */
    private static SwitchboardProcess begin(Programs programs, String name) {
        var management = Programs.free("127.0.0.1");
        return programs.begin(name, Programs.listed(management, Programs.free("127.0.0.1"), 1, List.of(management)));
    }
}
