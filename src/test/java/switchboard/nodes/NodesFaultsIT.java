package switchboard.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import switchboard.nodes.Trouble.Fault;
import switchboard.nodes.Trouble.Seen;
import switchboard.program.Progress;

/** The first faults, at moments that a seed decides, against three nodes; each prints its part of the table of faults. */
@Tag("full")
@Tag("faults")
class NodesFaultsIT {

    @TempDir
    private Path folder;

    /** Of one that lives through some of them. */
    private Optional<Upkeep> upkeep = Optional.empty();

    private final List<Seen> seen = new ArrayList<>();

    @Test
    void killed() throws Exception {
        judged(trouble -> {
            var nodes = trouble.nodes();
            var spared = trouble.any();
            var last = spared;
            for (int i = 0; i < 10; i++) {
                // one that has had the time to get shards again
                var node = i < 5 ? trouble.anyBut(last) : trouble.anyBut(last, spared);
                last = node;
                if (i == 7) {
                    upkeep = Optional.of(trouble.upkeep(spared));
                }
                if (i % 2 == 0) {
                    happens(trouble, "node killed", () -> nodes.kill(node));
                    nodes.start(node);
                } else {
                    happens(trouble, "node killed, and started again at once", () -> {
                        nodes.kill(node);
                        nodes.begin(node);
                    });
                    nodes.awaitReady(node);
                }
            }
            for (int i = 0; i < 3; i++) {
                happens(trouble, "Cassandra killed", () -> killCassandra(nodes));
            }
            var node = trouble.anyBut(last, spared);
            happens(trouble, "node and Cassandra killed", () -> {
                nodes.kill(node);
                killCassandra(nodes);
            });
            nodes.start(node);
            upkeep.orElseThrow().after("after all");
        });
    }

    @Test
    void slow_or_cut_off() throws Exception {
        judged(trouble -> {
            var nodes = trouble.nodes();
            for (var seconds : List.of(2, 8, 25)) {
                happens(trouble, "Cassandra stands still for " + seconds + " s", () -> standStill(nodes, seconds));
            }
            zombie(trouble);
            partitions(trouble);
        });
    }

    @Test
    void restarted_one_after_the_other() throws Exception {
        judged(trouble -> {
            var nodes = trouble.nodes();
            for (int i = 0; i < 3; i++) {
                happens(
                        trouble,
                        "rolling restart",
                        () -> IntStream.range(0, nodes.count()).forEach(node -> {
                            assertThat(nodes.terminate(node)).isEqualTo(143);
                            nodes.start(node);
                        }));
            }
            assertThat(seen).as("a retry within 10 s is enough").allMatch(it -> it.longest() < 10);
        });
    }

    /** Stopped for longer than it takes the others to go on without it; when it goes on it must notice before it writes. */
    private void zombie(Trouble trouble) throws Exception {
        var nodes = trouble.nodes();
        var node = trouble.any();
        happens(trouble, "zombie", () -> {
            nodes.pause(node);
            Trouble.pause(25);
            nodes.resume(node);
            assertThat(nodes.process(node).exit()).as("it ends").isEqualTo(1);
        });
        nodes.start(node);
    }

    private void partitions(Trouble trouble) throws Exception {
        var nodes = trouble.nodes();
        var one = trouble.any();
        happens(trouble, "partition, 1 against 2", () -> {
            nodes.partition(Set.of(one), true);
            assertThat(nodes.process(one).exit()).as("it ends").isEqualTo(1);
            nodes.partition(Set.of(one), false);
        });
        nodes.start(one);

        var from = trouble.any();
        var to = (from + 1) % nodes.count();
        happens(trouble, "partition, one way", () -> {
            nodes.oneWay(from, to, true);
            Trouble.pause(20);
            nodes.oneWay(from, to, false);
        });
        revive(nodes);

        var flapping = trouble.any();
        happens(trouble, "partition, flapping", () -> {
            for (int i = 0; i < 6; i++) {
                nodes.partition(Set.of(flapping), i % 2 == 0);
                Trouble.pause(3);
            }
        });
        revive(nodes);

        var without = trouble.any();
        happens(trouble, "node cut off from Cassandra alone", () -> {
            nodes.cutFromCassandra(without, true);
            assertThat(nodes.process(without).exit())
                    .as("the others go on without it")
                    .isEqualTo(1);
            nodes.cutFromCassandra(without, false);
        });
        nodes.start(without);
    }

    /** Who has ended is started again, as an operator's supervisor would. */
    private static void revive(Nodes nodes) {
        IntStream.range(0, nodes.count())
                .filter(node -> nodes.process(node).ended())
                .forEach(nodes::start);
    }

    private static void killCassandra(Nodes nodes) {
        var pid = nodes.cassandra().pid();
        Nodes.signal(pid, "KILL");
        switchboard.SwitchboardProcess.await(
                "another Cassandra", () -> nodes.cassandra().pid() != pid);
    }

    private static void standStill(Nodes nodes, int seconds) {
        var pid = nodes.cassandra().pid();
        Nodes.signal(pid, "STOP");
        Trouble.pause(seconds);
        Nodes.signal(pid, "CONT");
    }

    private void happens(Trouble trouble, String what, Fault fault) throws Exception {
        upkeep.ifPresent(it -> it.after("before another " + what));
        seen.add(trouble.after(what, fault));
    }

    private interface Story {
        void tell(Trouble trouble) throws Exception;
    }

    private void judged(Story story) throws Exception {
        try (var trouble = new Trouble(folder)) {
            story.tell(trouble);
            var judgement = trouble.judge();
            upkeep.ifPresent(
                    it -> assertThat(it.findings().violations()).as("I11").isEmpty());
            Table.of(seen, trouble.seed(), judgement.findings().violations().size())
                    .forEach(Progress::say);
        }
    }
}
