package switchboard.routing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import switchboard.contact.Command;
import switchboard.contact.Command.Held;
import switchboard.contact.Decision.Lost;
import switchboard.plan.Cost;
import switchboard.plan.Need;

/** The twin's agents, and what they hold. */
final class TwinStaff {

    record Offer(String item, long epoch, String agent, Cost cost, Instant deadline) {}

    static final class Person {
        Command.Worker worker;
        Instant freeSince;
        Instant lastWork = Instant.EPOCH;
        boolean worked;
        boolean forgotten;

        Person(Command.Worker worker) {
            this.worker = worker;
            this.freeSince = worker.freeSince();
        }
    }

    final List<Person> people = new ArrayList<>();
    final List<Offer> offers = new ArrayList<>();
    final List<Offer> work = new ArrayList<>();

    int free(String agent, Cost.Pool pool) {
        return person(agent).map(p -> capacity(p, pool) - load(p, pool)).orElse(0);
    }

    /** He may hold nothing any more. */
    void freed(String agent, Instant now) {
        person(agent).ifPresent(p -> {
            p.worked |= !foreign(p).isEmpty();
            if (p.worked && holdsNothing(p)) {
                p.worked = false;
                p.freeSince = now;
            }
            if (p.forgotten && holdsNothing(p)) {
                people.remove(p);
            }
        });
    }

    boolean holdsNothing(Person p) {
        return p.worker.held().isEmpty() && own(p).isEmpty();
    }

    List<Offer> own(Person p) {
        return Stream.concat(offers.stream(), work.stream())
                .filter(o -> o.agent().equals(p.worker.id()))
                .toList();
    }

    List<Held> foreign(Person p) {
        return p.worker.held().stream()
                .filter(h -> !has(own(p), h.item(), h.epoch()))
                .toList();
    }

    int load(Person p, Cost.Pool pool) {
        var load = load(offers, p, pool) + load(work, p, pool);
        for (var held : p.worker.held()) {
            var own = mine(offers, p, held) || mine(work, p, held);
            load += own || held.cost().pool() != pool ? 0 : held.cost().units();
        }
        return load;
    }

    private static int load(List<Offer> offers, Person p, Cost.Pool pool) {
        var load = 0;
        for (var offer : offers) {
            var counts = offer.cost().pool() == pool && offer.agent().equals(p.worker.id());
            load += counts ? offer.cost().units() : 0;
        }
        return load;
    }

    private static boolean mine(List<Offer> offers, Person p, Held held) {
        for (var offer : offers) {
            if (offer.epoch() == held.epoch()
                    && offer.item().equals(held.item())
                    && offer.agent().equals(p.worker.id())) {
                return true;
            }
        }
        return false;
    }

    static int capacity(Person p, Cost.Pool pool) {
        return pool == Cost.Pool.VOICE ? p.worker.voice() : p.worker.interruptible();
    }

    static int level(Person p, String skill) {
        for (var has : p.worker.skills()) {
            if (has.skill().equals(skill)) {
                return has.level();
            }
        }
        var language = skill.startsWith("language:") && p.worker.languages().contains(skill.substring(9));
        var queue = skill.startsWith("queue:") && p.worker.queues().contains(skill.substring(6));
        return language || queue ? 1 : 0;
    }

    static int proficiency(Person p, List<Need> needs) {
        return needs.stream().mapToInt(need -> level(p, need.skill())).sum();
    }

    static int flexibility(Person p) {
        return p.worker.skills().size()
                + p.worker.languages().size()
                + p.worker.queues().size();
    }

    boolean fits(Person p, Cost cost) {
        return capacity(p, cost.pool()) - load(p, cost.pool()) >= cost.units();
    }

    /** Everything that he has, as needs that he just meets. */
    private static List<Need> abilities(Person p) {
        var abilities = new ArrayList<>(p.worker.skills());
        p.worker.languages().forEach(language -> abilities.add(new Need("language:" + language, 1)));
        p.worker.queues().forEach(queue -> abilities.add(new Need("queue:" + queue, 1)));
        return abilities;
    }

    /** Of all that he has besides what is asked: how many have the rarest as he has it and could take such a contact. */
    int peers(Person p, List<Need> asked, Cost cost) {
        return abilities(p).stream()
                .filter(has -> asked.stream().noneMatch(need -> need.skill().equals(has.skill())))
                .mapToInt(has -> (int) people.stream()
                        .filter(other -> level(other, has.skill()) >= has.level())
                        .filter(other -> other.worker.availability() == Command.Availability.READY)
                        .filter(other -> fits(other, cost))
                        .count())
                .min()
                .orElse(Integer.MAX_VALUE);
    }

    Optional<Person> person(String id) {
        return people.stream().filter(p -> p.worker.id().equals(id)).findFirst();
    }

    Lost lost(boolean byProficiency, List<Need> needs, Cost cost, Person best, Person second) {
        if (byProficiency && proficiency(best, needs) != proficiency(second, needs)) {
            return Lost.PROFICIENCY;
        }
        if (flexibility(best) != flexibility(second)) {
            return Lost.FLEXIBILITY;
        }
        if (peers(best, needs, cost) != peers(second, needs, cost)) {
            return Lost.SCARCITY;
        }
        var same = holdsNothing(best) == holdsNothing(second)
                && (holdsNothing(best)
                        ? best.freeSince.equals(second.freeSince)
                        : best.lastWork.equals(second.lastWork));
        return same ? Lost.ID : Lost.IDLE;
    }

    static Optional<Offer> get(List<Offer> offers, String item, long epoch) {
        return offers.stream()
                .filter(o -> o.item().equals(item) && o.epoch() == epoch)
                .findFirst();
    }

    static boolean has(List<Offer> offers, String item, long epoch) {
        return get(offers, item, epoch).isPresent();
    }
}
