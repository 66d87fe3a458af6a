package switchboard.speed;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import switchboard.bench.Findings;
import switchboard.bench.Goal;
import switchboard.bench.Part;
import switchboard.bench.Stand;
import switchboard.program.Command;
import switchboard.program.Progress;
import switchboard.starting.Alone;
import switchboard.starting.Phases;
import switchboard.starting.RunCommand;

/**
 * From the command to the line that says where it listens: the run command with everything compiled and fetched, on a new data folder and
 * on that of before, with the embedded Cassandra and the bot; and the program alone beside the stand's Cassandra, with an AOT cache from
 * one start and without, by turns.
 */
final class Start implements Part {

    private static final int ROUNDS = 3;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public void measure(Stand stand, Findings findings) throws Exception {
        alone(stand, findings);
        // Two programs would be in each other's way.
        stand.stop();
        byCommand(stand.data().resolve("start"), findings);
    }

    private static void alone(Stand stand, Findings findings) throws Exception {
        var alone = new Alone(stand.data().resolve("alone"), stand.program().cassandraPort(), "alone");
        Progress.say("learning from one start");
        var cache = alone.train();
        var plain = new ArrayList<Alone.Run>();
        var learned = new ArrayList<Alone.Run>();
        for (int round = 1; round <= ROUNDS; round++) {
            Progress.say("alone, round %d of %d".formatted(round, ROUNDS));
            plain.add(alone.run());
            learned.add(alone.run(cache));
        }
        findings.add("program alone, without AOT cache", "s", Figures.each(plain, Alone.Run::seconds));
        findings.add("program alone, with AOT cache", "s", Figures.each(learned, Alone.Run::seconds), Goal.atMost(4));
        findings.add("CPU of a start without AOT cache", "s", Figures.each(plain, Alone.Run::cpu));
        findings.add("CPU of a start with AOT cache", "s", Figures.each(learned, Alone.Run::cpu));
        findings.add("AOT cache", "MiB", Files.size(cache) / (1024.0 * 1024), Goal.none());
        note(
                findings,
                "alone without AOT cache",
                plain.getLast().output(),
                plain.getLast().seconds());
        note(
                findings,
                "alone with AOT cache",
                learned.getLast().output(),
                learned.getLast().seconds());
    }

    private static void byCommand(Path data, Findings findings) throws Exception {
        if (!Command.there("mvn")) {
            findings.note("the run command was not measured, for want of mvn on the path");
            return;
        }
        Progress.say("mvn compile exec:exec, on a new folder");
        var first = RunCommand.on(data);
        findings.add("run command, new data folder", "s", first.seconds(), Goal.atMost(12));
        note(findings, "run command, new data folder", first.output(), first.seconds());
        Progress.say("mvn compile exec:exec, again");
        var again = RunCommand.on(data);
        findings.add("run command, again", "s", again.seconds(), Goal.atMost(12));
        note(findings, "run command, again", again.output(), again.seconds());
    }

    private static void note(Findings findings, String what, String output, double seconds) {
        findings.note(what + ", seconds: " + Phases.text(output, seconds));
    }
}
