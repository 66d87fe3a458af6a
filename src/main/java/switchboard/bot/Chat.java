package switchboard.bot;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import switchboard.conversation.Bot;
import switchboard.deciding.Turn;
import switchboard.event.ConversationEvent.BotDecided;
import switchboard.event.Talk;
import switchboard.wire.Personal;

/** One customer and the bot, on a terminal: nothing is stored, and where a person would take over it says so and begins anew. */
public final class Chat {

    private final Supplier<Mind> mind;
    private final InstantSource clock;
    private final PrintStream out;
    private final List<Turn> turns = new ArrayList<>();
    private final List<String> languages = new ArrayList<>();
    private boolean introduced;
    private boolean wantsPerson;
    private int said;

    /** {@code mind}: as it is when it is asked. */
    public Chat(Supplier<Mind> mind, InstantSource clock, PrintStream out) {
        this.mind = mind;
        this.clock = clock;
        this.out = out;
    }

    /** Until there is no more to read. */
    public void run(BufferedReader in) throws IOException {
        out.println("Write as a customer would, in German or English; an empty line ends it.");
        for (var line = in.readLine(); line != null && !line.isBlank(); line = in.readLine()) {
            hears(line, clock.instant());
        }
    }

    private void hears(String line, Instant at) {
        turns.add(new Turn.Said(new Personal(line), at));
        var talk = new Talk(Talk.MOST, List.of(), 0, ++said, 0, introduced, false, wantsPerson);
        var question = new Bot.Question("local", "chat", 1, said, "chat", "", "", talk, at);
        switch (mind.get().word(new Dialogue(question, 1, turns, languages))) {
            case Bot.Later _ -> out.println("(it still learns)");
            case Bot.Nothing _ -> throw new IllegalStateException("it was asked something");
            case Bot.Reply it -> {
                says(it.text(), it.decided());
                remember(it.decided(), at);
            }
            case Bot.HandOver it -> {
                says(it.text(), it.decided());
                out.println("(a person takes over: queue \"" + it.queue() + "\", priority \"" + it.priority()
                        + "\"; from here on as if she had solved it)");
                turns.clear();
                wantsPerson |= it.decided().wantsPerson();
            }
        }
    }

    private void says(Personal text, BotDecided it) {
        introduced |= !text.text().isEmpty();
        out.println(text.text().isEmpty() ? "(says nothing)" : text.text());
        out.printf(
                "[%s%s, intent %s %.0f %%, %s, language %s%s, versions %s]%n%n",
                it.action(),
                it.reason().isEmpty() ? "" : ": " + it.reason(),
                it.intent().isEmpty() ? "none" : it.intent(),
                100 * it.confidence(),
                it.evidence().isEmpty() ? "no rule" : it.evidence(),
                it.language(),
                it.sources().isEmpty() ? "" : ", sources " + it.sources(),
                it.versions());
    }

    private void remember(BotDecided it, Instant at) {
        languages.add(it.language());
        switch (it.action()) {
            case "answer" -> turns.add(new Turn.Replied(it.sources().getFirst(), it.confidence(), at));
            case "ask_back" -> turns.add(new Turn.Replied("", it.confidence(), at));
            default -> {
                // names on disk: with the others the bot has said nothing
            }
        }
    }
}
