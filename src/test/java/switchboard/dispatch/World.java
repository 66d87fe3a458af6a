package switchboard.dispatch;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedStage;
import static java.util.concurrent.CompletableFuture.failedStage;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.apache.pekko.Done;
import org.apache.pekko.pattern.StatusReply;
import switchboard.agent.Agent;
import switchboard.agent.Agent.Presence;
import switchboard.agent.Agent.Routing;
import switchboard.agent.Profile;
import switchboard.agent.Profile.Capacity;
import switchboard.agent.Profile.Pool;
import switchboard.contact.Output.Overflowed;
import switchboard.contact.Output.Proposal;
import switchboard.conversation.Conversation.Facts;
import switchboard.dispatch.Dispatch.Command;
import switchboard.handling.Line;
import switchboard.handling.Waits;
import switchboard.plan.Key;
import switchboard.wire.Refusal;

/**
 * Conversations that judge and agents who count, as the router knows them: each does what the real one does, at once; their
 * words come to whoever listens, unless they are lost on the way.
 */
final class World implements Dispatch.Outside, Dispatch.Rows {

    static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
    static final int UNITS = 34;

    /** A conversation; {@code agent} has it or is offered it. */
    private record Talk(String id, int epoch, String status, String agent, Line line, long seq) {
        Talk is(int next, String now, String who) {
            return new Talk(id, next, now, who, line, seq + 1);
        }

        Facts facts() {
            var waits = switch (status) {
                case "queued" -> Optional.of(new Waits(line, ""));
                case "reserved" -> Optional.of(new Waits(line, agent));
                default -> Optional.<Waits>empty();
            };
            var owner = status.equals("assigned") ? agent : "";
            return new Facts("t", id, seq, NOON, "web", status, owner, "", epoch, "", 1, List.of(), "", 1, 0, waits);
        }
    }

    /** An agent. */
    private static final class Person {
        final String id;
        final int units;
        final Set<String> held = new HashSet<>();
        boolean there = true;
        long seq = 1;

        Person(String id, int units) {
            this.id = id;
            this.units = units;
        }

        boolean able() {
            return there && (held.size() + 1) * UNITS <= units;
        }

        Agent.Facts facts() {
            var load = new Capacity(0, held.size() * UNITS);
            var profile = new Profile(List.of(), List.of(), List.of("general"), new Capacity(0, units));
            var view = new Agent.View(
                    id,
                    seq,
                    there ? Presence.AVAILABLE : Presence.OFFLINE,
                    there ? Routing.READY : Routing.OFF,
                    there,
                    profile,
                    load,
                    NOON,
                    NOON,
                    "",
                    0);
            var holds = held.stream()
                    .map(it -> new Agent.Held(it, Pool.CHAT, UNITS))
                    .toList();
            return new Agent.Facts("t", view, holds, false);
        }
    }

    private final RandomGenerator random;
    private final int lost;
    private final Map<String, Talk> talks = new TreeMap<>();
    private final Map<String, Person> people = new TreeMap<>();
    private Consumer<Command> router = _ -> {};
    /** How often something was proposed that was not so; none is a fault, all are healed. */
    int refused;

    /** Of 100 words, {@code lost} are lost. */
    World(RandomGenerator random, int lost) {
        this.random = random;
        this.lost = lost;
    }

    synchronized void listener(Consumer<Command> listener) {
        router = listener;
    }

    synchronized void hires(String id, int units) {
        people.put(id, new Person(id, units));
        tell(person(id));
    }

    synchronized void enters(String id) {
        var line = new Line("general", List.of(), "", new Key(NOON, Duration.ZERO, Duration.ZERO), NOON, "", List.of());
        talks.put(id, new Talk(id, 2, "queued", "", line, 5));
        tell(talk(id));
    }

    /** The agent takes what she is offered, or does not. */
    synchronized void says(String id, boolean yes) {
        var talk = talk(id);
        if (talk.status().equals("reserved")) {
            if (yes) {
                becomes(talk.is(talk.epoch() + 1, "assigned", talk.agent()));
                tell(person(talk.agent()));
            } else {
                var agent = talk.agent();
                becomes(talk.is(talk.epoch() + 1, "queued", ""));
                ends(agent, id);
            }
        }
    }

