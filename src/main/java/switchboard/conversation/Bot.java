package switchboard.conversation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import switchboard.conversation.Decisions.Draft;
import switchboard.event.ConversationEvent;
import switchboard.event.ConversationEvent.BotDecided;
import switchboard.event.ConversationEvent.QueueEntered;
import switchboard.event.ConversationEvent.Sent;
import switchboard.event.Talk;
import switchboard.handling.Rules;
import switchboard.handling.Status;
import switchboard.plan.Need;
import switchboard.wire.Personal;

/**
 * What a conversation asks the bot, and what becomes of its word. One question at a time; an answer stands only where nobody
 * else has got the word meanwhile and the customer has written nothing more, else the rest is the next question.
 */
public final class Bot {

    private static final String NAME = "bot";

    /**
     * What is to be decided.
     *
     * @param upTo number of the customer's last message
     * @param language that the customer was said to use when the episode was opened; empty: unknown
     * @param tier that he was said to be of then; likewise
     * @param talk what was said so far, as stored
     * @param at the time of that last message: by the same question the same is decided at any time
     */
    public record Question(
            String tenant,
            String conversation,
            int epoch,
            long upTo,
            String channel,
            String language,
            String tier,
            Talk talk,
            Instant at) {}

    /** A question that waits for its word: who takes it up late has it with all that was written meanwhile. For any thread. */
    public interface Asking {

        /** As it stands; empty once there is nothing to be decided any more. */
        Optional<Question> now();
    }

    /** One that the conversation keeps up to date. */
    static final class Latest implements Asking {

        private volatile Optional<Question> now;

        Latest(Question first) {
            now = Optional.of(first);
        }

        @Override
        public Optional<Question> now() {
            return now;
        }

        void is(Optional<Question> question) {
            now = question;
        }
    }

    /** What the bot has decided. */
    public sealed interface Word {}

    /** There was nothing to be decided any more. */
    public record Nothing() implements Word {}

    /** {@code text} is said to the customer; empty: nothing is. */
    public record Reply(BotDecided decided, Personal text) implements Word {}

    /**
     * A person is needed.
     *
     * @param text what the customer is told; empty: nothing
     * @param reason a code
     * @param queue empty: the default one
     */
    public record HandOver(
            BotDecided decided, Personal text, String reason, String queue, List<Need> skills, String priority)
            implements Word {
        public HandOver {
            skills = List.copyOf(skills);
        }
    }

    /** Nothing is decided yet: to be asked again after {@code pause}. The customer is told so once; empty: he is not. */
    public record Later(Duration pause, Personal notice) implements Word {}

    /** The bot as a conversation knows it: bounded, and always with an answer. */
    public interface Bots {

        /** There is no bot: whoever writes waits until a person looks. */
        Bots NONE = new Bots() {
            @Override
            public boolean present() {
                return false;
            }

            @Override
            public boolean serves(String tenant) {
                return false;
            }

            @Override
            public CompletionStage<Word> ask(Asking asking) {
                return CompletableFuture.failedStage(new IllegalStateException("there is no bot"));
            }
        };

        /** Whether there is one at all, as long as the program runs; where not, nothing is kept for it. */
        default boolean present() {
            return true;
        }

        /** Whether it answers customers of that tenant at all. */
        boolean serves(String tenant);

        /** Its word. Nothing is written before it comes; one that fails is a hand-over. */
        CompletionStage<Word> ask(Asking asking);
    }

    /** What the actor tells itself about the bot. */
    sealed interface Inner extends Conversation.Command {}

    /** The bot's word. */
    record Answered(Word word) implements Inner {}

    /** The pause is over. */
    record Again() implements Inner {}

    /** What is to be asked now; empty where nothing is owed. */
    static Optional<Question> question(String tenant, String id, ConversationState state) {
        return owes(state)
                ? Optional.of(new Question(
                        tenant,
                        id,
                        state.epoch(),
                        state.talk().heard(),
                        state.episode().channel(),
                        state.episode().language(),
                        state.episode().tier(),
                        state.talk(),
                        state.talk().turns().getLast().at()))
                : Optional.empty();
    }

    /** Whether the customer waits for the bot's answer. */
    static boolean owes(ConversationState state) {
        return state.status() instanceof Status.WithBot && state.talk().owes();
    }

    /** What the bot said to what it was asked, or that it failed. */
    static Answered answered(Asking asking, @Nullable Word word) {
        return new Answered(word == null ? asking.now().<Word>map(Bot::failed).orElseGet(Nothing::new) : word);
    }

    /** What is to be written; nothing where the word is void, or comes to nothing yet. */
    static List<Draft> drafts(ConversationState state, Word word, Rules rules, Instant at) {
        return switch (word) {
            case Reply it -> fits(state, it.decided()) ? said(it.decided(), it.text()) : List.of();
            case HandOver it -> fits(state, it.decided()) ? handedOver(state, it, rules, at) : List.of();
            case Later it -> owes(state) ? excuse(state, it) : List.of();
            case Nothing _ -> List.of();
        };
    }

    /** Void otherwise: what it is about is not owed any more, or is not all that is. */
    private static boolean fits(ConversationState state, BotDecided decided) {
        return owes(state) && state.epoch() == decided.epoch() && state.talk().heard() == decided.upTo();
    }

    private static List<Draft> said(BotDecided decided, Personal text) {
        var drafted = Draft.plain(decided);
        return text.text().isEmpty() ? List.of(drafted) : List.of(drafted, message(decided, text));
    }

    private static Draft message(BotDecided e, Personal text) {
        return new Draft(new Sent(NAME, e.versions(), e.sources(), e.confidence()), Map.of("text", text));
    }

    /** The last word of the bot comes before the queue. */
    private static List<Draft> handedOver(ConversationState state, HandOver it, Rules rules, Instant at) {
        var line = rules.line(
                it.queue(),
                it.skills(),
                it.priority(),
                state.lastAgent(),
                state.handling().line(),
                at);
        var drafts = new ArrayList<>(said(it.decided(), it.text()));
        drafts.add(Draft.plain(new ConversationEvent.Escalated(NAME, it.reason(), it.skills(), it.priority())));
        drafts.add(Draft.plain(QueueEntered.of(line, rules.version(), state.epoch() + 1, at, "escalated")));
        return drafts;
    }

    private static List<Draft> excuse(ConversationState state, Later it) {
        return it.notice().text().isEmpty() || state.talk().excused()
                ? List.of()
                : List.of(new Draft(Sent.by("system"), Map.of("text", it.notice())));
    }

    private static HandOver failed(Question question) {
        var decided = new BotDecided(
                question.upTo(),
                question.upTo(),
                question.epoch(),
                question.language(),
                "",
                0,
                List.of(),
                "hand_over",
                "failed",
                List.of(),
                List.of(),
                Map.of(),
                false);
        return new HandOver(decided, new Personal(""), "failed", "", List.of(), "");
    }

    private Bot() {}
}
