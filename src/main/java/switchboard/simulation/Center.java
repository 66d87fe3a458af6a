package switchboard.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import switchboard.contact.Command;
import switchboard.contact.Item;
import switchboard.contact.Output;
import switchboard.plan.Key;
import switchboard.routing.Router;

/** A center in motion: contacts come, wait, are served or leave. Every assignment is the router's. */
final class Center {

    /** Told of each contact's fate; the wait is in seconds. */
    interface Tally {
        void fate(boolean abandoned, double wait);
    }

    /** An event is a contact's epoch, its slot and what happens to it, from the high bits to the low ones. */
    private static final int SHIFT = 26;

    private static final long SLOTS = (1L << (SHIFT - 2)) - 1;

    private static final int ARRIVAL = 0;
    private static final int END = 1;
    private static final int PATIENCE_ENDS = 2;

    private final Setup setup;
    private final Router router;
    private final Agenda agenda = new Agenda();
    private final SplittableRandom arrivals;
    private final SplittableRandom services;
    private final SplittableRandom patiences;
    private final String[] names;
    private String[] ids = new String[0];
    private long[] epochs = new long[0];
    private double[] arrived = new double[0];
    private boolean[] unserved = new boolean[0];
    private int[] vacant = new int[0];
    private int vacancies;
    private double now;
    private boolean open = true;
    private long fated;
    private int waiting;
    private double area;
    private double waits;

    Center(Setup setup, long seed) {
        this.setup = setup;
        this.router = new Router(1, setup.plan());
        this.names = IntStream.range(0, setup.lines()).mapToObj(Setup::name).toArray(String[]::new);
        var seeds = new SplittableRandom(seed);
        this.arrivals = seeds.split();
        this.services = seeds.split();
        this.patiences = seeds.split();
        setup.workers().forEach(worker -> router.apply(new Command.Report(at(), worker)));
        agenda.add(drawn(arrivals, 1 / setup.arrivals()), ARRIVAL);
    }

    /** Until that many more contacts have met their fate. */
    void run(long fates, Tally tally) {
        for (var end = fated + fates; fated < end; ) {
            step(tally);
        }
    }

    /** Nobody comes any more; until nobody waits. */
    void drain() {
        open = false;
        while (waiting > 0) {
            step((_, _) -> {});
        }
    }

    /** The number of those who wait, over time: times seconds. */
    double area() {
        return area;
    }

    /** The waits of all who have met their fate, in seconds. */
    double waits() {
        return waits;
    }

    private void step(Tally tally) {
        area += waiting * (agenda.time() - now);
        now = agenda.time();
        var event = agenda.poll();
        var slot = (int) ((event >>> 2) & SLOTS);
        var epoch = event >>> SHIFT;
        switch ((int) (event & 3)) {
            case ARRIVAL -> arrive(tally);
            case END -> end(slot, epoch, tally);
            default -> leave(slot, epoch, tally);
        }
    }

    private void arrive(Tally tally) {
        if (!open) {
            return;
        }
        agenda.add(now + drawn(arrivals, 1 / setup.arrivals()), ARRIVAL);
        var slot = slot();
        arrived[slot] = now;
        unserved[slot] = true;
        waiting++;
        carryOut(router.apply(new Command.Enter(at(), item(slot))), tally);
        var patience = drawn(patiences, setup.patience());
        if (unserved[slot] && patience < Double.POSITIVE_INFINITY) {
            agenda.add(now + patience, event(slot, PATIENCE_ENDS));
        }
    }

    private void end(int slot, long epoch, Tally tally) {
        carryOut(router.apply(new Command.Release(at(), ids[slot], epoch)), tally);
        vacate(slot);
    }

    private void leave(int slot, long epoch, Tally tally) {
        if (unserved[slot] && epochs[slot] == epoch) {
            carryOut(router.apply(new Command.Leave(at(), ids[slot], epoch)), tally);
            fate(slot, true, tally);
            vacate(slot);
        }
    }

    /** Agents accept at once. */
    private void carryOut(List<Output> outputs, Tally tally) {
        for (var output : outputs) {
            var proposal = (Output.Proposal) output;
            var slot = Integer.parseInt(proposal.item());
            fate(slot, false, tally);
            agenda.add(now + drawn(services, setup.service()), event(slot, END));
            carryOut(router.apply(new Command.Accept(at(), proposal.item(), proposal.epoch())), tally);
        }
    }

    private void fate(int slot, boolean abandoned, Tally tally) {
        var wait = now - arrived[slot];
        unserved[slot] = false;
        waiting--;
        fated++;
        waits += wait;
        tally.fate(abandoned, wait);
    }

    private Item item(int slot) {
        var line = setup.lines() == 1 ? 0 : arrivals.nextInt(setup.lines());
        var key = new Key(at(), Duration.ZERO, Duration.ZERO);
        return new Item(ids[slot], epochs[slot], names[line], at(), "", List.of(), "", key, Item.Pin.NONE, List.of());
    }

    private long event(int slot, int kind) {
        return (epochs[slot] << SHIFT) | ((long) slot << 2) | kind;
    }

    /** One that nobody has, in an epoch in which nobody had it. */
    private int slot() {
        if (vacancies == 0) {
            var had = ids.length;
            ids = Arrays.copyOf(ids, Math.max(64, 2 * had));
            epochs = Arrays.copyOf(epochs, ids.length);
            arrived = Arrays.copyOf(arrived, ids.length);
            unserved = Arrays.copyOf(unserved, ids.length);
            vacant = new int[ids.length];
            for (int slot = had; slot < ids.length; slot++) {
                ids[slot] = String.valueOf(slot);
                vacate(slot);
            }
        }
        var slot = vacant[--vacancies];
        epochs[slot]++;
        return slot;
    }

    private void vacate(int slot) {
        vacant[vacancies++] = slot;
    }

    private Instant at() {
        return Instant.ofEpochMilli((long) (now * 1_000));
    }

    private static double drawn(SplittableRandom dice, double mean) {
        return -Math.log(1 - dice.nextDouble()) * mean;
    }
}
