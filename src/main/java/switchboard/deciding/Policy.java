package switchboard.deciding;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * When the bot answers and when a person is needed. Made by {@link PolicyReader}.
 *
 * @param version of these limits; those of the rules are their own
 * @param confidence from which on a need counts as understood, 0 to 1
 * @param wish from which on a person counts as asked for in words that the grammar does not have, 0 to 1; over 0
 * @param knowledge score from which on an article answers, 0 to 1
 * @param likeness from which on two messages are the same, 0 to 1
 * @param frustration from which on a customer counts as frustrated, 0 to 1; over 0
 * @param candidates how many needs are named when asking back
 * @param turns of the bot in an episode, after which a person is needed
 * @param rate replies of the bot within {@code window}, after which it falls silent
 * @param deadline for the bot's work
 * @param money largest amount that the bot deals with, in any currency
 * @param valuable tiers of customers
 * @param queues where a reason leads, by its code; others lead where the topic does
 * @param priorities by code of a reason
 * @param topics by intent; what is not named has nothing special
 */
public record Policy(
        int version,
        double confidence,
        double wish,
        double knowledge,
        double likeness,
        double frustration,
        int candidates,
        int turns,
        int rate,
        Duration window,
        Duration deadline,
        long money,
        List<String> valuable,
        Map<String, String> queues,
        Map<String, String> priorities,
        Map<String, Topic> topics) {

    /**
     * What is special about a topic.
     *
     * @param personFirst people serve it first
     * @param irreversible what is asked for cannot be undone
     * @param queue empty: the default one
     */
    public record Topic(boolean personFirst, boolean irreversible, String queue, List<String> skills) {

        static final Topic PLAIN = new Topic(false, false, "", List.of());

        public Topic {
            skills = List.copyOf(skills);
        }
    }

    public Policy {
        valuable = List.copyOf(valuable);
        queues = new TreeMap<>(queues);
        priorities = new TreeMap<>(priorities);
        topics = new TreeMap<>(topics);
    }

    Topic topic(String intent) {
        return topics.getOrDefault(intent, Topic.PLAIN);
    }

    Decision.HandOver handOver(Decision.Reason reason, Decision.Evidence evidence, String intent) {
        var topic = topic(intent);
        return new Decision.HandOver(
                reason,
                evidence,
                queues.getOrDefault(reason.code(), topic.queue()),
                topic.skills(),
                priorities.getOrDefault(reason.code(), ""));
    }
}
