package switchboard.planning;

import static java.nio.charset.StandardCharsets.UTF_8;

import switchboard.plan.Plan;
import switchboard.plan.PlanReader;
import switchboard.plan.PlanReader.Reading;
import switchboard.plan.PlanWriter;
import switchboard.scribe.PlainHouse;

/** Plans that differ in what a contact costs. */
final class PlanHouse extends PlainHouse {

    /** On which a contact costs so much. */
    static Plan plan(int units) {
        var json = """
                {"defaultQueue": "general", "otherChannels": {"pool": "interruptible", "units": %d},
                 "queues": [{"name": "general"}]}""".formatted(units);
        return ((Reading.Sound) PlanReader.read(json.getBytes(UTF_8))).plan();
    }

    static String json(int units) {
        return new String(PlanWriter.write(plan(units)), UTF_8);
    }
}
