package switchboard.floor;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import switchboard.custody.Custody;
import switchboard.custody.Custody.Spread;
import switchboard.custody.Custody.Waited;
import switchboard.custody.Span;
import switchboard.invariants.Findings;
import switchboard.invariants.Json;
import switchboard.plan.Plan;
import switchboard.plan.PlanReader;
import switchboard.plan.PlanReader.Reading;
import switchboard.witness.Caller;
import switchboard.witness.Judge;

/** I5 and I6 of what was a crew's to take, and how soon it was offered. */
public final class Supervision implements Judge.Also {

    private final Crew crew;
    private final Custody custody;
    private final InstantSource clock;

    /** By the plan that is in force, which must stay so. */
    public Supervision(Caller program, Crew crew, InstantSource clock) throws IOException, InterruptedException {
        this.crew = crew;
        this.clock = clock;
        this.custody = new Custody(plan(program));
    }

    private static Plan plan(Caller program) throws IOException, InterruptedException {
        var answer = program.get(program.credentials().supervisor(), "/v1/routing/plan", "application/json");
        var plan = Json.read(answer.body()).path("plan").toString();
        return switch (PlanReader.read(plan.getBytes(StandardCharsets.UTF_8))) {
            case Reading.Sound it -> it.plan();
            case Reading.Faulty _ -> throw new IOException("the routing plan cannot be read: " + answer.statusCode());
        };
    }

    @Override
    public Findings judged(String conversation, List<String> lines) {
        return custody.conversation(conversation, lines, clock.instant());
    }

    /** Once all conversations were judged and the crew has left; says in how much something was looked for. */
    public Findings verdict(PrintStream out) throws IOException {
        var outages = crew.outages();
        var verdict = custody.verdict(crew.shifts(), outages);
        say(out, verdict.waited(), outages);
        var delays = crew.delays().summary(Custody.healing(outages));
        say(out, "escalation to offer on her stream", delays.judged(), delays.leftOut());
        var leftOut = (int) verdict.waited().waits() - verdict.queued().count();
        say(out, "in the queue until offered, also again, stored", verdict.queued(), leftOut);
        say(out, "of it beside an able agent who was idle", verdict.needless(), leftOut);
        return verdict.findings();
    }

    private static void say(PrintStream out, Waited waited, List<Span> outages) {
        out.printf(
                Locale.ROOT,
                "%,d waits, %,d of them longer than 5 s; %,.1f s in all, of which %,.1f s are left out: %d outages of %,.1f s, and %d s after each%n",
                waited.waits(),
                waited.longer(),
                seconds(waited.waited()),
                seconds(waited.leftOut()),
                outages.size(),
                seconds(Span.sum(outages)),
                Custody.HEALING.toSeconds());
    }

    private static void say(PrintStream out, String what, Spread it, int leftOut) {
        out.printf(
                Locale.ROOT,
                "%s: p50 %,d ms, p99 %,d ms, longest %,d ms of %,d; %,d more during outages%n",
                what,
                it.p50().toMillis(),
                it.p99().toMillis(),
                it.longest().toMillis(),
                it.count(),
                leftOut);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }
}
