package switchboard.routing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import switchboard.contact.Command;
import switchboard.contact.Output;
import switchboard.plan.Cost;
import switchboard.plan.Plan;
import switchboard.plan.PlanReader;

/** Holds the router against its twin. Without a test framework, so that it also runs where a mutant has been loaded. */
public final class RouterOracle {

    static final List<Plan> PLANS = List.of(plan("""
                    {"defaultQueue": "q0", "otherChannels": {"pool": "interruptible", "units": 34},
                     "channels": {"voice": {"pool": "voice", "units": 100}, "email": {"pool": "interruptible", "units": 10}},
                     "priorities": {"high": "PT10S"},
                     "queues": [
                      {"name": "q0", "coolDown": "PT8S", "offer": "PT10S"},
                      {"name": "q1", "coolDown": "PT5S", "offer": "PT5S", "choice": "proficiency", "overflow": "q0",
                       "skills": [{"skill": "billing", "level": 3}],
                       "steps": [{"lasts": "PT5S"}, {"lasts": "PT5S", "language": false, "level": 1}]},
                      {"name": "q2", "skills": [{"skill": "tech", "level": 2}], "target": "PT4S",
                       "steps": [{"lasts": "PT3S"}, {"without": ["*"]}]},
                      {"name": "q3", "overflow": "q1", "steps": [{"lasts": "PT6S"}]}]}"""), plan("""
                    {"defaultQueue": "q2", "otherChannels": {"pool": "interruptible", "units": 20},
                     "channels": {"voice": {"pool": "voice", "units": 100}, "email": {"pool": "voice", "units": 50}},
                     "queues": [
                      {"name": "q1", "coolDown": "PT1S", "choice": "proficiency"},
                      {"name": "q2", "skills": [{"skill": "vip"}], "overflow": "q1", "steps": [{"lasts": "PT9S", "without": ["vip"]}]}]}"""));

    /** How router and twin first differed; empty: not at all. */
    public static String difference(long seed, int commands) {
        try {
            return held(seed, commands);
        } catch (IllegalStateException e) {
            return "seed " + seed + ": " + e.getMessage();
        }
    }

    private static String held(long seed, int commands) {
        var twin = new Twin(0, PLANS.getFirst());
        var router = new Router(0, PLANS.getFirst());
        var source = new Commands(seed, twin, PLANS);
        var log = new ArrayList<Command>();
        for (int i = 0; i < commands; i++) {
            var command = source.next();
            log.add(command);
            var expected = twin.apply(command);
            var actual = router.apply(command);
            var difference = expected.equals(actual) ? states(router, twin) : outputs(expected, actual);
            if (!difference.isEmpty()) {
                return difference + " after command " + i + " of seed " + seed + ", " + command;
            }
        }
        var again = new Router(0, PLANS.getFirst());
        log.forEach(again::apply);
        return again.decisions() == router.decisions() ? "" : "seed " + seed + ": decided otherwise the second time";
    }

    private static String outputs(List<Output> expected, List<Output> actual) {
        var at = 0;
        while (at < expected.size() && at < actual.size() && expected.get(at).equals(actual.get(at))) {
            at++;
        }
        return "after " + at + " equal outputs not " + expected.subList(at, expected.size()) + " but "
                + actual.subList(at, actual.size());
    }

    private static String states(Router router, Twin twin) {
        for (var person : twin.staff.people) {
            for (var pool : Cost.Pool.values()) {
                var id = person.worker.id();
                if (twin.staff.free(id, pool) != router.free(id, pool)) {
                    return id + " has not " + twin.staff.free(id, pool) + " free but " + router.free(id, pool);
                }
            }
        }
        if (!twin.due().equals(router.due())) {
            return "not due at " + twin.due() + " but at " + router.due();
        }
        var waiting = twin.waiting.stream().filter(w -> w.offer.isEmpty()).count();
        var counted =
                router.figures().stream().mapToInt(Router.Figures::waiting).sum();
        return waiting == counted ? "" : "not " + waiting + " waiting but " + counted;
    }

    private static Plan plan(String json) {
        return switch (PlanReader.read(json.getBytes(UTF_8))) {
            case PlanReader.Reading.Sound sound -> sound.plan();
            case PlanReader.Reading.Faulty faulty -> throw new IllegalArgumentException(faulty.toString());
        };
    }

    private RouterOracle() {}
}
