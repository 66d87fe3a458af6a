package switchboard.routing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import switchboard.contact.Command;
import switchboard.contact.Command.Availability;
import switchboard.contact.Command.Held;
import switchboard.contact.Item;
import switchboard.contact.Item.Exclusion;
import switchboard.contact.Item.Pin;
import switchboard.plan.Cost;
import switchboard.plan.Need;
import switchboard.plan.Plan;

/** Commands at random, right ones and wrong ones, about few agents and items so that they meet often. */
final class Commands {

    private static final int ITEMS = 12;
    private static final int AGENTS = 6;
    private static final List<String> CHANNELS = List.of("voice", "chat", "email");
    private static final List<String> SKILLS = List.of("billing", "tech", "vip");

    private final SplittableRandom dice;
    private final Twin twin;
    private final List<Plan> plans;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private long epoch;

    Commands(long seed, Twin twin, List<Plan> plans) {
        this.dice = new SplittableRandom(seed);
        this.twin = twin;
        this.plans = plans;
    }

    Command next() {
        now = time();
        return switch (Integer.valueOf(dice.nextInt(100))) {
            case Integer n when n < 26 -> new Command.Enter(now, item());
            case Integer n when n < 30 -> new Command.Leave(now, itemId(), someEpoch());
            case Integer n when n < 46 -> new Command.Report(now, worker());
            case Integer n when n < 47 -> new Command.Forget(now, agentId());
            case Integer n when n < 60 -> accept();
            case Integer n when n < 72 -> back();
            case Integer n when n < 86 -> release();
            case Integer n when n < 99 -> new Command.Tick(now);
            default -> {
                var which = dice.nextInt(plans.size());
                yield new Command.Adopt(now, which, plans.get(which));
            }
        };
    }

    /** Mostly a little later; now and then just when something is due, or a clock is set back. */
    private Instant time() {
        return switch (dice.nextInt(10)) {
            case 0 -> twin.due().filter(due -> due.isAfter(now)).orElse(now);
            case 1 -> now.minusMillis(dice.nextInt(2_000));
            case 2, 3 -> now;
            case 4 -> now.plusMillis(dice.nextInt(20_000));
            default -> now.plusMillis(dice.nextInt(1_500));
        };
    }

    private Item item() {
        return twin.waiting.isEmpty() || dice.nextInt(4) > 0
                ? another()
                : like(twin.waiting.get(dice.nextInt(twin.waiting.size())).item);
    }

    /** Of the same moment and often with the same wishes: only the ids tell whose turn it is. */
    private Item like(Item other) {
        return new Item(
                itemId(),
                ++epoch,
                other.queue(),
                other.since(),
                other.channel(),
                other.needs(),
                dice.nextBoolean() ? other.language() : "de",
                other.key(),
                pin(),
                exclusions());
    }

    private Item another() {
        var since = now.minusSeconds(dice.nextInt(4) == 0 ? dice.nextInt(60) : 0);
        var queue = "q" + dice.nextInt(4);
        return new Item(
                itemId(),
                dice.nextInt(4) == 0 ? someEpoch() : ++epoch,
                queue,
                since,
                CHANNELS.get(dice.nextInt(3)),
                dice.nextInt(3) == 0 ? List.of(new Need("vip", 1 + dice.nextInt(3))) : List.of(),
                dice.nextInt(3) == 0 ? "de" : "",
                plans.getFirst().key(queue, dice.nextInt(4) == 0 ? "high" : "", since.minusSeconds(dice.nextInt(3))),
                pin(),
                exclusions());
    }

    private Pin pin() {
        return dice.nextInt(5) == 0
                ? new Pin(agentId(), now.plusSeconds(dice.nextInt(30)), dice.nextBoolean())
                : Pin.NONE;
    }

    private List<Exclusion> exclusions() {
        return dice.nextInt(8) == 0
                ? List.of(new Exclusion(agentId(), now.plusSeconds(dice.nextInt(20)), Item.Reason.REJECTED))
                : List.of();
    }

    private Command.Worker worker() {
        var known = twin.staff.people.stream().filter(_ -> dice.nextInt(3) > 0).findFirst();
        if (known.isPresent() && dice.nextBoolean()) {
            return flipped(known.get().worker);
        }
        return new Command.Worker(
                agentId(),
                SKILLS.stream()
                        .filter(_ -> dice.nextBoolean())
                        .map(skill -> new Need(skill, 1 + dice.nextInt(4)))
                        .toList(),
                dice.nextBoolean() ? List.of("de") : List.of(),
                IntStream.range(0, 4)
                        .filter(_ -> dice.nextInt(3) > 0)
                        .mapToObj(i -> "q" + i)
                        .toList(),
                100 * dice.nextInt(2),
                dice.nextInt(120),
                availability(),
                now.minusSeconds(dice.nextInt(3)),
                held());
    }

    private Command.Worker flipped(Command.Worker w) {
        return new Command.Worker(
                w.id(),
                w.skills(),
                w.languages(),
                w.queues(),
                w.voice(),
                w.interruptible(),
                availability(),
                now,
                w.held());
    }

    private Availability availability() {
        return dice.nextInt(5) < 3 ? Availability.READY : anyOf(Availability.values());
    }

    /** What the agent's books say: often what the router has too, sometimes what it has not heard of. */
    private List<Held> held() {
        var held = new ArrayList<Held>();
        if (dice.nextInt(3) == 0) {
            all().filter(_ -> dice.nextInt(3) == 0).forEach(o -> held.add(new Held(o.item(), o.epoch(), o.cost())));
        }
        if (dice.nextInt(12) == 0) {
            held.add(new Held("elsewhere", ++epoch, new Cost(Cost.Pool.INTERRUPTIBLE, 34)));
        }
        return held;
    }

    private Command accept() {
        var offer = anyOf(dice.nextInt(8) == 0 ? all().toList() : twin.staff.offers);
        return new Command.Accept(now, offer.item(), offer.epoch());
    }

    private Command back() {
        var offer = anyOf(dice.nextInt(8) == 0 ? all().toList() : twin.staff.offers);
        var reason = anyOf(Item.Reason.values());
        return new Command.Return(now, offer.item(), offer.epoch(), ++epoch, reason);
    }

    private Command release() {
        var offer = anyOf(dice.nextInt(8) == 0 ? all().toList() : twin.staff.work);
        return new Command.Release(now, offer.item(), offer.epoch());
    }

    private Stream<TwinStaff.Offer> all() {
        return Stream.concat(twin.staff.offers.stream(), twin.staff.work.stream());
    }

    /** Where there is none: one that nobody was ever made. */
    private TwinStaff.Offer anyOf(List<TwinStaff.Offer> offers) {
        return offers.isEmpty()
                ? new TwinStaff.Offer(itemId(), someEpoch(), "", new Cost(Cost.Pool.VOICE, 1), now.plus(Duration.ZERO))
                : offers.get(dice.nextInt(offers.size()));
    }

    private <T> T anyOf(T[] all) {
        return all[dice.nextInt(all.length)];
    }

    /** Of every two one hash. */
    private String itemId() {
        var number = dice.nextInt(ITEMS);
        return "item-" + number / 2 + (number % 2 == 0 ? "Aa" : "BB");
    }

    private String agentId() {
        return "a" + dice.nextInt(AGENTS);
    }

    private long someEpoch() {
        return Math.max(0, epoch - dice.nextInt(20));
    }
}
