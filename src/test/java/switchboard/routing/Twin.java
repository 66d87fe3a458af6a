package switchboard.routing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import switchboard.contact.Command;
import switchboard.contact.Command.Availability;
import switchboard.contact.Decision;
import switchboard.contact.Decision.Lost;
import switchboard.contact.Item;
import switchboard.contact.Item.Exclusion;
import switchboard.contact.Item.Pin;
import switchboard.contact.Output;
import switchboard.contact.Output.Reason;
import switchboard.plan.Need;
import switchboard.plan.Plan;
import switchboard.plan.Queue;
import switchboard.routing.TwinStaff.Offer;
import switchboard.routing.TwinStaff.Person;

/** The router as one would first write it: lists, and every pair looked at after every command. */
final class Twin {

    static final class Waiting {
        Item item;
        Queue queue;
        int step;
        Optional<Instant> end = Optional.empty();
        Optional<Offer> offer = Optional.empty();

        Waiting(Item item, Queue queue) {
            this.item = item;
            this.queue = queue;
        }
    }

    /** Of those of one moment the lower one is first in 20 bits of the hash, well mixed. */
    static final Comparator<Waiting> TURN = Comparator.comparing(
                    (Waiting w) -> w.item.key().moment())
            .thenComparingInt(w -> (w.item.id().hashCode() * 0x9e37_79b9) >>> 12)
            .thenComparing(w -> w.item.id());

    final List<Waiting> waiting = new ArrayList<>();
    final TwinStaff staff = new TwinStaff();
    private final List<Offer> offers = staff.offers;
    private final List<Offer> work = staff.work;
    private final List<Output> out = new ArrayList<>();
    private Plan plan;
    private long version;
    private Instant now = Instant.MIN;

    Twin(long version, Plan plan) {
        this.version = version;
        this.plan = plan;
    }

    List<Output> apply(Command command) {
        now = command.at().isAfter(now) ? command.at() : now;
        out.clear();
        waiting.stream()
                .filter(w -> due(w).filter(due -> !due.isAfter(now)).isPresent())
                .sorted(Comparator.comparing((Waiting w) -> due(w).orElseThrow())
                        .thenComparing(TURN))
                .toList()
                .forEach(this::dueNow);
        switch (command) {
            case Command.Enter it -> enter(it.item());
            case Command.Leave it -> leave(it.item(), it.epoch());
            case Command.Report it -> report(it.worker());
            case Command.Forget it -> forget(it.agent());
            case Command.Accept it -> accept(it.item(), it.epoch());
            case Command.Return it -> back(it);
            case Command.Release it -> release(it.item(), it.epoch());
            case Command.Tick _ -> {}
            case Command.Adopt it -> adopt(it);
        }
        waiting.forEach(this::settle);
        while (matched()) {}
        return List.copyOf(out);
    }

    /** The next moment at which time alone changes something. */
    Optional<Instant> due() {
        return waiting.stream().flatMap(w -> due(w).stream()).min(Comparator.naturalOrder());
    }

    private Optional<Instant> due(Waiting w) {
        if (w.offer.isPresent()) {
            return w.offer.map(o -> o.deadline().plusSeconds(5));
        }
        var pin = Stream.of(w.item.pin()).filter(p -> !p.agent().isEmpty()).map(Pin::until);
        var exclusions = w.item.excluded().stream().map(Exclusion::until);
        return Stream.of(w.end.stream(), pin, exclusions).flatMap(s -> s).min(Comparator.naturalOrder());
    }

    private void dueNow(Waiting w) {
        w.offer.ifPresent(offer -> {
            out.add(new Output.Unanswered(offer.item(), offer.epoch(), offer.agent()));
            again(w, offer, offer.epoch(), Item.Reason.TIMED_OUT);
        });
        settle(w);
    }

    private void enter(Item item) {
        var known = find(item.id());
        if (TwinStaff.has(work, item.id(), item.epoch())) {
            ignore(item.id(), item.epoch(), Reason.ACCEPTED);
        } else if (TwinStaff.has(offers, item.id(), item.epoch())) {
            ignore(item.id(), item.epoch(), Reason.PROPOSED);
        } else if (known.filter(w -> w.item.epoch() > item.epoch()).isPresent()) {
            ignore(item.id(), item.epoch(), Reason.STALE);
        } else {
            known.ifPresent(this::remove);
            var w = new Waiting(item, queue(item.queue()));
            begin(w, item.since());
            waiting.add(w);
        }
    }

