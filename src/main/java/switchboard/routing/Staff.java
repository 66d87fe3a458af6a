package switchboard.routing;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import switchboard.contact.Command;
import switchboard.plan.Cost;
import switchboard.plan.Need;

/** All agents, each at a slot of its own, and who of them has and can take what, as sets of slots. */
final class Staff {

    /** A set of small numbers; the words are open to loops that combine two sets. */
    static final class Bits {

        long[] words = new long[2];

        boolean has(int number) {
            var word = number >>> 6;
            return word < words.length && (words[word] & (1L << number)) != 0;
        }

        void put(int number, boolean in) {
            var word = number >>> 6;
            if (word >= words.length) {
                words = Arrays.copyOf(words, Math.max(word + 1, 2 * words.length));
            }
            words[word] = in ? words[word] | (1L << number) : words[word] & ~(1L << number);
        }

        /** How many are in both. */
        int common(Bits other) {
            var count = 0;
            for (int i = Math.min(words.length, other.words.length) - 1; i >= 0; i--) {
                count += Long.bitCount(words[i] & other.words[i]);
            }
            return count;
        }

        /** Becomes what is in both. */
        void retain(Bits other) {
            for (int i = 0; i < words.length; i++) {
                words[i] = i < other.words.length ? words[i] & other.words[i] : 0;
            }
        }

        Bits copy() {
            var copy = new Bits();
            copy.words = words.clone();
            return copy;
        }

        /** The least one that is at least {@code from}; -1: none. */
        int next(int from) {
            var word = from >>> 6;
            if (word >= words.length) {
                return -1;
            }
            var rest = words[word] & (-1L << from);
            while (rest == 0) {
                if (++word == words.length) {
                    return -1;
                }
                rest = words[word];
            }
            return (word << 6) + Long.numberOfTrailingZeros(rest);
        }
    }

    /** Who has one skill, language or queue, and how well. */
    static final class Skill {

        private static final int LEVELS = 5;

        private final int number;
        private byte[] levels = new byte[0];
        private int uses;
        private final Bits[] atLeast = new Bits[LEVELS];

        Skill(int number) {
            this.number = number;
            Arrays.setAll(atLeast, _ -> new Bits());
        }

        /** A number for having it at that level, and for no other skill and level. */
        int ability(int level) {
            return number * LEVELS + level - 1;
        }

        /** At every level. */
        IntStream abilities() {
            return IntStream.rangeClosed(1, LEVELS).map(this::ability);
        }

        /** 0: not at all. */
        int level(int slot) {
            return slot < levels.length ? levels[slot] : 0;
        }

        Bits atLeast(int level) {
            return atLeast[level - 1];
        }

        private void set(int slot, int level) {
            if (slot >= levels.length) {
                levels = Arrays.copyOf(levels, Math.max(slot + 1, 2 * levels.length));
            }
            levels[slot] = (byte) level;
            for (int i = 0; i < LEVELS; i++) {
                atLeast[i].put(slot, level > i);
            }
        }
    }

    /** Who is ready and has so much free, and how many of them have what. */
    static final class Able {

        /** More than anybody has peers. */
        static final int HIDDEN = 1 << 30;

        final Bits agents = new Bits();

        private int count;

        /** By ability: who has the skill at that level or a higher one. */
        private int[] peers = new int[64];

        boolean isNobody() {
            return count == 0;
        }

        int peers(int ability) {
            return peers[ability];
        }

        /** As if everybody had them, until they are shown again. */
        void hide(int[] abilities) {
            for (var ability : abilities) {
                if (ability < peers.length) {
                    peers[ability] |= HIDDEN;
                }
            }
        }

        void show(int[] abilities) {
            for (var ability : abilities) {
                if (ability < peers.length) {
                    peers[ability] &= ~HIDDEN;
                }
            }
        }

        private void put(int agent, int[] abilities, boolean in) {
            if (agents.has(agent) != in) {
                agents.put(agent, in);
                count += in ? 1 : -1;
                for (var ability : abilities) {
                    count(ability, in ? 1 : -1);
                }
            }
        }

        private void count(int ability, int one) {
            if (ability >= peers.length) {
                peers = Arrays.copyOf(peers, Math.max(ability + 1, 2 * peers.length));
            }
            for (int level = ability - ability % Skill.LEVELS; level <= ability; level++) {
                peers[level] += one;
            }
        }
    }

    private final Map<String, Agent> agents = new HashMap<>();
    private final Map<String, Skill> skills = new HashMap<>();
    private final Map<Cost, Able> able = new HashMap<>();
    private final Bits ready = new Bits();
    /** Whose work or availability has changed since it was last asked who is able. */
    private final List<Agent> changed = new ArrayList<>();

