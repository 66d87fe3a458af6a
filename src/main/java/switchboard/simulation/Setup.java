package switchboard.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import switchboard.contact.Command.Availability;
import switchboard.contact.Command.Worker;
import switchboard.plan.Channel;
import switchboard.plan.Cost;
import switchboard.plan.Need;
import switchboard.plan.Plan;
import switchboard.plan.Queue;
import switchboard.plan.Step;

/**
 * A center. Each agent serves one contact at a time.
 *
 * @param lines queues, each asking for a skill of its own
 * @param agents of each line
 * @param skills of each agent: his line's and as many less one of the next ones, in a ring
 * @param load offered, as a share of what all agents together can do
 * @param service mean time in seconds
 * @param patience mean time in seconds; infinite: nobody leaves
 */
record Setup(int lines, int agents, int skills, double load, double service, double patience) {

    static final double SERVICE = 300;
    static final double PATIENCE = 120;

    static Setup erlangA(int agents, double load) {
        return new Setup(1, agents, 1, load, SERVICE, PATIENCE);
    }

    static Setup ring(int lines, int agents, double load) {
        return new Setup(lines, agents, 2, load, SERVICE, Double.POSITIVE_INFINITY);
    }

    /** Contacts a second. */
    double arrivals() {
        return lines * agents * load / service;
    }

    Plan plan() {
        var cost = new Cost(Cost.Pool.VOICE, 100);
        var queues = IntStream.range(0, lines).mapToObj(Setup::queue).toList();
        return new Plan(name(0), new TreeMap<>(), new Channel(cost, Duration.ZERO), new TreeMap<>(), queues);
    }

    List<Worker> workers() {
        return IntStream.range(0, lines * agents).mapToObj(this::worker).toList();
    }

    static String name(int line) {
        return "line-" + line;
    }

    private static Queue queue(int line) {
        var minute = Duration.ofMinutes(1);
        var endless = new Step(Duration.ZERO, new TreeSet<>(), true, 5);
        return new Queue(
                name(line),
                List.of(new Need(name(line), 1)),
                List.of(endless),
                "",
                Duration.ZERO,
                minute,
                minute,
                Duration.ZERO,
                Duration.ZERO,
                false);
    }

    private Worker worker(int number) {
        var names = IntStream.range(0, skills)
                .mapToObj(next -> name((number / agents + next) % lines))
                .toList();
        return new Worker(
                "agent-" + number,
                names.stream().map(name -> new Need(name, 1)).toList(),
                List.of(),
                names,
                100,
                0,
                Availability.READY,
                Instant.EPOCH,
                List.of());
    }
}
