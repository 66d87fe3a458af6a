package switchboard.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.pattern.StatusReply;
import switchboard.plan.Plan;
import switchboard.plan.PlanReader;
import switchboard.plan.PlanWriter;
import switchboard.planning.RoutingPlan.Version;
import switchboard.planning.Versions;
import switchboard.wire.Refusal;

/** Plans in memory; who is asked is noted as {@code tenant:plan}. */
public final class TestPlans implements Versions {

    public static final String PLAN = """
            {"defaultQueue": "general", "otherChannels": {"pool": "interruptible", "units": 34},
             "queues": [{"name": "general"}]}""";
    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

    private final List<String> asked;
    private final Map<String, List<Version>> adopted = new HashMap<>();
    public volatile boolean away;

    public TestPlans(List<String> asked) {
        this.asked = asked;
    }

    public void clear() {
        adopted.clear();
        away = false;
    }

    @Override
    public CompletionStage<Version> current(String tenant) {
        return answer(tenant, () -> all(tenant).getLast());
    }

    @Override
    public CompletionStage<Optional<Version>> find(String tenant, long number) {
        if (away) {
            return CompletableFuture.failedStage(new IllegalStateException("the journal is away"));
        }
        return answer(
                tenant,
                () -> all(tenant).stream().filter(it -> it.number() == number).findFirst());
    }

    @Override
    public CompletionStage<Version> adopt(String tenant, String by, long expected, Plan plan) {
        return answer(tenant, () -> {
            var now = all(tenant).getLast();
            if (now.plan().equals(json(plan))) {
                return now;
            }
            if (expected >= 0 && expected != now.number()) {
                throw new StatusReply.ErrorMessage(Refusal.PRECONDITION_FAILED.name());
            }
            all(tenant).add(new Version(now.number() + 1, NOON, by, json(plan)));
            return all(tenant).getLast();
        });
    }

    private <T> CompletionStage<T> answer(String tenant, Supplier<T> answer) {
        asked.add(tenant + ":plan");
        return away
                ? CompletableFuture.failedStage(new StatusReply.ErrorMessage(Refusal.UNAVAILABLE.name()))
                : CompletableFuture.completedStage(null).thenApply(_ -> answer.get());
    }

    private List<Version> all(String tenant) {
        var builtIn = new Version(0, Instant.EPOCH, "", json(PlanReader.local()));
        return adopted.computeIfAbsent(tenant, _ -> new ArrayList<>(List.of(builtIn)));
    }

    public static String json(Plan plan) {
        return new String(PlanWriter.write(plan), UTF_8);
    }
}