    private void leave(String item, long epoch) {
        var known = find(item);
        if (known.filter(w -> epoch >= w.item.epoch()).isPresent()) {
            remove(known.get());
        } else {
            ignore(item, epoch, known.isEmpty() ? Reason.UNKNOWN : Reason.STALE);
        }
    }

    private void accept(String item, long epoch) {
        var offer = TwinStaff.get(offers, item, epoch);
        if (offer.isEmpty()) {
            ignore(item, epoch, whyNot(item, epoch));
            return;
        }
        offers.remove(offer.get());
        work.add(offer.get());
        waiting.removeIf(w -> w.item.id().equals(item));
        staff.person(offer.get().agent()).ifPresent(p -> {
            p.worked = true;
            p.lastWork = now;
        });
    }

    private void back(Command.Return it) {
        var offer = TwinStaff.get(offers, it.item(), it.epoch());
        if (offer.isEmpty()) {
            ignore(it.item(), it.epoch(), whyNot(it.item(), it.epoch()));
        } else {
            again(find(it.item()).orElseThrow(), offer.get(), it.next(), it.reason());
        }
    }

    private void again(Waiting w, Offer offer, long next, Item.Reason reason) {
        end(w);
        var excluded = new ArrayList<>(w.item.excluded());
        if (reason != Item.Reason.RESCINDED) {
            excluded.add(new Exclusion(offer.agent(), now.plus(w.queue.coolDown()), reason));
        }
        w.item = w.item.in(next, excluded, w.item.pin());
    }

    private void release(String item, long epoch) {
        var done = TwinStaff.get(work, item, epoch);
        if (done.isPresent()) {
            work.remove(done.get());
            staff.freed(done.get().agent(), now);
        } else if (TwinStaff.has(offers, item, epoch)) {
            remove(find(item).orElseThrow());
        } else {
            ignore(item, epoch, whyNot(item, epoch));
        }
    }

    private Reason whyNot(String item, long epoch) {
        if (TwinStaff.has(work, item, epoch)) {
            return Reason.ACCEPTED;
        }
        return find(item)
                .map(w -> epoch < w.item.epoch() ? Reason.STALE : Reason.NOT_PROPOSED)
                .orElse(Reason.UNKNOWN);
    }

    private void report(Command.Worker worker) {
        var person = staff.person(worker.id()).orElseGet(() -> {
            staff.people.add(new Person(worker));
            return staff.people.getLast();
        });
        person.worker = worker;
        person.forgotten = false;
        staff.freed(worker.id(), now);
    }

    private void forget(String id) {
        if (staff.person(id).isEmpty()) {
            ignore(id, 0, Reason.UNKNOWN);
            return;
        }
        report(new Command.Worker(id, List.of(), List.of(), List.of(), 0, 0, Availability.OFF, now, List.of()));
        staff.person(id).orElseThrow().forgotten = true;
        staff.freed(id, now);
    }

    private void adopt(Command.Adopt adopt) {
        plan = adopt.plan();
        version = adopt.version();
        waiting.sort(TURN);
        for (var w : waiting) {
            w.queue = queue(w.item.queue());
            begin(w, w.item.since());
        }
    }

    private void begin(Waiting w, Instant since) {
        w.step = 0;
        w.end = end(w, since);
    }

    private static Optional<Instant> end(Waiting w, Instant begin) {
        return Optional.of(w.queue.steps().get(w.step).lasts())
                .filter(d -> !d.isZero())
                .map(begin::plus);
    }

