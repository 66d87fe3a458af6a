package switchboard.plan;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * Where contacts wait. An agent takes from the queues that he is a member of.
 *
 * @param skills what is asked for besides the contact's own needs, by name
 * @param steps at least one
 * @param overflow the queue that takes over when the last step ends; empty: none
 * @param target within what time an agent is promised; zero: not
 * @param offer how long an agent may take to accept
 * @param coolDown how long an agent who did not is not offered the same contact again
 * @param wrapUp how long it may take; zero: there is none
 * @param lastAgent how long a contact waits for the agent who last had it; zero: it doesn't
 * @param proficiency whether the better agent is chosen before the less flexible one
 */
public record Queue(
        String name,
        List<Need> skills,
        List<Step> steps,
        String overflow,
        Duration target,
        Duration offer,
        Duration coolDown,
        Duration wrapUp,
        Duration lastAgent,
        boolean proficiency) {

    public Queue {
        skills = skills.stream().sorted(Comparator.comparing(Need::skill)).toList();
        steps = List.copyOf(steps);
    }

    /** What is asked for in that step of a contact that has needs of its own, by skill, each skill once. */
    public List<Need> needs(int step, Collection<Need> own) {
        var waived = steps.get(step);
        var levels = new TreeMap<String, Integer>();
        skills.forEach(need -> levels.merge(need.skill(), need.level(), Math::max));
        own.forEach(need -> levels.merge(need.skill(), need.level(), Math::max));
        levels.keySet().removeIf(waived::waives);
        return levels.entrySet().stream()
                .map(e -> new Need(e.getKey(), Math.min(e.getValue(), waived.level())))
                .toList();
    }
}
