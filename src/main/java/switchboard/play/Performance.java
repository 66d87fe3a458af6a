package switchboard.play;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import switchboard.floor.Crew;
import switchboard.floor.Desk;
import switchboard.invariants.Exchange.Answer;
import switchboard.play.Dialogue.Turn;
import switchboard.witness.Message;
import switchboard.witness.Sender;

/**
 * One dialogue by one customer: each turn after the one before is acknowledged. On top, what gateways do by mistake:
 * turns that are sent twice, at the same time or later, and first attempts that hang up.
 */
final class Performance implements Callable<Void> {

    /** What all performances of a run share. */
    record Stage(
            Options options,
            Gateway gateway,
            Sender sender,
            Outbound outbound,
            Audience audience,
            Crew crew,
            Pace pace,
            Progress progress,
            ExecutorService threads) {}

    private final Stage stage;
    private final Dialogue dialogue;
    private final String thread;
    private final long index;
    private final Random random;
    private final List<Future<?>> twins = new ArrayList<>();
    private Optional<Desk> desk = Optional.empty();
    private int number;

    /** The {@code index}-th of the run. */
    Performance(Stage stage, Dialogue dialogue, long index) {
        this.stage = stage;
        this.dialogue = dialogue;
        this.thread = dialogue.thread(stage.options().seed(), index);
        this.index = index;
        this.random = new Random(stage.options().seed() * 31 + index);
    }

    /** Plays it to the end, or until something is refused. */
    @Override
    public Void call() throws IOException, InterruptedException, ExecutionException {
        try {
            play();
        } finally {
            stage.audience().leave(thread);
        }
        return null;
    }

    private void play() throws IOException, InterruptedException, ExecutionException {
        var going = true;
        for (var passage : dialogue.passages()) {
            going = going && (passage.getFirst().customer() ? customers(passage) : agent(passage));
        }
        for (var twin : twins) {
            twin.get();
        }
        if (going && desk.isPresent()) {
            ended(desk.get().resolve());
        }
    }

    /** Together where many go in a request, else each in its own time. */
    private boolean customers(List<Turn> passage) throws IOException, InterruptedException {
        if (stage.options().bulk() > 0) {
            return customer(passage);
        }
        for (var turn : passage) {
            if (!customer(List.of(turn))) {
                return false;
            }
        }
        return true;
    }

    /** Whether all of it was taken. */
    private boolean customer(List<Turn> passage) throws IOException, InterruptedException {
        var messages = new ArrayList<Message>();
        for (var turn : passage) {
            stage.pace().await();
            messages.add(new Message(thread, "/" + dialogue.channel() + "/play", "t" + number++, turn.text()));
        }
        mistake(messages.getFirst());
        var answers = stage.gateway().say(messages);
        messages.stream().filter(_ -> happens(stage.options().duplicates() / 2)).forEach(this::again);
        if (desk.isEmpty() && answers.getFirst().acknowledges()) {
            var conversation = answers.getFirst().place().conversation();
            stage.audience().follow(thread, conversation);
            if (stage.options().agent() || stage.options().bot()) {
                stage.outbound().expect(conversation, thread, dialogue.channel());
            }
            desk = Optional.of(stage.crew().desk(thread, conversation, index));
        }
        return accepted(answers);
    }

    private boolean agent(List<Turn> passage) throws IOException, InterruptedException {
        var answers = new ArrayList<Answer>();
        for (var turn : passage) {
            stage.pace().await();
            var mine = number++;
            var answer = desk.orElseThrow().say(mine, turn.text());
            answers.add(answer);
            if (answer.acknowledges()) {
                stage.outbound().due();
            }
            if (happens(stage.options().duplicates())) {
                twins.add(stage.threads().submit(() -> desk.orElseThrow().say(mine, turn.text())));
                stage.progress().doubled();
            }
        }
        return accepted(answers);
    }

    /** Only of the first of several: a later one, sent beside it, would overtake it by our own fault. */
    private void mistake(Message message) {
        if (happens(stage.options().retries())) {
            stage.sender().hangUp(message);
        }
        if (happens(stage.options().duplicates() / 2)) {
            again(message);
        }
    }

    private void again(Message message) {
        twins.add(stage.threads().submit(() -> stage.gateway().say(List.of(message))));
        stage.progress().doubled();
    }

    private boolean accepted(List<Answer> answers) {
        for (var answer : answers) {
            if (answer.acknowledges()) {
                stage.progress().turn();
            } else {
                stage.progress().refused(answer);
                return false;
            }
        }
        return true;
    }

    private void ended(List<Answer> answers) {
        answers.stream().filter(it -> !it.acknowledges()).forEach(stage.progress()::refused);
    }

    private boolean happens(double share) {
        return random.nextDouble() < share;
    }
}
