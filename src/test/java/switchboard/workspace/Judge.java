package switchboard.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import switchboard.workspace.World.Contact;

/**
 * Holds what Ana was shown, segment after segment, against what she was entitled to. Her own log: each number once. Of a
 * conversation runs: each has the entry that gave it to her, then all others from number 1 on, each once, up to one that
 * took it from her, or to the end while it is hers.
 */
final class Judge {

    /** One line of a conversation. */
    record Seen(long number, boolean ahead) {}

    private final List<Long> own = new ArrayList<>();
    private final Map<String, List<Seen>> said = new LinkedHashMap<>();

    /** This came next. */
    void sees(Shown shown) {
        switch (shown) {
            case Shown.Begun _ -> {}
            case Shown.Own it -> own.add(it.line().row().number());
            case Shown.Said it ->
                sees(it.conversation(), it.line().row().number(), it.line().ahead());
        }
    }

    void sees(String conversation, long number, boolean ahead) {
        said.computeIfAbsent(conversation, _ -> new ArrayList<>()).add(new Seen(number, ahead));
    }

    /** Whether all is shown that there is to show: of what is hers now, and of what was begun. */
    boolean isComplete(World world) {
        return !own.isEmpty()
                && own.getLast() == world.own.head()
                && world.contacts().entrySet().stream().allMatch(it -> isComplete(it.getKey(), it.getValue()));
    }

    private boolean isComplete(String conversation, Contact contact) {
        var runs = runs(said.getOrDefault(conversation, List.of()));
        if (runs.isEmpty()) {
            return !contact.hersNow();
        }
        var last = last(runs.getLast());
        return runs.getLast().size() == last && (contact.hersNow() ? last == contact.log.head() : !contact.hers(last));
    }

    private static long last(List<Seen> run) {
        return run.stream().mapToLong(Seen::number).max().orElseThrow();
    }

    /** Her log was joined after that number. */
    void judge(World world, long joined) {
        for (int i = 0; i < own.size(); i++) {
            assertThat(own.get(i)).as("her own log").isEqualTo(joined + 1 + i);
        }
        assertThat(own.getLast()).isEqualTo(world.own.head());
        world.contacts().forEach((id, contact) -> {
            var runs = runs(said.getOrDefault(id, List.of()));
            for (int i = 0; i < runs.size(); i++) {
                judge(id, contact, runs.get(i), contact.hersNow() && i == runs.size() - 1);
            }
        });
    }

    private static void judge(String id, Contact contact, List<Seen> run, boolean goesOn) {
        var given = run.getFirst().ahead() ? run.getFirst().number() : 0;
        var next = 1L;
        for (var seen : run.subList(given > 0 ? 1 : 0, run.size())) {
            next += next == given ? 1 : 0;
            assertThat(seen).as("%s in %s", id, run).isEqualTo(new Seen(next, false));
            next++;
        }
        var last = last(run);
        if (goesOn) {
            assertThat(last).as("%s is hers", id).isEqualTo(contact.log.head());
        } else {
            assertThat(contact.hers(last))
                    .as("%s ends with %d: %s", id, last, tail(contact, run))
                    .isFalse();
            assertThat(contact.hers(last - 1))
                    .as("%s is not hers before %d: %s", id, last, tail(contact, run))
                    .isTrue();
        }
    }

    /** What the latest entries were. */
    private static String tail(Contact contact, List<Seen> run) {
        return run.stream()
                .skip(Math.max(0, run.size() - 12))
                .map(seen -> seen.number() + " "
                        + contact.log.entry(seen.number()).type() + (contact.hers(seen.number()) ? " hers" : ""))
                .toList()
                .toString();
    }

    private static List<List<Seen>> runs(List<Seen> all) {
        var runs = new ArrayList<List<Seen>>();
        for (var seen : all) {
            var alone = !runs.isEmpty()
                    && runs.getLast().size() == 1
                    && runs.getLast().getFirst().ahead();
            if (seen.ahead() || runs.isEmpty() || (seen.number() == 1 && !alone)) {
                runs.add(new ArrayList<>());
            }
            runs.getLast().add(seen);
        }
        return runs;
    }
}
