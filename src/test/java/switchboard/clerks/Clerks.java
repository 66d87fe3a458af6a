package switchboard.clerks;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import switchboard.custody.Shift;
import switchboard.custody.Span;
import switchboard.load.Proc;
import switchboard.load.Round;
import switchboard.witness.Auditor;
import switchboard.witness.Caller;
import switchboard.witness.Credentials;

/** All agents of a measurement, and the supervisors who escalate to them. */
public final class Clerks implements AutoCloseable {

    /** What came of a round: until assigned, until the offer was seen (nanoseconds, ascending), and who has what. */
    public record Handed(Round assigned, List<Long> offered, Map<String, String> agents) {}

    private final Caller caller;
    private final URI address;
    private final Proc program;
    private final Proc cassandra;
    private final Map<String, Contact> contacts = new ConcurrentHashMap<>();
    private final List<Clerk> clerks = new ArrayList<>();
    private final Instant since;

    private Clerks(Caller caller, URI address, Proc program, Proc cassandra, InstantSource clock) {
        this.caller = caller;
        this.address = address;
        this.program = program;
        this.cassandra = cassandra;
        this.since = clock.instant();
    }

    /** So many; returns once all of them are there. */
    public static Clerks open(Caller caller, URI address, int count, Proc program, Proc cassandra)
            throws IOException, InterruptedException {
        var all = new Clerks(caller, address, program, cassandra, InstantSource.system());
        try {
            for (int i = 0; i < count; i++) {
                all.clerks.add(new Clerk(caller, address, "clerk-" + i, all::contact));
            }
            return all;
        } catch (IOException | InterruptedException | RuntimeException e) { // nobody stays behind
            all.close();
            throw e;
        }
    }

    /** Empty where it is not of this round. */
    private Optional<Contact> contact(String conversation) {
        return Optional.ofNullable(contacts.get(conversation));
    }

    /** Escalates {@code conversations}, so many at a time; returns once all are assigned. */
    public Handed escalated(List<String> conversations, int atATime) throws Exception {
        contacts.clear();
        var left = new ConcurrentLinkedQueue<>(conversations);
        var waits = new ConcurrentLinkedQueue<Long>();
        var assigned = measured(conversations.size(), waits, atATime, () -> {
            try (var supervisor = new Connection(address, Credentials.LOCAL.supervisor())) {
                for (var it = left.poll(); it != null; it = left.poll()) {
                    var from = System.nanoTime();
                    escalated(supervisor, it);
                    waits.add(System.nanoTime() - from);
                }
            }
        });
        var offered =
                contacts.values().stream().map(Contact::untilOffered).sorted().toList();
        var agents = new ConcurrentHashMap<String, String>();
        contacts.forEach((conversation, contact) -> agents.put(conversation, contact.agent()));
        return new Handed(assigned, offered, agents);
    }

    private void escalated(Connection supervisor, String conversation) throws Exception {
        var contact = new Contact();
        contacts.put(conversation, contact);
        supervisor
                .order(
                        "/v1/conversations/" + conversation + "/escalate",
                        conversation + "-e",
                        "{\"queue\":\"general\",\"reason\":\"needs_a_person\"}")
                .taken();
        try {
            contact.await();
        } catch (TimeoutException e) {
            var stored = new Auditor(caller).lines(conversation);
            throw new AssertionError(conversation + " is not assigned; stored is " + stored, e);
        }
    }

    /** All resolve and wrap up what they have, each one thing after the other. */
    public Round finished(int conversations) throws Exception {
        var left = new ConcurrentLinkedQueue<>(clerks);
        return measured(conversations, new ConcurrentLinkedQueue<>(), 16, () -> {
            for (var clerk = left.poll(); clerk != null; clerk = left.poll()) {
                clerk.finishes();
            }
        });
    }

    /** What a thread does. */
    private interface Deed {
        void run() throws Exception;
    }

    private Round measured(int count, ConcurrentLinkedQueue<Long> waits, int threads, Deed deed) throws Exception {
        var cpu = program.cpuMicros();
        var cassandraCpu = cassandra.cpuMicros();
        var start = System.nanoTime();
        try (var all = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<Void>>();
            for (int i = 0; i < threads; i++) {
                running.add(all.submit(() -> {
                    deed.run();
                    return null;
                }));
            }
            for (var one : running) {
                one.get();
            }
        }
        return new Round(
                Duration.ofNanos(System.nanoTime() - start),
                count,
                waits.stream().sorted(Comparator.naturalOrder()).toList(),
                program.cpuMicros() - cpu,
                cassandra.cpuMicros() - cassandraCpu);
    }

    /** When they were there, which they are until they are closed. */
    public List<Shift> shifts(InstantSource clock) {
        var there = List.of(new Span(since, clock.instant()));
        return clerks.stream()
                .map(it -> new Shift(it.worker(), there, List.of()))
                .toList();
    }

    @Override
    public void close() throws IOException {
        for (var clerk : clerks) {
            clerk.close();
        }
    }
}
