package switchboard.intake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import switchboard.request.CloudEvents;
import switchboard.request.Fault;
import switchboard.request.Problem;
import switchboard.wire.CustomerThread;

/**
 * Takes a stream of lines in, a window at a time: events of one conversation go together, in order, and the answers come in
 * the order of the lines. Two windows are under way at most, each of at most 1,000 lines and some 512 KiB.
 */
public final class Windows {

    static final int WINDOW_LINES = 1_000;
    private static final long WINDOW_BYTES = 512 * 1024;
    private static final Duration GATHERING = Duration.ofMillis(10);
    private static final int WINDOWS = 2;

    /**
     * For whom.
     *
     * @param speaksFor the channels of the credential
     * @param entity the sharding id of a thread's conversation
     * @param pays for so many lines, once they are read
     */
    public record Caller(Predicate<String> speaksFor, Function<CustomerThread, Entity> entity, IntConsumer pays) {}

    /** A conversation by its own id and by that in sharding. */
    public record Entity(String conversation, String id) {}

    private final Lanes lanes;

    public Windows(Lanes lanes) {
        this.lanes = lanes;
    }

    /**
     * The answers, a window at a time. What has not been handed to its conversation within {@code patience} of now is
     * refused as OVERLOADED.
     */
    public Source<List<Answer>, NotUsed> answers(Source<Line, ?> lines, Caller caller, Duration patience) {
        var until = System.nanoTime() + patience.toNanos();
        var sender = new Lanes.Sender(() -> System.nanoTime() - until > 0);
        return lines.map(line -> read(line, caller))
                .groupedWeightedWithin(WINDOW_BYTES, WINDOW_LINES, Line::weight, GATHERING)
                .mapAsync(WINDOWS, window -> {
                    caller.pays().accept(window.size());
                    return new Window(window, caller, sender).send();
                })
                .mapMaterializedValue(_ -> NotUsed.getInstance());
    }

    /** Reads and checks what stands on a line. */
    static Line read(Line line, Caller caller) {
        return switch (line) {
            case Line.Text it -> read(it, caller);
            case Line.Event it -> it;
            case Line.Bad it -> it;
        };
    }

    private static Line read(Line.Text line, Caller caller) {
        var json = line.json().toArrayUnsafe();
        try {
            var event = CloudEvents.read(json);
            return caller.speaksFor().test(event.thread().channel())
                    ? new Line.Event(line.index(), event, json.length)
                    : new Line.Bad(line.index(), event.id().text(), new Problem(Fault.CHANNEL_NOT_ALLOWED));
        } catch (Problem why) {
            return new Line.Bad(line.index(), CloudEvents.id(json), why);
        }
    }

    /** Lines that go out together. */
    private final class Window {

        private final List<Line> lines;
        private final Caller caller;
        private final Lanes.Sender sender;
        private final Answer[] answers;
        private final AtomicInteger missing;
        private final CompletableFuture<List<Answer>> done = new CompletableFuture<>();

        Window(List<Line> lines, Caller caller, Lanes.Sender sender) {
            this.lines = lines;
            this.caller = caller;
            this.sender = sender;
            this.answers = new Answer[lines.size()];
            this.missing = new AtomicInteger(lines.size());
        }

        CompletionStage<List<Answer>> send() {
            var byConversation = new LinkedHashMap<String, List<Lanes.Waiting>>();
            for (int place = 0; place < lines.size(); place++) {
                switch (lines.get(place)) {
                    case Line.Event it -> {
                        var entity = caller.entity().apply(it.event().thread());
                        byConversation
                                .computeIfAbsent(entity.id(), _ -> new ArrayList<>())
                                .add(waiting(place, it, entity.conversation()));
                    }
                    case Line.Bad it -> answer(place, new Answer.Faulty(it.index(), it.id(), it.why()));
                    case Line.Text it -> throw new AssertionError("line " + it.index() + " was not read");
                }
            }
            byConversation.forEach(lanes::send);
            return done;
        }

        private Lanes.Waiting waiting(int place, Line.Event line, String conversation) {
            Consumer<Outcome> answer = outcome -> answer(place, answer(line, conversation, outcome));
            return new Lanes.Waiting(sender, line.event(), line.bytes(), answer);
        }

        private static Answer answer(Line.Event line, String conversation, Outcome outcome) {
            var id = line.event().id().text();
            return switch (outcome) {
                case Outcome.Stored it -> new Answer.Stored(line.index(), id, conversation, it.seq());
                case Outcome.Refused it -> new Answer.Refused(line.index(), id, it.why());
                case Outcome.Faulty it -> new Answer.Faulty(line.index(), id, new Problem(it.why()));
            };
        }

        private void answer(int place, Answer answer) {
            answers[place] = answer;
            if (missing.decrementAndGet() == 0) {
                done.complete(Arrays.asList(answers));
            }
        }
    }
}
