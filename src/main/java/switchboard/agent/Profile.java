package switchboard.agent;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What an agent can do, without her name.
 *
 * @param languages BCP 47 tags, the best first
 * @param queues those that she works for
 */
public record Profile(List<String> languages, List<Skill> skills, List<String> queues, Capacity capacity) {

    static final Profile NONE = new Profile(List.of(), List.of(), List.of(), Capacity.NONE);

    /** {@code level} 1 to 5. */
    public record Skill(String skill, int level) {}

    /** Two pools of units, which know nothing of each other; what an item costs is the routing plan's to say. */
    public enum Pool {
        /** What takes the whole attention. */
        @JsonProperty("voice")
        VOICE,
        /** What can be interrupted: chats, mails. */
        @JsonProperty("chat")
        CHAT
    }

    /** Units in each pool. */
    public record Capacity(int voice, int chat) {

        static final Capacity NONE = new Capacity(0, 0);

        /** Of one pool. */
        public int of(Pool pool) {
            return pool == Pool.VOICE ? voice : chat;
        }

        Capacity plus(Pool pool, int units) {
            return pool == Pool.VOICE ? new Capacity(voice + units, chat) : new Capacity(voice, chat + units);
        }
    }

    public Profile {
        languages = List.copyOf(languages);
        skills = List.copyOf(skills);
        queues = List.copyOf(queues);
    }
}
