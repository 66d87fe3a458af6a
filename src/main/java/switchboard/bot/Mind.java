package switchboard.bot;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import switchboard.conversation.Bot;
import switchboard.deciding.Decider;
import switchboard.deciding.Decider.Outcome;
import switchboard.deciding.Decision;
import switchboard.deciding.Question;
import switchboard.deciding.Question.Customer;
import switchboard.deciding.Question.Hit;
import switchboard.deciding.Question.Versions;
import switchboard.event.ConversationEvent.BotDecided;
import switchboard.plan.Need;
import switchboard.understanding.Understanding;
import switchboard.understanding.Understood;
import switchboard.wire.Personal;

/**
 * All that a tenant's bot goes by, of one version each. What it says to a dialogue depends on nothing else, so that any history
 * can be decided again. Any number of threads may ask it.
 */
public record Mind(Decider decider, Wits wits, Wishes wishes, Library library, Tongue tongue, Phrases phrases) {

    /** What understands. */
    public sealed interface Wits {

        /** {@code version}: the model's hash. */
        record Trained(String version, Understanding understanding) implements Wits {}

        /** It is still being learned. */
        record Learning() implements Wits {}

        /** There is nothing to learn from. */
        record Nothing() implements Wits {}
    }

    /** In which language to answer what is said in {@code text}, after those {@code before}; {@code declared} may be empty. */
    public interface Tongue {
        String of(String text, List<String> before, String declared);
    }

    private static final Understood NOT_ASKED = new Understood(List.of(), 0, false);
    private static final int HITS = 5;
    private static final Duration SOON = Duration.ofSeconds(1);

    /** What the bot says. */
    Bot.Word word(Dialogue dialogue) {
        var language = language(dialogue);
        var early = decider.atOnce(question(dialogue, NOT_ASKED, 0, List.of()));
        return early.map(outcome -> word(dialogue, language, outcome)).orElseGet(() -> switch (wits) {
            case Wits.Trained it -> understood(dialogue, language, it.understanding());
            case Wits.Learning _ -> new Bot.Later(SOON, new Personal(""));
            case Wits.Nothing _ ->
                word(dialogue, language, decider.unknowing(question(dialogue, NOT_ASKED, 0, List.of())));
        });
    }

    private Bot.Word understood(Dialogue dialogue, String language, Understanding understanding) {
        var understood = understanding.understand(dialogue.text());
        var outcome = decider.decide(
                question(dialogue, understood, wishes.sure(dialogue.text()), hits(dialogue, language, understood)));
        return word(dialogue, language, outcome);
    }

    /** The article of the intent, or else what is found; nothing is looked for where nothing is understood, and so nothing answered. */
    private List<Hit> hits(Dialogue dialogue, String language, Understood understood) {
        if (!understood.known()) {
            return List.of();
        }
        var at = dialogue.question().at();
        return library.serving(understood.intent(), language, at)
                .map(List::of)
                .orElseGet(() -> library.find(dialogue.text(), language, at, HITS));
    }

    /** The bot broke down over it, or took too long (then {@code took} is not zero): a person. */
    Bot.Word broken(Dialogue dialogue, Duration took) {
        var question = question(dialogue, NOT_ASKED, 0, List.of());
        var outcome = took.isZero() ? decider.failed(question) : decider.tooSlow(question, took);
        return word(dialogue, language(dialogue), outcome);
    }

    /** Too many at once: to be asked again, and the customer to be patient. */
    Bot.Later later(Dialogue dialogue, Duration pause) {
        return new Bot.Later(pause, new Personal(phrases.say(language(dialogue), "waiting")));
    }

    private String language(Dialogue dialogue) {
        return tongue.of(
                dialogue.text(), dialogue.languages(), dialogue.question().language());
    }

    private Question question(Dialogue dialogue, Understood understood, double wish, List<Hit> hits) {
        var asked = dialogue.question();
        return new Question(
                asked.upTo(),
                asked.epoch(),
                new Versions(wits instanceof Wits.Trained it ? it.version() : "", library.version(), wishes.version()),
                dialogue.turns(),
                understood,
                wish,
                hits,
                new Customer(asked.tier(), asked.talk().wantsPerson()),
                incident(understood, asked.at()),
                asked.at());
    }

    /** Empty: none is open for what this is about. */
    private String incident(Understood understood, Instant at) {
        return understood.known() ? library.incident(understood.intent(), at).orElse("") : "";
    }

    private Bot.Word word(Dialogue dialogue, String language, Outcome outcome) {
        var decided = decided(dialogue, language, outcome);
        return switch (outcome.decision()) {
            case Decision.Answer it -> new Bot.Reply(decided, said(dialogue, language, it.text()));
            case Decision.AskBack it -> new Bot.Reply(decided, said(dialogue, language, which(language, it)));
            case Decision.Silence _ -> new Bot.Reply(decided, new Personal(""));
            case Decision.HandOver it ->
                new Bot.HandOver(
                        decided,
                        said(dialogue, language, phrases.say(language, handOver(language, it))),
                        it.reason().code(),
                        it.queue(),
                        it.skills().stream().map(skill -> new Need(skill, 1)).toList(),
                        it.priority());
        };
    }

    private String handOver(String language, Decision.HandOver it) {
        var own = "hand-over." + it.reason().code();
        return phrases.has(language, own) ? own : "hand-over";
    }

    private String which(String language, Decision.AskBack it) {
        var titles = it.candidates().stream()
                .flatMap(intent -> library.title(intent, language).stream())
                .distinct()
                .limit(3)
                .toList();
        return phrases.say(language, "ask-back." + titles.size(), titles);
    }

    /** The first message of an episode says that it is software that speaks. */
    private Personal said(Dialogue dialogue, String language, String text) {
        return new Personal(
                dialogue.question().talk().introduced() ? text : phrases.say(language, "introduction") + "\n\n" + text);
    }

    private BotDecided decided(Dialogue dialogue, String language, Outcome outcome) {
        var it = outcome.decided();
        return new BotDecided(
                dialogue.from(),
                it.upTo(),
                it.epoch(),
                language,
                it.intent(),
                it.confidence(),
                it.guesses(),
                it.action(),
                it.reason(),
                it.evidence(),
                it.sources(),
                it.versions(),
                decider.wantsPerson(dialogue.text()));
    }

    /** When it has to have come to an end. */
    Duration deadline() {
        return decider.deadline();
    }
}
