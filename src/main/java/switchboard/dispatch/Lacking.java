package switchboard.dispatch;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import switchboard.plan.Need;

/** The skills that contacts which wait were said to need, and that nobody at work has. */
final class Lacking {

    private final Map<String, List<Need>> wanted = new HashMap<>();
    private final Map<Need, Integer> asking = new HashMap<>();
    private final Map<String, List<Need>> skilled = new HashMap<>();
    private final Map<Need, Integer> having = new HashMap<>();

    /** That conversation waits, and was said to need {@code needs}; again: these instead of those before. */
    void waits(String conversation, Collection<Need> needs) {
        replace(wanted, asking, conversation, needs);
    }

    /** It waits no longer. */
    void left(String conversation) {
        replace(wanted, asking, conversation, List.of());
    }

    /** She is at work, and has {@code skills}; again: these instead of those before. */
    void works(String agent, Collection<Need> skills) {
        replace(skilled, having, agent, skills);
    }

    /** She is not at work. */
    void away(String agent) {
        replace(skilled, having, agent, List.of());
    }

    private static void replace(
            Map<String, List<Need>> all, Map<Need, Integer> counts, String who, Collection<Need> now) {
        var before = now.isEmpty() ? all.remove(who) : all.put(who, List.copyOf(now));
        if (before != null) {
            before.forEach(it -> counts.computeIfPresent(it, (_, count) -> count == 1 ? null : count - 1));
        }
        now.forEach(it -> counts.merge(it, 1, Integer::sum));
    }

    /** Each with how many wait for it, the most wanted first. */
    List<Dispatch.Lack> all() {
        return asking.entrySet().stream()
                .filter(asked -> nobodyHas(asked.getKey()))
                .map(asked ->
                        new Dispatch.Lack(asked.getKey().skill(), asked.getKey().level(), asked.getValue()))
                .sorted(Comparator.comparingInt(Dispatch.Lack::waiting)
                        .reversed()
                        .thenComparing(Dispatch.Lack::skill)
                        .thenComparingInt(Dispatch.Lack::level))
                .toList();
    }

    private boolean nobodyHas(Need need) {
        return IntStream.rangeClosed(need.level(), Need.HIGHEST)
                .noneMatch(level -> having.containsKey(new Need(need.skill(), level)));
    }
}