    private final List<Integer> vacant = new ArrayList<>();
    private final List<Integer> vacantNumbers = new ArrayList<>();
    private @Nullable Agent[] slots = new Agent[64];
    private int[] flexibility = new int[64];
    private int[][] abilities = new int[64][];
    private long[] idle = new long[64];
    private int top;
    private int topNumber;

    static String language(String language) {
        return "language:" + language;
    }

    static String queue(String queue) {
        return "queue:" + queue;
    }

    @Nullable Agent agent(String id) {
        return agents.get(id);
    }

    Agent agent(int slot) {
        return requireNonNull(slots[slot]);
    }

    Iterable<Agent> all() {
        return agents.values();
    }

    int flexibility(int slot) {
        return flexibility[slot];
    }

    /** His skills as numbers, each of a skill and his level. */
    int[] abilities(int slot) {
        return abilities[slot];
    }

    long idle(int slot) {
        return idle[slot];
    }

    /** One that is kept until it is dropped as often as it was taken. */
    Skill take(String name) {
        var skill = skills.computeIfAbsent(
                name, _ -> new Skill(vacantNumbers.isEmpty() ? topNumber++ : vacantNumbers.removeLast()));
        skill.uses++;
        return skill;
    }

    void drop(String name) {
        var skill = requireNonNull(skills.get(name));
        if (--skill.uses == 0) {
            skills.remove(name);
            vacantNumbers.add(skill.number);
        }
    }

    /** Who is ready and has that much free. */
    Able able(Cost cost) {
        catchUp();
        var known = able.get(cost);
        return known == null ? count(cost) : known;
    }

    int ready(String queue) {
        catchUp();
        var members = skills.get(queue(queue));
        return members == null ? 0 : members.atLeast(1).common(ready);
    }

    Agent hired(String id, long freeSince) {
        var known = agents.get(id);
        if (known != null) {
            return known;
        }
        var agent = new Agent(id, vacant.isEmpty() ? top++ : vacant.removeLast(), freeSince);
        if (agent.slot >= slots.length) {
            slots = Arrays.copyOf(slots, 2 * slots.length);
            flexibility = Arrays.copyOf(flexibility, slots.length);
            abilities = Arrays.copyOf(abilities, slots.length);
            idle = Arrays.copyOf(idle, slots.length);
        }
        slots[agent.slot] = agent;
        abilities[agent.slot] = new int[0];
        agents.put(id, agent);
        return agent;
    }

    /** Of one who holds nothing and has no skill any more. */
    void dismiss(Agent agent) {
        catchUp();
        agents.remove(agent.id);
        slots[agent.slot] = null;
        vacant.add(agent.slot);
    }

    /** Whether anything about them is new; who had been able is so again when he is updated. */
    boolean learn(Agent agent, Command.Worker worker) {
        var now = new ArrayList<>(worker.skills());
        worker.languages().forEach(language -> now.add(new Need(language(language), 1)));
        worker.queues().forEach(queue -> now.add(new Need(queue(queue), 1)));
        now.sort(Comparator.comparing(Need::skill));
        if (now.equals(agent.skills)) {
            return false;
        }
        for (var had : agent.skills) {
            requireNonNull(skills.get(had.skill())).set(agent.slot, 0);
        }
        able.values().forEach(one -> one.put(agent.slot, abilities[agent.slot], false));
        abilities[agent.slot] = now.stream()
                .mapToInt(has -> {
                    var skill = take(has.skill());
                    skill.set(agent.slot, has.level());
                    return skill.ability(has.level());
                })
                .toArray();
        agent.skills.forEach(had -> drop(had.skill()));
        agent.skills = List.copyOf(now);
        flexibility[agent.slot] = now.size();
        return true;
    }

    /** After anything about his work or availability has changed. */
    void update(Agent agent) {
        if (!agent.changed) {
            agent.changed = true;
            changed.add(agent);
        }
    }

    private void catchUp() {
        for (int i = 0; i < changed.size(); i++) {
            catchUp(changed.get(i));
        }
        changed.clear();
    }

    private void catchUp(Agent agent) {
        agent.changed = false;
        var isReady = agent.availability == Command.Availability.READY;
        idle[agent.slot] = agent.idle();
        ready.put(agent.slot, isReady);
        for (var entry : able.entrySet()) {
            entry.getValue().put(agent.slot, abilities[agent.slot], isReady && agent.able(entry.getKey()));
        }
    }

    /** After another plan: what nobody asks for any more is not kept. */
    void forgetCosts() {
        able.clear();
    }

    private Able count(Cost cost) {
        var counted = new Able();
        for (var agent : agents.values()) {
            if (agent.able(cost)) {
                counted.put(agent.slot, abilities[agent.slot], true);
            }
        }
        able.put(cost, counted);
        return counted;
    }
}
