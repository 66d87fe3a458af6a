package switchboard.nodes;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** I1 to I4 and I8 while nodes of a cluster come and go. */
class NodesIT {

    @TempDir
    private Path folder;

    @Test
    void what_was_acknowledged_is_kept_once_and_in_order_whichever_node_ends_and_however() throws Exception {
        try (var trouble = new Trouble(folder)) {
            var nodes = trouble.nodes();
            var killed = trouble.any();
            trouble.after("kill -9 of a node", () -> nodes.kill(killed));
            trouble.after("it comes back", () -> nodes.start(killed));
            var stopped = trouble.any();
            trouble.after("SIGTERM of a node", () -> nodes.terminate(stopped));
            trouble.after("it comes back", () -> nodes.start(stopped));

            trouble.judge();
        }
    }
}
