package switchboard.faults;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** I1 to I4 and I8 while the program and its Cassandra are killed under load, in an order that the seed decides. */
class FaultsIT {

    private interface Fault {
        void happen(Trial trial) throws Exception;
    }

    private static final List<Fault> EACH_ONCE =
            List.of(Trial::killProgram, Trial::killCassandra, Trial::stopCassandra);
    private static final List<Fault> MANY = List.of(
            Trial::killProgram,
            Trial::killProgram,
            Trial::killProgram,
            Trial::killCassandra,
            Trial::killCassandra,
            Trial::stopCassandra);

    @TempDir
    private Path folder;

    @Test
    void what_was_acknowledged_is_kept_once_and_in_order_whatever_is_killed() throws Exception {
        kept(EACH_ONCE);
    }

    @Tag("full")
    @Test
    void what_was_acknowledged_is_kept_once_and_in_order_however_often_it_is_killed() throws Exception {
        kept(MANY);
    }

    private void kept(List<Fault> some) throws Exception {
        try (var trial = new Trial(folder)) {
            var faults = new ArrayList<>(some);
            Collections.shuffle(faults, trial.random());

            for (var fault : faults) {
                fault.happen(trial);
            }

            trial.judge();
        }
    }
}
