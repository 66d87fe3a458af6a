package switchboard.floor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import switchboard.custody.Worker;
import switchboard.invariants.Json;

/** Who works: all for the general queue, each second for urgent matters, each third for billing, better or worse. */
final class Roster {

    private static final int CHAT = 100;
    private static final int LEVELS = 5;

    /** So many of the run {@code seed}. */
    static List<Worker> of(int agents, long seed) {
        var all = new ArrayList<Worker>();
        for (int i = 0; i < agents; i++) {
            all.add(worker("play-" + Long.toString(seed, Character.MAX_RADIX) + "-" + i, i));
        }
        return all;
    }

    private static Worker worker(String name, int i) {
        var billing = i % 3 == 0;
        var queues = new ArrayList<>(List.of("general"));
        var skills = new TreeMap<String, Integer>();
        if (i % 2 == 0) {
            queues.add("urgent");
        }
        if (billing) {
            queues.add("billing");
            skills.putAll(Map.of("billing", i / 3 % LEVELS + 1));
        }
        return new Worker(name, skills, i % 4 == 0 ? Set.of("de") : Set.of("de", "en"), Set.copyOf(queues), CHAT, CHAT);
    }

    /** As she is put. */
    static String body(Worker worker) {
        var body = Json.object().put("name", "Simulated " + worker.agent());
        var languages = body.putArray("languages");
        worker.languages().stream().sorted().forEach(languages::add);
        var skills = body.putArray("skills");
        worker.skills()
                .forEach(
                        (skill, level) -> skills.addObject().put("skill", skill).put("level", level));
        var queues = body.putArray("queues");
        worker.queues().stream().sorted().forEach(queues::add);
        body.putObject("capacity").put("voice", worker.voice()).put("chat", worker.chat());
        return body.toString();
    }

    private Roster() {}
}
