package switchboard.floor;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import switchboard.custody.Shift;
import switchboard.custody.Span;
import switchboard.invariants.Findings;
import switchboard.witness.Caller;
import switchboard.witness.Sender;

/** Simulated agents for one run, and the conversations that are theirs to take. Safe for many threads. */
public final class Crew implements AutoCloseable {

    /**
     * Who is wanted.
     *
     * @param keys the agents' credentials, with {@code {agent}} for the name
     * @param outages a file with the times in which parts of the program could not work, see {@link Span#read}
     */
    public record Terms(int agents, String keys, long seed, Duration patience, Optional<Path> outages) {}

    /** What may be done beside. */
    interface Deed {
        void run() throws IOException, InterruptedException;
    }

    private static final double BILLING = 0.25;
    private static final double URGENT = 0.1;
    private static final double HIGH = 0.1;

    private final Caller program;
    private final Sender sender;
    private final Terms terms;
    private final InstantSource clock;
    private final Delays delays;
    private Optional<Pulse> pulse = Optional.empty();
    private Optional<Seat> seat = Optional.empty();
    private final List<Agent> agents = new ArrayList<>();
    private final Map<String, Contact> contacts = new ConcurrentHashMap<>();
    private final Queue<Future<Void>> deeds = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private Crew(Caller program, Sender sender, Terms terms, InstantSource clock) {
        this.program = program;
        this.sender = sender;
        this.terms = terms;
        this.clock = clock;
        this.delays = new Delays(clock);
    }

    /** Returns once all of them are there. */
    public static Crew open(Caller program, Sender sender, Terms terms, InstantSource clock)
            throws IOException, InterruptedException, ExecutionException {
        var crew = new Crew(program, sender, terms, clock);
        try {
            crew.begin();
            return crew;
        } catch (IOException | InterruptedException | ExecutionException | RuntimeException e) { // nobody stays behind
            crew.close();
            throw e;
        }
    }

    private void begin() throws IOException, InterruptedException, ExecutionException {
        if (isEmpty()) {
            program.employ(program.credentials().name(), terms.patience());
            var one = new Seat(program);
            seat = Optional.of(one);
            deeds.add(threads.submit(one));
            return;
        }
        pulse = Optional.of(new Pulse(program, clock));
        var seeds = new Random(terms.seed());
        for (var worker : Roster.of(terms.agents(), terms.seed())) {
            var agent = new Agent(this, worker, terms.keys().replace("{agent}", worker.agent()), seeds.nextLong());
            agents.add(agent);
            deeds.add(threads.submit(agent));
        }
        for (var agent : agents) {
            if (!agent.awaitReady(terms.patience().toNanos())) {
                failed();
                throw new IOException(
                        "not all agents are there after " + terms.patience().toSeconds() + " s");
            }
        }
    }

    /** Whether nobody was wanted. */
    public boolean isEmpty() {
        return terms.agents() == 0;
    }

    /** The other side of {@code thread}'s conversation, the {@code index}-th of the run; of nobody: the one agent's. */
    public Desk desk(String thread, String conversation, long index) {
        if (isEmpty()) {
            return new Assigned(sender, program.credentials(), thread, conversation);
        }
        var matter = matter(new SplittableRandom(terms.seed() * 31 + index));
        var supervisor = program.credentials().supervisor();
        return contacts.computeIfAbsent(
                conversation,
                _ -> new Contact(sender, supervisor, delays, terms.patience(), matter, thread, conversation));
    }

    private static Contact.Matter matter(SplittableRandom random) {
        var dice = random.nextDouble();
        var queue = dice < BILLING ? "billing" : dice < BILLING + URGENT ? "urgent" : "general";
        return new Contact.Matter(queue, random.nextDouble() < HIGH ? "high" : "");
    }

    /** All go home, when nothing happens any more; found: what they were shown wrongly. */
    public Findings leave() throws IOException, InterruptedException, ExecutionException {
        for (var agent : agents) {
            agent.leave();
        }
        seat.ifPresent(Seat::leave);
        for (var deed = deeds.poll(); deed != null; deed = deeds.poll()) {
            deed.get();
        }
        return agents.stream().map(Agent::seen).reduce(Findings.NONE, Findings::and);
    }

    /** Who was there when; once all have left. */
    public List<Shift> shifts() {
        return agents.stream().map(Agent::shift).toList();
    }

    /** When the program did not answer, or is known not to have been whole. */
    public List<Span> outages() throws IOException {
        var all = new ArrayList<>(pulse.map(Pulse::outages).orElse(List.of()));
        if (terms.outages().isPresent()) {
            all.addAll(Span.read(terms.outages().get()));
        }
        return all;
    }

    /** From escalation to offer. */
    public Delays delays() {
        return delays;
    }

    Caller program() {
        return program;
    }

    Instant now() {
        return clock.instant();
    }

    Sender.Watch watch() {
        return sender.watch();
    }

    Duration patience() {
        return terms.patience();
    }

    Optional<Contact> contact(String conversation) {
        return Optional.ofNullable(contacts.get(conversation));
    }

    /** In a thread of its own; what goes wrong in it is told to who asks all to leave. */
    void then(Deed deed) {
        deeds.removeIf(it -> it.state() == Future.State.SUCCESS);
        deeds.add(threads.submit((Callable<Void>) () -> {
            deed.run();
            return null;
        }));
    }

    /** What went wrong so far. */
    private void failed() throws InterruptedException, ExecutionException {
        for (var deed : deeds) {
            if (deed.isDone()) {
                deed.get();
            }
        }
    }

    /** Who has not left yet is sent home; she closes what she has open. */
    @Override
    public void close() {
        pulse.ifPresent(Pulse::close);
        threads.shutdownNow();
    }
}