    /** Steps, overflow, exclusions and pins as they are by now. */
    private void settle(Waiting w) {
        if (w.offer.isPresent()) {
            return;
        }
        while (w.end.filter(end -> !end.isAfter(now)).isPresent()) {
            if (w.step + 1 < w.queue.steps().size()) {
                w.step++;
                w.end = end(w, w.end.get());
            } else {
                out.add(new Output.Overflowed(w.item.id(), w.item.epoch(), w.queue.name(), w.queue.overflow()));
                w.item = w.item.movedTo(w.queue.overflow(), now);
                w.queue = queue(w.queue.overflow());
                begin(w, now);
            }
        }
        var excluded =
                w.item.excluded().stream().filter(e -> e.until().isAfter(now)).toList();
        var pin = w.item.pin();
        var off = staff.person(pin.agent())
                .filter(p -> p.worker.availability() != Availability.OFF)
                .isEmpty();
        var over = !pin.until().isAfter(now)
                || excluded.stream().anyMatch(e -> e.agent().equals(pin.agent()))
                || (!pin.named() && off);
        w.item = w.item.in(w.item.epoch(), excluded, over ? Pin.NONE : pin);
    }

    private boolean matched() {
        waiting.sort(TURN);
        for (var w : waiting) {
            var able = w.offer.isPresent() ? List.<Person>of() : able(w);
            if (!able.isEmpty()) {
                propose(w, able);
                return true;
            }
        }
        return false;
    }

    /** The best first. */
    private List<Person> able(Waiting w) {
        var needs = needs(w);
        var cost = plan.cost(w.item.channel());
        return staff.people.stream()
                .filter(p -> p.worker.availability() == Availability.READY)
                .filter(p -> w.item.excluded().stream().noneMatch(e -> e.agent().equals(p.worker.id())))
                .filter(p ->
                        w.item.pin().agent().isEmpty() || w.item.pin().agent().equals(p.worker.id()))
                .filter(p -> needs.stream().allMatch(need -> TwinStaff.level(p, need.skill()) >= need.level()))
                .filter(p -> staff.fits(p, cost))
                .sorted(Comparator.comparingInt(
                                (Person p) -> w.queue.proficiency() ? -TwinStaff.proficiency(p, needs) : 0)
                        .thenComparingInt(TwinStaff::flexibility)
                        .thenComparing(p -> staff.peers(p, needs, cost), Comparator.reverseOrder())
                        .thenComparing(p -> !staff.holdsNothing(p))
                        .thenComparing(p -> staff.holdsNothing(p) ? p.freeSince : p.lastWork)
                        .thenComparing(p -> p.worker.id()))
                .toList();
    }

    private List<Need> needs(Waiting w) {
        var needs = new ArrayList<>(w.queue.needs(w.step, w.item.needs()));
        if (w.queue.steps().get(w.step).language() && !w.item.language().isEmpty()) {
            needs.add(new Need("language:" + w.item.language(), 1));
        }
        needs.add(new Need("queue:" + w.queue.name(), 1));
        return needs;
    }

    private void propose(Waiting w, List<Person> able) {
        var best = able.getFirst();
        var second = able.size() > 1 ? Optional.of(able.get(1)) : Optional.<Person>empty();
        var lost = second.map(
                        other -> staff.lost(w.queue.proficiency(), needs(w), plan.cost(w.item.channel()), best, other))
                .orElse(Lost.ALONE);
        var offer = new Offer(
                w.item.id(), w.item.epoch(), best.worker.id(), plan.cost(w.item.channel()), now.plus(w.queue.offer()));
        offers.add(offer);
        w.offer = Optional.of(offer);
        var decision = new Decision(
                version,
                w.queue.name(),
                w.step,
                needs(w).stream().map(n -> n.skill() + ">=" + n.level()).collect(Collectors.joining(" ")),
                w.item.key(),
                w.item.pin(),
                able.size(),
                best.worker.id(),
                second.map(p -> p.worker.id()).orElse(""),
                lost,
                w.item.excluded());
        out.add(new Output.Proposal(
                offer.item(), offer.epoch(), offer.agent(), offer.cost(), offer.deadline(), decision));
    }

    private void remove(Waiting w) {
        waiting.remove(w);
        end(w);
    }

    private void end(Waiting w) {
        w.offer.ifPresent(offer -> {
            offers.remove(offer);
            w.offer = Optional.empty();
            staff.freed(offer.agent(), now);
        });
    }

    private Queue queue(String name) {
        return plan.queueOrDefault(name);
    }

    private Optional<Waiting> find(String item) {
        return waiting.stream().filter(w -> w.item.id().equals(item)).findFirst();
    }

    private void ignore(String item, long epoch, Reason reason) {
        out.add(new Output.Ignored(item, epoch, reason));
    }
}
