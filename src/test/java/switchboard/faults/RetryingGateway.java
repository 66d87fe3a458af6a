package switchboard.faults;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import switchboard.invariants.Exchange;
import switchboard.invariants.Exchange.Answer;
import switchboard.witness.Caller;
import switchboard.witness.Ledger;
import switchboard.witness.Message;

/**
 * A gateway as the contract wants it: every customer's messages in order, one in flight, the same id again until there
 * is an answer. On top it does what gateways do by mistake: about one message in ten is posted twice, after its answer
 * or with its twin in flight; some identities are used again with other content; some messages are given up.
 */
final class RetryingGateway implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Caller program;
    private final Ledger ledger;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> customers = new ArrayList<>();
    private final CountDownLatch enough = new CountDownLatch(1);
    private final Tally answered = new Tally("requests answered");
    private final Tally turnedAway = new Tally("requests turned away");

    RetryingGateway(Caller program, Ledger ledger) {
        this.program = program;
        this.ledger = ledger;
    }

    /** Lets {@code count} customers write until {@link #finish}; what they write follows from {@code seed}. */
    void open(int count, long seed) {
        for (int i = 0; i < count; i++) {
            var thread = "visitor-" + seed + "-" + i;
            var random = new Random(seed * 1_000 + i);
            customers.add(threads.submit(() -> {
                for (int index = 0; enough.getCount() > 0; index++) {
                    say(Writing.message(thread, index, random), random);
                }
                return null;
            }));
        }
    }

    /** Requests with an answer that ends them: taken, or turned down for good. */
    Tally answered() {
        return answered;
    }

    /** Requests that got no answer, or one of 500 and above. */
    Tally turnedAway() {
        return turnedAway;
    }

    /** Lets each customer finish what he has in hand. */
    void finish() throws ExecutionException, InterruptedException, TimeoutException {
        enough.countDown();
        for (var customer : customers) {
            customer.get(180, TimeUnit.SECONDS);
        }
    }

    /** Posts one event in {@code oneIn} of all that were ever acknowledged once more. */
    void repeat(int oneIn) throws Exception {
        var events = new LinkedHashMap<Object, Exchange>();
        try (var index = ledger.index()) {
            for (var thread : index.threads()) {
                index.of(thread).stream().filter(Exchange::acknowledged).forEach(e -> events.putIfAbsent(e.key(), e));
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
        enough.countDown();
        threads.shutdownNow();
    }

    private void say(Message message, Random random) throws Exception {
        var dice = random.nextInt(100);
        if (dice < 3) {
            attempt(message, random.nextBoolean());
            return;
        }
        var twin = dice < 8 ? threads.submit(() -> attempt(message, true)) : null;
        var answer = untilAnswered(message, random);
        if (twin != null) {
            twin.get();
        }
        if (answer.acknowledges() && dice >= 8 && dice < 14) {
            untilAnswered(dice < 13 ? message : message.forged(), random);
        }
    }

    private Answer untilAnswered(Message message, Random random) throws InterruptedException {
        while (true) {
            var answer = attempt(message, random.nextBoolean());
            if (answer.isPresent() && answer.get().status() < 500) {
                return answer.get();
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private Optional<Answer> attempt(Message message, boolean binary) throws InterruptedException {
        var number = ledger.intend(message);
        try {
            var response = binary ? program.postBinary(message) : program.post(message);
            var answer = answer(response);
            ledger.answered(number, message.thread(), answer);
            (answer.status() < 500 ? answered : turnedAway).add();
            return Optional.of(answer);
        } catch (IOException e) {
            turnedAway.add();
            return Optional.empty();
        }
    }

    /** Overload and outage must say when to come again. */
    private static Answer answer(HttpResponse<String> response) {
        if (response.statusCode() == 503
                && response.headers().firstValue("Retry-After").isEmpty()) {
            throw new AssertionError("503 without Retry-After");
        }
        return new Answer(response.statusCode(), response.body());
    }
}
