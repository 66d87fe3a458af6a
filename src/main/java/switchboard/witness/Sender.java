package switchboard.witness;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import switchboard.invariants.Exchange.Answer;

/** Sends as clients must: the same again, a little later each time, until there is an answer. All of it is noted. */
public final class Sender {

    /** Hears how it goes. Called by many threads. */
    public interface Watch {
        /** An answer that settles the matter: taken, or turned down for good. */
        void answered();

        /** No answer, or one that says to come again. */
        void turnedAway();
    }

    /** One way of sending. */
    private interface Way {
        HttpResponse<String> send() throws IOException, InterruptedException;
    }

    private final Caller program;
    private final Ledger ledger;
    private final Watch watch;
    private final Duration patience;

    public Sender(Caller program, Ledger ledger, Watch watch, Duration patience) {
        this.program = program;
        this.ledger = ledger;
        this.watch = watch;
        this.patience = patience;
    }

    /** Who hears how it goes. */
    public Watch watch() {
        return watch;
    }

    /** A customer's message; {@code binary}: the same event in the other envelope. Empty where nothing came back. */
    public Optional<Answer> attempt(Message message, boolean binary) throws IOException, InterruptedException {
        return attempt(message, () -> binary ? program.postBinary(message) : program.post(message));
    }

    /** A gateway's event, until it is settled. */
    public Answer post(Message message) throws IOException, InterruptedException {
        return settled(message, () -> program.post(message));
    }

    /**
     * Customers' messages in one request, one a line; what came back of each. Empty where nothing did, or an answer that
     * settles nothing.
     */
    public List<Optional<Answer>> attemptAll(List<Message> messages) throws IOException, InterruptedException {
        var number = ledger.intend(messages);
        var answers = new ArrayList<Optional<Answer>>(Collections.nCopies(messages.size(), Optional.empty()));
        var notes = new ArrayList<String>();
        var body = messages.stream().map(Caller::event).collect(joining("\n", "", "\n"));
        try {
            var response = program.postAll("application/x-ndjson", body);
            try (var lines = response.body()) {
                if (response.statusCode() == 200) {
                    lines.map(BulkAnswer::of).forEach(it -> note(it, number, messages, answers, notes));
                } else if (!Backoff.again(response)) {
                    throw new IllegalStateException(lines.collect(joining("\n", response.statusCode() + " ", "")));
                }
            }
        } catch (IOException | UncheckedIOException e) {
            watch.turnedAway();
        }
        ledger.answered(notes);
        return answers;
    }

    private void note(
            BulkAnswer it, long number, List<Message> messages, List<Optional<Answer>> answers, List<String> notes) {
        var message = messages.get(it.index());
        notes.add(Ledger.line(number + it.index(), message.thread(), it.answer()));
        if (Backoff.again(it.answer().status())) {
            watch.turnedAway();
        } else {
            watch.answered();
            answers.set(it.index(), Optional.of(it.answer()));
        }
    }

    /** An order with {@code credential}, until it is settled. */
    public Answer order(String credential, String conversation, Message order)
            throws IOException, InterruptedException {
        return settled(order, () -> program.order(credential, conversation, order));
    }

    /** A customer's message, and away before anybody answers. */
    public void hangUp(Message message) {
        ledger.intend(message);
        program.hangUp(message);
        watch.turnedAway();
    }

    private Answer settled(Message message, Way way) throws IOException, InterruptedException {
        var backoff = new Backoff(patience);
        while (true) {
            var answer = attempt(message, way);
            if (answer.isPresent() && !Backoff.again(answer.get().status())) {
                return answer.get();
            }
            backoff.pause();
        }
    }

    private Optional<Answer> attempt(Message message, Way way) throws IOException, InterruptedException {
        var number = ledger.intend(message);
        HttpResponse<String> response;
        try {
            response = way.send();
        } catch (IOException e) {
            watch.turnedAway();
            return Optional.empty();
        }
        var answer = new Answer(response.statusCode(), response.body());
        ledger.answered(number, message.thread(), answer);
        if (Backoff.again(response)) {
            watch.turnedAway();
        } else {
            watch.answered();
        }
        return Optional.of(answer);
    }
}
