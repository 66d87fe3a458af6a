package switchboard.edge;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.pattern.StatusReply;
import switchboard.serving.Choice.Chosen;
import switchboard.serving.Models;
import switchboard.versions.Lesson;
import switchboard.versions.Minds.Progress;
import switchboard.versions.Version;
import switchboard.wire.Refusal;

/** Two models of tenant {@code local} and one of the other, in memory; who is asked is noted as {@code tenant:model}. */
public final class TestModels implements Models {

    public static final String OLD = "a".repeat(64);
    public static final String NEW = "b".repeat(64);
    public static final String OTHERS = "c".repeat(64);
    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
    private static final Lesson LESSON =
            new Lesson("7", 540, 54, List.of("de", "en"), .9417, new Lesson.Notes(1, 0, 2));
    private static final Chosen NOTHING = new Chosen(0, Instant.EPOCH, "", "");

    private final List<String> asked;
    private final Map<String, Chosen> chosen = new HashMap<>();
    public volatile Optional<Progress> learning = Optional.empty();
    public volatile boolean away;
    public volatile boolean off;

    public TestModels(List<String> asked) {
        this.asked = asked;
    }

    public void clear() {
        chosen.clear();
        learning = Optional.empty();
        away = false;
        off = false;
    }

    @Override
    public CompletionStage<Shelved> list(String tenant) {
        return answer(tenant, () -> shelved(tenant));
    }

    @Override
    public CompletionStage<Shelved> choose(String tenant, String by, long expected, String version) {
        return answer(tenant, () -> {
            var now = chosen.getOrDefault(tenant, NOTHING);
            var model = version.equals(LATEST) ? "" : named(tenant, version);
            if (!now.model().equals(model) && expected >= 0 && expected != now.number()) {
                throw no(Refusal.PRECONDITION_FAILED);
            }
            if (!now.model().equals(model)) {
                chosen.put(tenant, new Chosen(now.number() + 1, NOON, by, model));
            }
            return shelved(tenant);
        });
    }

    private static String named(String tenant, String version) {
        return versions(tenant).stream()
                .map(Version::hash)
                .filter(hash -> Version.name(hash).equals(version))
                .findFirst()
                .orElseThrow(() -> no(Refusal.NO_SUCH_MODEL));
    }

    private static List<Version> versions(String tenant) {
        return tenant.equals("local")
                ? List.of(new Version(OLD, NOON, OLD), new Version(NEW, NOON.plusSeconds(60), NEW, LESSON))
                : List.of(new Version(OTHERS, NOON, OTHERS, LESSON));
    }

    private Shelved shelved(String tenant) {
        var now = chosen.getOrDefault(tenant, NOTHING);
        var latest = versions(tenant).getLast().hash();
        return new Shelved(now, Optional.of(now.pins() ? now.model() : latest), versions(tenant), learning);
    }

    private <T> CompletionStage<T> answer(String tenant, Supplier<T> answer) {
        asked.add(tenant + ":model");
        if (away || off) {
            return CompletableFuture.failedStage(no(off ? Refusal.BOT_OFF : Refusal.UNAVAILABLE));
        }
        return CompletableFuture.completedStage(null).thenApply(_ -> answer.get());
    }

    private static StatusReply.ErrorMessage no(Refusal why) {
        return new StatusReply.ErrorMessage(why.name());
    }
}
