package switchboard.workspace;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import switchboard.agent.Agent;
import switchboard.agent.Profile;
import switchboard.agent.Profile.Capacity;
import switchboard.conversation.Conversation.View;
import switchboard.history.Live.At;
import switchboard.history.Script;
import switchboard.journal.Journal.Row;
import switchboard.scribe.Told;

/** Ana, what she holds, and conversations that come to her and go, with all their logs in memory. */
final class World implements Logs {

    static final String ANA = "ana";
    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

    /** A conversation's log and, after each of its entries, whether it is hers. */
    static final class Contact {
        final Script log;
        private final String id;
        private final List<Boolean> hers = new ArrayList<>();
        private int epoch = 1;
        private String agent = "";
        private String offered = "";
        private boolean away;

        /** The reservation by which she has it; empty: none. For the test's own use. */
        String held = "";

        Contact(String id, Script log) {
            this.id = id;
            this.log = log;
        }

        String reservation() {
            return id + "." + epoch;
        }

        boolean hersNow() {
            return agent.equals(ANA) || offered.equals(ANA);
        }

        /** Whether it was hers once that entry was written; before the first: no. */
        boolean hers(long number) {
            return number > 0 && number <= hers.size() && hers.get((int) number - 1);
        }

        private void noted() {
            while (hers.size() < log.head()) {
                hers.add(hersNow());
            }
        }
    }

    private final ActorTestKit actors;
    private final ActorRef<Agent.Command> actor;
    private final Map<String, Contact> contacts = new LinkedHashMap<>();
    private final Set<String> holds = new LinkedHashSet<>();
    final Script own;

    /** Whether what she reads can be put on record. */
    volatile boolean recording = true;

    World(ActorTestKit actors) {
        this.actors = actors;
        this.actor = actors.spawn(Behaviors.ignore());
        this.own = new Script(actors, Agent.persistenceId("local", ANA)).with(1);
    }

    /** The id of the conversation with that number. */
    static String id(int number) {
        var digits = "abcdefghijklmnopqrstuvwxyz";
        return "c" + "a".repeat(24) + digits.charAt(number / 26) + digits.charAt(number % 26);
    }

    synchronized Contact contact(int number) {
        return contact(id(number));
    }

    private Contact contact(String id) {
        return contacts.computeIfAbsent(id, it -> {
            var made = new Contact(it, new Script(actors, "Conversation|local:" + it).with(1));
            made.noted();
            return made;
        });
    }

    synchronized Map<String, Contact> contacts() {
        return new LinkedHashMap<>(contacts);
    }

    /** Whether it is offered to somebody, or somebody's, or nobody's. */
    synchronized String status(Contact it) {
        if (!it.offered.isEmpty()) {
            return "offered";
        }
        return it.agent.isEmpty() ? "nobody" : "owned";
    }

    /** Something is said in it. */
    synchronized void said(Contact it) {
        it.log.write();
        it.noted();
    }

    /** So many entries come to it that nobody is told of, with its actor's end. */
    synchronized void dies(Contact it, int untold) {
        it.log.die(untold);
        it.noted();
    }

    /** She holds units for it. */
    synchronized String granted(Contact it) {
        return granted(it.reservation());
    }

    synchronized String granted(String reservation) {
        if (holds.add(reservation)) {
            own.write("hold.granted", Map.of("reservation", reservation));
        }
        return reservation;
    }

    /** She is told that it is over. */
    synchronized void ended(String reservation) {
        if (holds.remove(reservation)) {
            own.write("hold.ended", Map.of("reservation", reservation, "outcome", "released"));
        }
    }

    /** It is offered to that agent. */
    synchronized void offered(Contact it, String agent) {
        it.offered = agent;
        write(it, "reservation.created", Map.of("reservation", it.reservation(), "agent", agent));
    }

    /** Both at once. */
    synchronized String offer(Contact it) {
        var reservation = granted(it);
        offered(it, ANA);
        return reservation;
    }

    /** Who was offered it takes it. */
    synchronized void accepted(Contact it) {
        it.agent = it.offered;
        it.offered = "";
        write(it, "reservation.accepted", Map.of("agent", it.agent));
        write(it, "queue.left", Map.of("reason", "accepted"));
        write(it, "agent.assigned", Map.of("agent", it.agent));
    }

    /** It is given to that agent without an offer, as another reservation. */
    synchronized String assigned(Contact it, String agent) {
        it.epoch++;
        if (!it.agent.isEmpty()) {
            it.agent = "";
            write(it, "agent.released", Map.of("agent", "x"));
        }
        it.offered = "";
        it.agent = agent;
        write(it, "agent.assigned", Map.of("agent", agent));
        return it.reservation();
    }

    /** It is nobody's any more and waits again. */
    synchronized void lost(Contact it) {
        var type = it.agent.isEmpty() ? "reservation.timed_out" : "agent.released";
        it.agent = "";
        it.offered = "";
        it.epoch++;
        write(it, type, Map.of("agent", "x"));
        write(it, "queue.entered", Map.of("queue", "support"));
    }

    private static void write(Contact it, String type, Map<String, ?> data) {
        it.log.write(type, data);
        it.noted();
    }

    /** Whether it can be asked. */
    synchronized void away(Contact it, boolean away) {
        it.away = away;
    }

    @Override
    public Log own(Consumer<Agent.Following> connected) {
        return new Opened(own) {
            @Override
            public CompletionStage<At> follow(ActorRef<Told> reader) {
                synchronized (World.this) {
                    return super.follow(reader).thenApply(at -> {
                        connected.accept(new Agent.Following(ana(at.head()), List.copyOf(holds), actor));
                        return at;
                    });
                }
            }
        };
    }

    private static Agent.View ana(long seq) {
        var profile = new Profile(List.of(), List.of(), List.of(), new Capacity(0, 100));
        return new Agent.View(
                ANA,
                seq,
                Agent.Presence.AVAILABLE,
                Agent.Routing.READY,
                true,
                profile,
                new Capacity(0, 0),
                NOON,
                NOON,
                "",
                0);
    }

    @Override
    public synchronized Log conversation(String id) {
        return new Opened(contact(id).log);
    }

    @Override
    public CompletionStage<Done> seen(String conversation, long after) {
        return recording
                ? completedFuture(Done.getInstance())
                : failedFuture(new IllegalStateException("cannot be recorded"));
    }

    @Override
    public synchronized CompletionStage<View> look(String id) {
        var it = contact(id);
        return it.away
                ? failedFuture(new IllegalStateException("away"))
                : completedFuture(new View(
                        id,
                        it.log.head(),
                        "web",
                        "any",
                        1,
                        it.agent,
                        "support",
                        it.offered,
                        it.epoch,
                        "",
                        1,
                        NOON,
                        NOON,
                        "",
                        0));
    }

    /** A log that is shown as the type of each entry. */
    private static class Opened implements Log {
        private final Script log;

        Opened(Script log) {
            this.log = log;
        }

        @Override
        public CompletionStage<At> follow(ActorRef<Told> reader) {
            return log.follow(reader);
        }

        @Override
        public Source<Row, NotUsed> read(long after, long until) {
            return log.read(after, until);
        }

        @Override
        public CompletionStage<Line> line(Row row) {
            return completedFuture(
                    new Line(row, ByteString.fromString(row.entry().type())));
        }
    }
}
