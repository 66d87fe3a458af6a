package switchboard.play;

import static java.util.Collections.nCopies;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import switchboard.invariants.Exchange.Answer;
import switchboard.witness.Backoff;
import switchboard.witness.Message;
import switchboard.witness.Sender;

/**
 * Gathers what many threads have to say and posts it many lines a request. A thread's lines keep their order; with {@code
 * mixed} those of different threads are shuffled among each other. Lines that were not settled are sent again, in order.
 */
final class Bulk implements Gateway {

    /** What one thread waits for. */
    private static final class Pending {
        final List<Message> messages;
        final List<Optional<Answer>> answers;
        final CompletableFuture<List<Answer>> settled = new CompletableFuture<>();

        Pending(List<Message> messages) {
            this.messages = messages;
            this.answers = new ArrayList<>(nCopies(messages.size(), Optional.empty()));
        }

        /** Which messages have no answer yet. */
        List<Integer> unsettled() {
            return IntStream.range(0, answers.size())
                    .filter(i -> answers.get(i).isEmpty())
                    .boxed()
                    .toList();
        }
    }

    /** One line: the {@code index}-th message of {@code of}. */
    private record Line(Pending of, int index) {}

    private static final int REQUESTS_AT_A_TIME = 4;

    private final Sender sender;
    private final int most;
    private final boolean mixed;
    private final Duration patience;
    private final BlockingQueue<Pending> waiting = new LinkedBlockingQueue<>();
    private final ExecutorService posters = Executors.newVirtualThreadPerTaskExecutor();

    /** At most {@code most} lines a request. */
    Bulk(Sender sender, int most, boolean mixed, Duration patience) {
        this.sender = sender;
        this.most = most;
        this.mixed = mixed;
        this.patience = patience;
        for (int i = 0; i < REQUESTS_AT_A_TIME; i++) {
            posters.execute(this::post);
        }
    }

    @Override
    public List<Answer> say(List<Message> messages) throws IOException, InterruptedException {
        var pending = new Pending(messages);
        waiting.add(pending);
        try {
            return pending.settled.get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    @Override
    public void close() {
        posters.shutdownNow();
    }

    /** Until interrupted. */
    private void post() {
        try {
            while (true) {
                post(gathered());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void post(List<Pending> all) throws InterruptedException {
        try {
            settle(all);
        } catch (IOException | RuntimeException e) { // told to each who waits, or they would wait for ever
            all.forEach(pending -> pending.settled.completeExceptionally(e));
        }
    }

    private List<Pending> gathered() throws InterruptedException {
        var all = new ArrayList<Pending>();
        var next = waiting.take();
        for (int lines = 0; next != null; next = lines < most ? waiting.poll() : null) {
            all.add(next);
            lines += next.messages.size();
        }
        return all;
    }

    private void settle(List<Pending> all) throws IOException, InterruptedException {
        var backoff = new Backoff(patience);
        for (var lines = lines(all); !lines.isEmpty(); lines = lines(all)) {
            var answers = sender.attemptAll(
                    lines.stream().map(line -> line.of.messages.get(line.index)).toList());
            for (int i = 0; i < answers.size(); i++) {
                lines.get(i).of.answers.set(lines.get(i).index, answers.get(i));
            }
            all.stream()
                    .filter(p -> p.unsettled().isEmpty())
                    .forEach(p -> p.settled.complete(
                            p.answers.stream().flatMap(Optional::stream).toList()));
            if (answers.contains(Optional.<Answer>empty())) {
                backoff.pause();
            }
        }
    }

    /** What is to be sent, each thread's in its order. */
    private List<Line> lines(List<Pending> all) {
        var places = new ArrayList<Pending>();
        all.forEach(p -> places.addAll(nCopies(p.unsettled().size(), p)));
        if (mixed) {
            Collections.shuffle(places);
        }
        var open = new IdentityHashMap<Pending, Iterator<Integer>>();
        all.forEach(p -> open.put(p, p.unsettled().iterator()));
        return places.stream()
                .limit(most)
                .map(p -> new Line(p, requireNonNull(open.get(p)).next()))
                .toList();
    }
}
