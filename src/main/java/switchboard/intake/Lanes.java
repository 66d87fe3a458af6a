package switchboard.intake;

import static java.util.stream.Collectors.toCollection;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.request.Fault;
import switchboard.wire.Inbound;

/**
 * A lane for each conversation that is being written to from this node: one command in flight, what comes meanwhile is
 * gathered for the next, in order. Nothing is kept of a conversation once its lane is empty. How many wait is bounded by
 * who sends.
 */
public final class Lanes {

    /** Events of one command. */
    static final int MOST = 64;

    /** What they take in the journal: one write of Cassandra's, which others' clusters refuse over 50 KiB. */
    static final int MOST_STORED = 45 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);

    /** Hands events to the conversation with this sharding id; each is answered, in order. */
    public interface Ask {
        CompletionStage<List<Outcome>> ask(String entity, List<Inbound> events);
    }

    /**
     * One request. After a failure in a conversation none of its later events goes there, so that nothing overtakes what
     * may have to be repeated.
     */
    static final class Sender {

        private final Set<String> failed = ConcurrentHashMap.newKeySet();
        private final BooleanSupplier late;

        /** Once {@code late}, nothing more is handed on. */
        Sender(BooleanSupplier late) {
            this.late = late;
        }

        private @Nullable Fault refuses(String entity) {
            if (failed.contains(entity)) {
                return Fault.AFTER_FAILED;
            }
            return late.getAsBoolean() ? Fault.OVERLOADED : null;
        }
    }

    /** An event on its way; {@code bytes} of its JSON. {@code answer} is called once, from any thread. */
    record Waiting(Sender sender, Inbound event, int bytes, Consumer<Outcome> answer) {

        /** In the journal, at most: sealed, in base64, with what surrounds it. */
        int stored() {
            return bytes * 14 / 10 + 300;
        }
    }

    private final ConcurrentHashMap<String, Queue<Waiting>> lanes = new ConcurrentHashMap<>();
    private final LongAdder commands = new LongAdder();
    private final LongAdder handed = new LongAdder();
    private final Ask ask;

    public Lanes(Ask ask) {
        this.ask = ask;
    }

    /** Conversations that are being written to. */
    public int open() {
        return lanes.size();
    }

    /** Sent so far, each with one event or more. */
    public long commands() {
        return commands.sum();
    }

    /** Events that went out with the commands. */
    public long events() {
        return handed.sum();
    }

    /** In this order, after all that was sent to that conversation before. */
    void send(String entity, List<Waiting> events) {
        var added = new boolean[1];
        lanes.compute(entity, (_, lane) -> {
            if (lane == null) {
                added[0] = true;
                return new ArrayDeque<>(events);
            }
            lane.addAll(events);
            return lane;
        });
        if (added[0]) {
            next(entity);
        }
    }

    private void next(String entity) {
        var refused = new ArrayList<Runnable>();
        var command = new ArrayList<Waiting>();
        lanes.computeIfPresent(entity, (_, lane) -> {
            gather(entity, lane, command, refused);
            return command.isEmpty() ? null : lane;
        });
        refused.forEach(Runnable::run);
        if (!command.isEmpty()) {
            hand(entity, command);
        }
    }

    /** Takes what fits into one command; an empty command means an empty lane. */
    private static void gather(String entity, Queue<Waiting> lane, List<Waiting> command, List<Runnable> refused) {
        var stored = 0;
        for (var first = lane.peek(); first != null; first = lane.peek()) {
            var one = first;
            var fault = one.sender().refuses(entity);
            stored += fault == null ? one.stored() : 0;
            if (!command.isEmpty() && (stored > MOST_STORED || command.size() == MOST)) {
                return;
            }
            lane.remove();
            if (fault == null) {
                command.add(one);
            } else {
                refused.add(() -> one.answer().accept(new Outcome.Faulty(fault)));
            }
        }
    }

    private void hand(String entity, List<Waiting> command) {
        commands.increment();
        handed.add(command.size());
        var events = command.stream().map(Waiting::event).collect(toCollection(ArrayList::new));
        ask.ask(entity, events).whenComplete((outcomes, failure) -> {
            try {
                answer(entity, command, outcomes, failure);
            } finally {
                next(entity);
            }
        });
    }

    private static void answer(
            String entity, List<Waiting> command, @Nullable List<Outcome> outcomes, @Nullable Throwable failure) {
        if (failure != null || outcomes == null || outcomes.size() != command.size()) {
            LOG.error("a command of {} events has not {} outcomes", command.size(), command.size(), failure);
            command.forEach(it -> it.sender().failed.add(entity));
            command.forEach(it -> it.answer().accept(new Outcome.Faulty(Fault.INTERNAL)));
            return;
        }
        for (int i = 0; i < command.size(); i++) {
            var one = command.get(i);
            var outcome = outcomes.get(i);
            if (outcome.isFailure()) {
                one.sender().failed.add(entity);
            }
            one.answer().accept(outcome);
        }
    }
}
