package switchboard.contact;

import java.time.Instant;
import java.util.List;
import switchboard.plan.Cost;
import switchboard.plan.Need;
import switchboard.plan.Plan;

/** What the router is told, in order. {@code at} never goes back: an earlier one counts as the latest so far. */
public sealed interface Command {

    Instant at();

    /** It waits, or waits otherwise than before. Told again it changes nothing; ignored while it is proposed in that epoch. */
    record Enter(Instant at, Item item) implements Command {}

    /** It waits no more: the customer left, or somebody has it by another way. A proposal falls. */
    record Leave(Instant at, String item, long epoch) implements Command {}

    /** How an agent is now, the whole of it. */
    record Report(Instant at, Worker worker) implements Command {}

    /** There is no such agent any more. What he still holds counts until it is released. */
    record Forget(Instant at, String agent) implements Command {}

    /** The agent proposed in that epoch has it now. */
    record Accept(Instant at, String item, long epoch) implements Command {}

    /** The proposal of {@code epoch} came to nothing; it waits again, in epoch {@code next} and with its key. */
    record Return(Instant at, String item, long epoch, long next, Item.Reason reason) implements Command {}

    /** The agent who accepted it in that epoch has done with it, wrap-up too. */
    record Release(Instant at, String item, long epoch) implements Command {}

    /** Time has come to {@link Router#due()}. */
    record Tick(Instant at) implements Command {}

    /** Another plan from now on. */
    record Adopt(Instant at, long version, Plan plan) implements Command {}

    /**
     * An agent, as he says of himself.
     *
     * @param skills with the level that he has
     * @param voice capacity of that pool in units; below what he holds is legal
     * @param freeSince since when he has no routed work; counts when he is first heard of
     * @param held what he holds by his own books; what the router proposed is known already
     */
    record Worker(
            String id,
            List<Need> skills,
            List<String> languages,
            List<String> queues,
            int voice,
            int interruptible,
            Availability availability,
            Instant freeSince,
            List<Held> held) {

        public Worker {
            skills = List.copyOf(skills);
            languages = List.copyOf(languages);
            queues = List.copyOf(queues);
            held = List.copyOf(held);
        }
    }

    /** One reservation or assignment. */
    record Held(String item, long epoch, Cost cost) {}

    enum Availability {
        /** Offered whatever fits. */
        READY,
        /** Offered nothing: away, busy, in grace, not responding. Contacts that want him wait for him. */
        PAUSED,
        /** Offered nothing; contacts wait for him only if somebody named him. */
        OFF
    }
}
