package switchboard.play;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import switchboard.invariants.Findings;
import switchboard.invariants.Violation;
import switchboard.witness.Auditor;
import switchboard.witness.Caller;
import switchboard.witness.Follower;
import switchboard.witness.Ledger;

/**
 * Those who follow conversations of the run while they are played: a bounded number at a time, supervisors, each of whom now
 * and then hangs up and goes on after what he has seen. The ledger has what each connection showed.
 */
final class Audience implements AutoCloseable {

    /** After one event in twenty: some three times in a dialogue. */
    private static final double HANG_UPS = 0.05;

    private final Caller program;
    private final Ledger ledger;
    private final Options options;
    private final Progress progress;
    private final Semaphore seats;
    private final Map<String, Follower> readers = new ConcurrentHashMap<>();
    private final Queue<Future<Void>> sittings = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Audience(Caller program, Ledger ledger, Options options, Progress progress) {
        this.program = program;
        this.ledger = ledger;
        this.options = options;
        this.progress = progress;
        this.seats = new Semaphore(options.readers());
    }

    /** Somebody follows {@code thread}'s conversation from its beginning, where a seat is free. */
    void follow(String thread, String conversation) {
        if (seats.tryAcquire()) {
            var supervisor = program.credentials().supervisor();
            var reader = new Follower(program, supervisor, conversation, 0, HANG_UPS, segment -> {
                ledger.shown(thread, conversation, segment);
                progress.shown(segment.shown().size());
            });
            readers.put(thread, reader);
            sit(reader);
        }
    }

    /** Who follows {@code thread} leaves; what is still to come he sees when it is time to {@link #seeTheRest}. */
    void leave(String thread) {
        var reader = readers.get(thread);
        if (reader != null) {
            reader.close();
        }
    }

    /**
     * Everyone comes back for what has happened since he left, when nothing happens any more. Found, I7: who is not shown
     * it. Patience begins anew whenever a seat becomes free, and once it is at its end all leave.
     */
    Findings seeTheRest() throws IOException, InterruptedException, ExecutionException {
        seats.acquire(options.readers());
        seats.release(options.readers());
        var auditor = new Auditor(program);
        var heads = new LinkedHashMap<Follower, Long>();
        for (var it : readers.entrySet()) {
            var reader = it.getValue();
            var head = auditor.head(reader.conversation());
            heads.put(reader, head);
            ledger.until(it.getKey(), reader.conversation(), head);
            reader.until(head);
            if (!free(1)) {
                break;
            }
            sit(reader);
        }
        if (!free(options.readers())) {
            readers.values().forEach(Follower::close);
        }
        for (var sitting : sittings) {
            sitting.get();
        }
        return unseen(heads);
    }

    private boolean free(int count) throws InterruptedException {
        return seats.tryAcquire(count, options.patience().toNanos(), TimeUnit.NANOSECONDS);
    }

    private static Findings unseen(Map<Follower, Long> heads) {
        var found = heads.entrySet().stream()
                .filter(it -> it.getKey().last() < it.getValue())
                .map(it -> new Violation(
                        "I7",
                        it.getKey().conversation(),
                        "shown up to " + it.getKey().last() + " of " + it.getValue()))
                .toList();
        return heads.isEmpty() ? Findings.NONE : new Findings(Map.of("I7", (long) heads.size()), found);
    }

    private void sit(Follower reader) {
        sittings.add(threads.submit(() -> {
            try {
                return reader.call();
            } finally {
                seats.release();
            }
        }));
    }

    /** Nobody is interrupted: that would close the ledger. */
    @Override
    public void close() {
        readers.values().forEach(Follower::close);
        threads.close();
    }
}
