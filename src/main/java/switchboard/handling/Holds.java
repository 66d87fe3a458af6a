package switchboard.handling;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import switchboard.agent.Profile.Pool;

/**
 * What agents have to be told of a conversation: what they hold of it, and what they held lately. An agent who was not
 * told asks by herself, so the oldest may be forgotten.
 *
 * @param all the latest last; only that one may go on
 */
public record Holds(List<Hold> all) {

    public static final Holds NONE = new Holds(List.of());

    private static final int MOST = 9;

    /** How it stands. */
    public enum Stage {
        OFFERED,
        ACCEPTED,
        WRAP_UP,
        REJECTED,
        TIMED_OUT,
        RESCINDED,
        RELEASED;

        /** Whether the agent holds it. */
        public boolean live() {
            return compareTo(REJECTED) < 0;
        }
    }

    /**
     * One reservation or assignment.
     *
     * @param epoch in which it began: the reservation is {@code {conversation}.{epoch}}
     * @param units 0 where it was assigned without an offer: what the channel costs
     * @param seq the number since which it stands so
     */
    public record Hold(int epoch, String agent, Pool pool, int units, Stage stage, long seq) {
        Hold in(Stage next, long number) {
            return new Hold(epoch, agent, pool, units, next, number);
        }

        Hold taking(Pool other, int cost) {
            return new Hold(epoch, agent, other, cost, stage, seq);
        }
    }

    public Holds {
        all = List.copyOf(all);
    }

    /** What an agent holds. */
    public Optional<Hold> live() {
        return all.isEmpty() || !all.getLast().stage().live() ? Optional.empty() : Optional.of(all.getLast());
    }

    /** Of that epoch; empty where it is forgotten. */
    public Optional<Hold> of(int epoch) {
        return all.stream().filter(hold -> hold.epoch() == epoch).findFirst();
    }

    /** It is offered. */
    public Holds offered(int epoch, String agent, Pool pool, int units, long seq) {
        return with(new Hold(epoch, agent, pool, units, Stage.OFFERED, seq));
    }

    /** It is hers: what she was offered or has in wrap-up, or something new. */
    public Holds assigned(int epoch, String agent, long seq) {
        var hers = live().filter(hold -> hold.agent().equals(agent));
        return hers.isPresent()
                ? in(Stage.ACCEPTED, seq)
                : in(Stage.RELEASED, seq).with(new Hold(epoch, agent, Pool.CHAT, 0, Stage.ACCEPTED, seq));
    }

    /** What is held now stands so. Nothing is held, or it stands so already: as it is. */
    public Holds in(Stage stage, long seq) {
        return live().filter(hold -> hold.stage() != stage)
                .map(_ -> last(hold -> hold.in(stage, seq)))
                .orElse(this);
    }

    private Holds last(UnaryOperator<Hold> change) {
        return new Holds(Stream.concat(all.subList(0, all.size() - 1).stream(), Stream.of(change.apply(all.getLast())))
                .toList());
    }

    private Holds with(Hold next) {
        var kept = all.subList(Math.max(0, all.size() + 1 - MOST), all.size());
        return new Holds(Stream.concat(kept.stream(), Stream.of(next)).toList());
    }
}