    /** It ends, however it stands. */
    synchronized void ends(String id) {
        var talk = talk(id);
        becomes(talk.is(talk.epoch(), "resolved", ""));
        if (!talk.agent().isEmpty()) {
            ends(talk.agent(), id);
        }
    }

    private void ends(String agent, String id) {
        var person = person(agent);
        person.held.removeIf(it -> it.startsWith(id + "."));
        person.seq++;
        tell(person);
    }

    synchronized void comesOrGoes(String id) {
        var person = person(id);
        person.there = !person.there;
        person.seq++;
        tell(person);
    }

    synchronized List<String> talks(String status) {
        return talks.values().stream()
                .filter(it -> it.status().equals(status))
                .map(Talk::id)
                .toList();
    }

    synchronized Set<String> people() {
        return Set.copyOf(people.keySet());
    }

    /** Nobody waits while somebody could have it. */
    synchronized boolean settled() {
        return talks("queued").isEmpty() || people.values().stream().noneMatch(Person::able);
    }

    /** Nobody holds more than she can, and what she holds is what conversations say. */
    synchronized boolean exact() {
        return people.values().stream().allMatch(it -> it.held.size() * UNITS <= it.units);
    }

    private void becomes(Talk next) {
        talks.put(next.id(), next);
        tell(next);
    }

    private void tell(Talk talk) {
        if (random.nextInt(100) >= lost) {
            router.accept(new Dispatch.Stands(talk.facts()));
        }
    }

    private void tell(Person person) {
        if (random.nextInt(100) >= lost) {
            router.accept(new Dispatch.Works(person.facts()));
        }
    }

    @Override
    public synchronized CompletionStage<Done> propose(String tenant, Proposal proposal) {
        var talk = talk(proposal.item());
        if (!talk.status().equals("queued") || talk.epoch() != proposal.epoch()) {
            return refuse(Refusal.VOID);
        }
        var person = person(proposal.agent());
        if (!person.able()) {
            return refuse(Refusal.AGENT_FULL);
        }
        person.held.add(talk.id() + "." + talk.epoch());
        person.seq++;
        tell(person);
        becomes(talk.is(talk.epoch(), "reserved", person.id));
        return random.nextInt(100) < lost ? refuse(Refusal.UNAVAILABLE) : completedStage(Done.getInstance());
    }

    private CompletionStage<Done> refuse(Refusal why) {
        refused++;
        return failedStage(new StatusReply.ErrorMessage(why.name()));
    }

    @Override
    public synchronized CompletionStage<Done> overflow(String tenant, Overflowed overflowed) {
        return failedStage(new IllegalStateException("no queue of theirs overflows"));
    }

    @Override
    public synchronized CompletionStage<Facts> where(String tenant, String conversation) {
        return random.nextInt(100) < lost
                ? failedStage(new IllegalStateException("lost"))
                : completedStage(talk(conversation).facts());
    }

    @Override
    public synchronized void report(String tenant, String agent) {
        tell(person(agent));
    }

    @Override
    public synchronized CompletionStage<Done> reportPresent(String tenant) {
        people.values().stream().filter(it -> it.there).forEach(this::tell);
        return completedStage(Done.getInstance());
    }

    @Override
    public synchronized CompletionStage<List<Waiting>> read(String tenant, int part) {
        if (random.nextInt(100) < lost) {
            return failedStage(new IllegalStateException("lost"));
        }
        var rows = new ArrayList<Waiting>();
        if (part == 0) {
            talks.values().forEach(it -> Waiting.of(it.facts()).ifPresent(rows::add));
        }
        return completedStage(rows);
    }

    private Talk talk(String id) {
        return requireNonNull(talks.get(id));
    }

    private Person person(String id) {
        return requireNonNull(people.get(id));
    }
}
