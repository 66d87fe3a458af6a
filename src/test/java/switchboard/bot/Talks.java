package switchboard.bot;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import switchboard.conversation.Bot;
import switchboard.conversation.Conversation;
import switchboard.deciding.Decider;
import switchboard.deciding.Policy;
import switchboard.deciding.PolicyReader;
import switchboard.deciding.Question.Hit;
import switchboard.event.ConversationEvent.BotDecided;
import switchboard.event.Talk;
import switchboard.log.DataKey;
import switchboard.log.Entry;
import switchboard.log.Head;
import switchboard.log.Keyring;
import switchboard.log.Pen;
import switchboard.log.TenantKeys;
import switchboard.understanding.Shop;
import switchboard.understanding.Understanding;
import switchboard.wording.Wording;

/** A conversation's log as the bot is given it, and a small shop's bot. */
final class Talks implements Keyring {

    static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
    private static final TenantKeys KEYS = new TenantKeys(new byte[32], new byte[32]);
    private static final String ID = "c" + "a".repeat(26);
    private static final String PID = Conversation.persistenceId("local", ID);

    final Map<String, String> answers = Map.of("status", "It left us on Monday.", "refund", "Within 14 days.");
    private final DataKey key = new DataKey(new byte[12], new byte[32]);
    private final Pen pen = new Pen(KEYS, 1);
    private Head head = Head.of(PID);
    private Talk talk = Talk.NONE;
    private Instant at = NOON;
    Wishes wishes = Wishes.NONE;
    boolean erased;
    String tier = "";
    boolean away;

    private Entry write(String type, Object data) {
        var entry = pen.write(head, type, at, 1, data);
        head = Head.after(entry);
        at = at.plus(Duration.ofSeconds(20));
        return entry;
    }

    Talks says(String text) {
        talk = talk.heard(write("message.received", Map.of("sealed", sealed(text, head.seq() + 1))));
        return this;
    }

    /** What was written as number 1, did not stand there, and is appended now. */
    Talks saidOnce(String text) {
        talk = talk.heard(write(
                "entry.recovered",
                Map.of("of", 1, "type", "message.received", "original", Map.of("sealed", sealed(text, 1)))));
        return this;
    }

    private String sealed(String text, long seq) {
        return key.seal(("{\"text\":\"" + text + "\"}").getBytes(UTF_8), PID, seq);
    }

    Talks decides(Bot.Word word) {
        var decided = word instanceof Bot.Reply reply ? reply.decided() : ((Bot.HandOver) word).decided();
        talk = talk.decided(write("bot.decided", decided), decided).sent("bot");
        return this;
    }

    /** Told to be patient. */
    Talks excused() {
        talk = talk.sent("system");
        return this;
    }

    Talks alwaysWants(BotDecided decided) {
        talk = talk.decided(write("bot.decided", decided), decided);
        return this;
    }

    Bot.Question question() {
        return new Bot.Question(
                "local",
                ID,
                1,
                talk.heard(),
                "chat",
                "",
                tier,
                talk,
                talk.turns().getLast().at());
    }

    Dialogue dialogue() {
        return Dialogue.open(question(), this).toCompletableFuture().join();
    }

    Mind mind() {
        try {
            var model = Shop.trained(Shop.EXAMPLES).model();
            return mind(new Mind.Wits.Trained("m1", new Understanding(model, Shop::vector)));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One that is sure of nothing. */
    Mind unsure() {
        var sure = mind();
        return new Mind(
                new Decider(policy(1.01, Duration.ofSeconds(60)), Wording.local()),
                sure.wits(),
                sure.wishes(),
                sure.library(),
                sure.tongue(),
                sure.phrases());
    }

    /** The program's own but for these. */
    static Policy policy(double confidence, Duration deadline) {
        var p = PolicyReader.local();
        return new Policy(
                p.version(),
                confidence,
                p.wish(),
                p.knowledge(),
                p.likeness(),
                p.frustration(),
                p.candidates(),
                p.turns(),
                p.rate(),
                p.window(),
                deadline,
                p.money(),
                p.valuable(),
                p.queues(),
                p.priorities(),
                p.topics());
    }

    Mind mind(Mind.Wits wits) {
        var decider = new Decider(policy(.55, Duration.ofSeconds(60)), Wording.local());
        return new Mind(
                decider, wits, wishes, new Shelf(), (text, _, _) -> text.contains("ü") ? "de" : "en", phrases());
    }

    private static Phrases phrases() {
        var en = Map.of(
                "introduction", "I am software.",
                "waiting", "One moment, please.",
                "hand-over", "A colleague takes over.",
                "hand-over.requested", "Gladly: a colleague takes over.",
                "ask-back.0", "What is it about?",
                "ask-back.1", "Is it {0}?",
                "ask-back.2", "Is it {0} or {1}?",
                "ask-back.3", "Is it {0}, {1} or {2}?");
        var de = Map.of("introduction", "Ich bin ein Programm.", "hand-over", "Ein Mensch übernimmt.");
        return new Phrases(Map.of("en", en, "de", de));
    }

    private final class Shelf implements Library {

        @Override
        public String version() {
            return "k1";
        }

        @Override
        public List<Hit> find(String text, String language, Instant when, int limit) {
            return List.of();
        }

        @Override
        public Optional<Hit> serving(String intent, String language, Instant when) {
            return Optional.ofNullable(answers.get(intent))
                    .map(text -> new Hit(intent + "-" + language, 1, text, List.of("https://shop.example/" + intent)));
        }

        @Override
        public Optional<String> title(String intent, String language) {
            return Optional.of("your " + intent);
        }

        @Override
        public Optional<String> incident(String intent, Instant when) {
            return Optional.empty();
        }
    }

    @Override
    public TenantKeys tenant(String tenant) {
        return KEYS;
    }

    @Override
    public Optional<DataKey> next(String tenant) {
        return Optional.of(key);
    }

    @Override
    public CompletionStage<DataKey> take(String tenant) {
        return CompletableFuture.completedStage(key);
    }

    @Override
    public CompletionStage<Optional<DataKey>> load(String tenant, String id) {
        return away
                ? CompletableFuture.failedStage(new IllegalStateException("cut off"))
                : CompletableFuture.completedStage(erased ? Optional.empty() : Optional.of(key));
    }

    @Override
    public CompletionStage<Optional<DataKey>> look(String tenant, String id) {
        return load(tenant, id);
    }

    @Override
    public CompletionStage<Done> erase(String tenant, String id) {
        return CompletableFuture.completedStage(Done.getInstance());
    }
}
