package switchboard;

import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import switchboard.bot.Answering;
import switchboard.bot.School;
import switchboard.conversation.Bot;
import switchboard.knowledge.Knowledge;
import switchboard.log.Keyring;
import switchboard.serving.Choices;
import switchboard.serving.Models;
import switchboard.versions.Minds;

/** The bot of this node, taught what its tenants know; nobody where it is switched off. */
final class Bots implements AutoCloseable {

    /** Versions of what a tenant's messages are understood by. */
    private static final int KEPT = 8;

    private record Open(Minds minds, Choices choices, School school, Answering answering) {}

    private final Optional<Open> open;

    /** {@code choices}: follows which models are chosen. Opens what was said with {@code keyring}; {@code encoder}: sentences as vectors, for any thread. */
    Bots(
            Settings settings,
            Tenants tenants,
            Keyring keyring,
            Knowledge knowledge,
            Function<String, float[]> encoder,
            Function<Minds, Choices> choices) {
        open = settings.bot().on() ? Optional.of(open(settings, tenants, keyring, encoder, choices)) : Optional.empty();
        open.ifPresent(it -> knowledge.onChange(
                (tenant, now) -> it.school().teach(tenant, Long.toString(now.version()), now.search())));
    }

    private static Open open(
            Settings settings,
            Tenants tenants,
            Keyring keyring,
            Function<String, float[]> encoder,
            Function<Minds, Choices> choices) {
        var folder = settings.storage().data().resolve("models");
        var minds = new Minds(folder, encoder, KEPT, InstantSource.system());
        var school = School.local(minds, tenants.names());
        var answering = new Answering(keyring, school::mind, settings.bot().limits(), System::nanoTime);
        return new Open(minds, choices.apply(minds), school, answering);
    }

    Bot.Bots port() {
        return open.<Bot.Bots>map(Open::answering).orElse(Bot.Bots.NONE);
    }

    Models models() {
        return open.<Models>map(Open::choices).orElse(Models.OFF);
    }

    /** What operators see of it. */
    void measure(Meters meters) {
        open.ifPresent(it -> Gauges.ofBot(meters, it.answering(), it.school()));
    }

    @Override
    public void close() {
        open.ifPresent(it -> {
            it.answering().close();
            it.choices().close();
            it.minds().close();
        });
    }
}
