package switchboard.senders;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import switchboard.invariants.Exchange;
import switchboard.invariants.Exchange.Answer;
import switchboard.witness.Backoff;
import switchboard.witness.Caller;
import switchboard.witness.Ledger;
import switchboard.witness.Message;
import switchboard.witness.Sender;

/**
 * A gateway as the contract wants it: every customer's messages in order, one in flight, the same id again until there
 * is an answer. On top it does what gateways do by mistake: about one message in ten is posted twice, after its answer
 * or with its twin in flight; some identities are used again with other content; some messages are given up.
 */
public final class RetryingGateway implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(150);

    private final Sender sender;
    private final Ledger ledger;
    private final Crowd customers = new Crowd();
    private final Heard heard = new Heard("requests");

    public RetryingGateway(Caller program, Ledger ledger) {
        this.ledger = ledger;
        this.sender = new Sender(program, ledger, heard, PATIENCE);
    }

    /** Lets {@code count} customers write until {@link #finish}, as fast as they are answered; what they write follows from {@code seed}. */
    public void open(int count, long seed) {
        open(count, seed, Duration.ZERO);
    }

    /** Likewise; {@code pause}: so long, on the average, one thinks between two messages. */
    public void open(int count, long seed, Duration pause) {
        for (int i = 0; i < count; i++) {
            var thread = "visitor-" + seed + "-" + i;
            var random = new Random(seed * 1_000 + i);
            var index = new AtomicInteger();
            customers.add(() -> {
                say(Writing.message(thread, index.getAndIncrement(), random), random);
                LockSupport.parkNanos((long) (pause.toNanos() * 2 * random.nextDouble()));
            });
        }
    }

    /** Requests with an answer that ends them: taken, or turned down for good. */
    public Tally answers() {
        return heard.answers;
    }

    /** Requests that got no answer, or one of 500 and above. */
    public Tally refusals() {
        return heard.refusals;
    }

    /** Lets each customer finish what he has in hand. */
    public void finish() throws ExecutionException, InterruptedException, TimeoutException {
        customers.finish();
    }

    /** Posts one event in {@code oneIn} of all that were ever acknowledged once more. */
    public void repeat(int oneIn) throws Exception {
        var events = new LinkedHashMap<Object, Exchange>();
        try (var index = ledger.index()) {
            for (var thread : index.threads()) {
                index.of(thread).exchanges().stream()
                        .filter(Exchange::acknowledged)
                        .forEach(e -> events.putIfAbsent(e.key(), e));
            }
        }
        var index = 0;
        for (var e : events.values()) {
            if (index++ % oneIn == 0) {
                untilAnswered(new Message(e.thread(), e.source(), e.id(), e.text()), new Random(index));
            }
        }
    }

    @Override
    public void close() {
        customers.close();
    }

    private void say(Message message, Random random) throws Exception {
        var dice = random.nextInt(100);
        if (dice < 3) {
            sender.attempt(message, random.nextBoolean());
            return;
        }
        var twin = dice < 8 ? customers.aside(() -> sender.attempt(message, true)) : null;
        var answer = untilAnswered(message, random);
        if (twin != null) {
            twin.get();
        }
        if (answer.acknowledges() && dice >= 8 && dice < 14) {
            untilAnswered(dice < 13 ? message : message.forged(), random);
        }
    }

    private Answer untilAnswered(Message message, Random random) throws IOException, InterruptedException {
        var backoff = new Backoff(PATIENCE);
        while (true) {
            var answer = sender.attempt(message, random.nextBoolean());
            if (answer.isPresent() && !Backoff.again(answer.get().status())) {
                return answer.get();
            }
            backoff.pause();
        }
    }
}
