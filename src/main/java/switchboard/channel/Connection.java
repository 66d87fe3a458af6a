package switchboard.channel;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import org.apache.pekko.actor.Terminated;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.RecipientRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.SourceShape;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.GraphStageLogic.StageActor;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;
import scala.runtime.BoxedUnit;
import switchboard.channel.Partition.Command;
import switchboard.channel.Partition.Given;
import switchboard.channel.Partition.Lease;
import switchboard.channel.Partition.Leased;
import switchboard.channel.Partition.More;
import switchboard.channel.Partition.Taken;
import switchboard.channel.Partition.Told;

/**
 * One gateway's connection: leases its partitions, renews that, and passes on what they give, as fast as it is taken and
 * with never more than {@link #ROOM} numbers of each in memory (twice that for a moment). Ends when all are taken away.
 */
final class Connection extends GraphStage<SourceShape<Connection.Event>> {

    /** What comes out of it. */
    sealed interface Event {}

    /** This message is to be delivered. */
    record Deliver(String conversation, long seq) implements Event {}

    /** These partitions are a newer connection's now. */
    record Lost(Set<Integer> partitions) implements Event {}

    static final int ROOM = 8;
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final String RENEW = "renew";

    private final Outlet<Event> out = Outlet.create("event");
    private final Set<Integer> wanted;
    private final IntFunction<RecipientRef<Command>> partition;
    private final Traffic traffic;
    private final Duration renewal;
    private volatile long stuck;

    /** Of the partitions {@code wanted}; {@code partition} finds them, and is told every {@code renewal} that we are here. */
    Connection(Set<Integer> wanted, IntFunction<RecipientRef<Command>> partition, Traffic traffic, Duration renewal) {
        this.wanted = Set.copyOf(wanted);
        this.partition = partition;
        this.traffic = traffic;
        this.renewal = renewal;
    }

    /** For how long something has been there that nobody took, at {@code now}, a time of {@link System#nanoTime}. */
    Optional<Duration> stuck(long now) {
        var since = stuck;
        return since == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(Math.max(0, now - since)));
    }

    @Override
    public SourceShape<Event> shape() {
        return SourceShape.of(out);
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new Logic();
    }

    /** What it knows of a partition. */
    private static final class Part {
        long number;
        int buffered;
        int passedOn;

        @Nullable ActorRef<Command> by;
    }

    private final class Logic extends TimerGraphStageLogic {

        private final Map<Integer, Part> parts = new TreeMap<>();
        private final ArrayDeque<Given> given = new ArrayDeque<>();
        private final Set<Integer> lost = new TreeSet<>();
        private @Nullable StageActor self;

        Logic() {
            super(shape());
            wanted.forEach(index -> parts.put(index, new Part()));
            setHandler(out, new AbstractOutHandler() {
                @Override
                public void onPull() {
                    passOn();
                }
            });
        }

        @Override
        public void preStart() {
            traffic.opened();
            self = getStageActor(this::receive);
            parts.forEach(this::lease);
            scheduleWithFixedDelay(RENEW, renewal, renewal);
        }

        @Override
        public void postStop() {
            traffic.ended();
        }

        @Override
        public void onTimer(Object key) {
            if (key instanceof Integer index) {
                var part = parts.get(index);
                if (part != null) {
                    lease(index, part);
                }
            } else {
                parts.forEach(this::lease);
            }
        }

        private void lease(int index, Part part) {
            partition.apply(index).tell(new Lease(part.number, ROOM - Math.min(ROOM, part.buffered), me()));
            part.passedOn = 0;
        }

        private BoxedUnit receive(Tuple2<org.apache.pekko.actor.ActorRef, Object> message) {
            switch (message._2()) {
                case Leased c -> leased(c);
                case Given c -> given(c);
                case Taken c -> taken(c.index());
                case Terminated c -> ended(c.getActor());
                case Object other -> throw new IllegalStateException("nobody sends " + other.getClass());
            }
            return BoxedUnit.UNIT;
        }

        /** A partition that stood up anew gives all again. */
        private void leased(Leased c) {
            var part = parts.get(c.index());
            if (part != null) {
                forget(c.index(), part);
                part.number = c.number();
                part.by = c.by();
                actor().watch(Adapter.toClassic(c.by()));
            }
        }

        private void given(Given c) {
            var part = parts.get(c.index());
            if (part != null && part.buffered < 2 * ROOM) {
                part.buffered++;
                given.add(c);
                passOn();
            }
        }

        private void taken(int index) {
            var part = parts.remove(index);
            if (part != null) {
                forget(index, part);
                lost.add(index);
                passOn();
            }
        }

        private void forget(int index, Part part) {
            given.removeIf(it -> it.index() == index);
            part.buffered = 0;
            part.passedOn = 0;
            if (part.by != null) {
                actor().unwatch(Adapter.toClassic(part.by));
                part.by = null;
            }
        }

        private void ended(org.apache.pekko.actor.ActorRef by) {
            parts.forEach((index, part) -> {
                if (part.by != null && Adapter.toClassic(part.by).equals(by)) {
                    part.by = null;
                    scheduleOnce(index, SOON);
                }
            });
        }

        private void passOn() {
            if (!isAvailable(out)) {
                stuck = stuck == 0 ? System.nanoTime() | 1 : stuck;
                return;
            }
            if (!lost.isEmpty()) {
                push(out, new Lost(Set.copyOf(lost)));
                lost.clear();
                if (parts.isEmpty()) {
                    complete(out);
                }
            } else if (!given.isEmpty()) {
                passOn(given.remove());
            }
            stuck = given.isEmpty() ? 0 : System.nanoTime() | 1;
        }

        private void passOn(Given it) {
            var part = java.util.Objects.requireNonNull(parts.get(it.index()));
            part.buffered--;
            part.passedOn++;
            if (part.passedOn >= ROOM / 2 && part.by != null) {
                part.by.tell(new More(part.passedOn, me()));
                part.passedOn = 0;
            }
            push(out, new Deliver(it.conversation(), it.seq()));
        }

        private ActorRef<Told> me() {
            return Adapter.toTyped(actor().ref());
        }

        private StageActor actor() {
            return java.util.Objects.requireNonNull(self);
        }
    }
}
