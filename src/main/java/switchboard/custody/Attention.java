package switchboard.custody;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import switchboard.invariants.Findings;

/**
 * I12 of one conversation: whatever a customer writes while the bot has the word is decided about, once, by all that he had
 * written until then; the bot says what it decided, where it decided it, and nothing after it has handed over.
 */
public final class Attention {

    private static final String RULE = "I12";

    /** How long customers waited for the bot's decisions, and what was found. */
    public record Verdict(Findings findings, List<Duration> waited) {
        public Verdict {
            waited = List.copyOf(waited);
        }
    }

    private final String conversation;
    private final Findings.Check check = new Findings.Check();
    private final List<Duration> waited = new ArrayList<>();
    private boolean bot;
    private Optional<Instant> since = Optional.empty();
    private long heard;
    /** What the entry before promised: that it is said, or that it is handed over. */
    private String promised = "";

    private Attention(String conversation) {
        this.conversation = conversation;
    }

    /** Of its history as it was served once nothing more was to come. */
    public static Verdict judge(String conversation, List<String> lines) {
        var it = new Attention(conversation);
        lines.stream().map(Fact::of).forEach(it::apply);
        it.check.demand(!it.bot || it.since.isEmpty(), RULE, conversation, it.heard + " was never decided about");
        it.check.demand(it.promised.isEmpty(), RULE, conversation, "ends without the " + it.promised);
        return new Verdict(it.check.findings(), it.waited);
    }

    private void apply(Fact it) {
        var before = promised;
        promised = "";
        switch (it.type()) {
            case "conversation.opened", "conversation.reopened" -> begins();
            case "message.received" -> heard(it);
            case "bot.decided" -> decided(it);
            case "message.sent" -> said(it, before);
            case "conversation.escalated" -> bot &= !it.text("by").equals("bot") || handedOver(it, before);
            case "queue.entered", "agent.assigned", "conversation.resolved", "conversation.abandoned" -> bot = false;
            default -> {
                // names of the contract, read as a client reads them: nothing else is the bot's affair
            }
        }
        demand(
                before.isEmpty()
                        || it.type().equals("message.sent")
                        || it.type().equals(before),
                it,
                "and no " + before);
    }

    private void begins() {
        bot = true;
        since = Optional.empty();
    }

    private void heard(Fact it) {
        if (bot) {
            heard = it.seq();
            since = since.or(() -> Optional.of(it.at()));
        }
    }

    private void decided(Fact it) {
        demand(bot, it, "the bot has not the word");
        demand(since.isPresent(), it, "there was nothing to decide about");
        demand(it.data().path("upTo").asLong() == heard, it, "not by all that was written");
        since.ifPresent(then -> waited.add(Duration.between(then, it.at())));
        since = Optional.empty();
        promised = switch (it.text("action")) {
            case "answer", "ask_back" -> "message.sent";
            case "hand_over" -> "conversation.escalated";
            default -> ""; // of the contract's words only silence is left
        };
    }

    private void said(Fact it, String before) {
        if (it.text("author").equals("bot")) {
            demand(!before.isEmpty(), it, "the bot says what it did not decide");
            promised = before.equals("conversation.escalated") ? before : "";
        }
    }

    private boolean handedOver(Fact it, String before) {
        demand(before.equals(it.type()), it, "the bot hands over what it did not decide to");
        return true;
    }

    private void demand(boolean holds, Fact it, String what) {
        check.demand(holds, RULE, conversation, it.seq() + " " + it.type() + ": " + what);
    }
}
