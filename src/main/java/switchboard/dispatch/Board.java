package switchboard.dispatch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import switchboard.agent.Agent;
import switchboard.agent.Agent.Routing;
import switchboard.agent.Profile;
import switchboard.agent.Profile.Pool;
import switchboard.contact.Command;
import switchboard.contact.Command.Availability;
import switchboard.contact.Command.Held;
import switchboard.contact.Command.Worker;
import switchboard.contact.Item.Reason;
import switchboard.contact.Output;
import switchboard.conversation.Conversation;
import switchboard.handling.Rules;
import switchboard.plan.Cost;
import switchboard.plan.Need;
import switchboard.routing.Router;

/**
 * What the router is told: the words of conversations and agents, put into its commands. Words may come late, twice or
 * never; what the router then believes wrongly is undone by whoever knows better, since conversations judge and agents count.
 */
final class Board {

    private record Proposed(long epoch, String agent) {}

    private record Ref(String item, long epoch) {}

    private final Router router;
    private final Map<String, Proposed> proposed = new HashMap<>();
    /** What agents took of which their own word has not come yet. */
    private final Map<String, Set<Ref>> taken = new HashMap<>();

    /** All that wait or are proposed, by the epoch in which they do. */
    private final Map<String, Integer> known = new HashMap<>();

    private final Map<String, Long> heard = new HashMap<>();
    private final Map<String, Set<Ref>> books = new HashMap<>();
    private final Set<String> present = new HashSet<>();
    private final Lacking lacking = new Lacking();
    private Rules rules;

    Board(Rules rules) {
        this.rules = rules;
        this.router = new Router(rules.version(), rules.plan());
    }

    /** What a conversation says of itself. */
    List<Output> conversation(Instant at, Conversation.Facts facts) {
        return Waiting.of(facts).map(waiting -> waits(at, waiting)).orElseGet(() -> gone(at, facts));
    }

    /** It waits, or is offered. */
    List<Output> waits(Instant at, Waiting waiting) {
        var id = waiting.conversation();
        if (waiting.offered().isEmpty()) {
            var before = proposed.get(id);
            if (before != null && before.epoch() < waiting.epoch()) {
                proposed.remove(id);
            }
            if (known.merge(id, waiting.epoch(), Math::max) == waiting.epoch()) {
                lacking.waits(id, waiting.line().skills());
            }
            return put(new Command.Enter(at, waiting.item(rules.plan())));
        }
        var ours = new Proposed(waiting.epoch(), waiting.offered()).equals(proposed.get(id));
        return ours ? List.of() : leave(at, id, waiting.epoch());
    }

    private List<Output> gone(Instant at, Conversation.Facts facts) {
        var id = facts.conversation();
        var offer = proposed.get(id);
        if (offer == null || !offer.agent().equals(facts.agent()) || facts.epoch() != offer.epoch() + 1) {
            return leave(at, id, facts.epoch());
        }
        proposed.remove(id);
        known.remove(id);
        lacking.left(id);
        var out = new ArrayList<>(put(new Command.Accept(at, id, offer.epoch())));
        var ref = new Ref(id, offer.epoch());
        if (books.getOrDefault(offer.agent(), Set.of()).contains(ref)) {
            out.addAll(put(new Command.Release(at, id, offer.epoch())));
        } else {
            taken.computeIfAbsent(offer.agent(), _ -> new HashSet<>()).add(ref);
        }
        return out;
    }

    private List<Output> leave(Instant at, String id, long epoch) {
        proposed.computeIfPresent(id, (_, offer) -> offer.epoch() > epoch ? offer : null);
        if (known.computeIfPresent(id, (_, latest) -> latest > epoch ? latest : null) == null) {
            lacking.left(id);
        }
        return put(new Command.Leave(at, id, epoch));
    }

    /** What an agent says of herself. From here on her books count and no longer what was taken for her. */
    List<Output> agent(Instant at, Agent.Facts facts) {
        var id = facts.view().id();
        if (facts.view().seq() < heard.getOrDefault(id, 0L)) {
            return List.of();
        }
        var held = facts.held().stream().map(Board::held).toList();
        var out = new ArrayList<>(
                put(facts.deleted() ? new Command.Forget(at, id) : new Command.Report(at, worker(facts.view(), held))));
        for (var ref : Optional.ofNullable(taken.remove(id)).orElse(Set.of())) {
            out.addAll(put(new Command.Release(at, ref.item(), ref.epoch())));
        }
        note(facts, refs(held));
        return out;
    }

    private void note(Agent.Facts facts, Set<Ref> held) {
        var id = facts.view().id();
        if (facts.deleted()) {
            heard.remove(id);
            books.remove(id);
        } else {
            heard.put(id, facts.view().seq());
            books.put(id, held);
        }
        if (facts.deleted() || availability(facts.view()) == Availability.OFF) {
            present.remove(id);
            lacking.away(id);
        } else {
            present.add(id);
            lacking.works(id, needs(facts.view().profile()));
        }
    }

    private static Set<Ref> refs(List<Held> held) {
        var refs = new HashSet<Ref>();
        held.forEach(it -> refs.add(new Ref(it.item(), it.epoch())));
        return Set.copyOf(refs);
    }

    private static Held held(Agent.Held held) {
        int dot = held.reservation().lastIndexOf('.');
        var pool = held.pool() == Pool.VOICE ? Cost.Pool.VOICE : Cost.Pool.INTERRUPTIBLE;
        return new Held(
                held.reservation().substring(0, dot),
                Long.parseLong(held.reservation().substring(dot + 1)),
                new Cost(pool, held.units()));
    }

    private static Worker worker(Agent.View view, List<Held> held) {
        var profile = view.profile();
        return new Worker(
                view.id(),
                needs(profile),
                profile.languages(),
                profile.queues(),
                profile.capacity().voice(),
                profile.capacity().chat(),
                availability(view),
                view.freeSince(),
                held);
    }

    private static List<Need> needs(Profile profile) {
        return profile.skills().stream()
                .map(skill -> new Need(skill.skill(), skill.level()))
                .toList();
    }

    private static Availability availability(Agent.View view) {
        if (view.routing() == Routing.OFF) {
            return Availability.OFF;
        }
        return view.offers() ? Availability.READY : Availability.PAUSED;
    }

    /** There is no such conversation. */
    List<Output> lost(Instant at, String conversation) {
        return leave(at, conversation, Integer.MAX_VALUE);
    }

    /** What was proposed in that epoch came to nothing, where {@code facts} say that it waits still; anybody may be asked. */
    List<Output> again(Instant at, String conversation, long epoch, Conversation.Facts facts) {
        var offer = proposed.get(conversation);
        var waits = Waiting.of(facts)
                .filter(it -> it.epoch() == epoch && it.offered().isEmpty());
        if (offer == null || offer.epoch() != epoch || waits.isEmpty()) {
            return List.of();
        }
        proposed.remove(conversation);
        return put(new Command.Return(at, conversation, epoch, epoch, Reason.RESCINDED));
    }

    List<Output> tick(Instant at) {
        return put(new Command.Tick(at));
    }

    List<Output> adopt(Instant at, Rules other) {
        if (other.version() == rules.version()) {
            return List.of();
        }
        rules = other;
        return put(new Command.Adopt(at, other.version(), other.plan()));
    }

    Optional<Instant> due() {
        return router.due();
    }

    List<Router.Figures> figures() {
        return router.figures();
    }

    /** What nobody at work can do; the first {@link Dispatch#LACKS} of it. */
    List<Dispatch.Lack> lacking() {
        return lacking.all().stream().limit(Dispatch.LACKS).toList();
    }

    /** All agents who may be offered something, now or soon. */
    Set<String> present() {
        return Set.copyOf(present);
    }

    /** Of which conversations {@code rows}, all there are, say something else than is known here. */
    List<String> doubtful(Collection<Waiting> rows) {
        var missing = new HashSet<>(known.keySet());
        var doubtful = new ArrayList<String>();
        for (var row : rows) {
            missing.remove(row.conversation());
            var epoch = known.getOrDefault(row.conversation(), 0);
            if (row.offered().isEmpty() ? epoch < row.epoch() : epoch > 0 && epoch < row.epoch()) {
                doubtful.add(row.conversation());
            }
        }
        doubtful.addAll(missing);
        return doubtful;
    }

    private List<Output> put(Command command) {
        var out = router.apply(command);
        for (var output : out) {
            switch (output) {
                case Output.Proposal it -> proposed.put(it.item(), new Proposed(it.epoch(), it.agent()));
                case Output.Unanswered it -> proposed.remove(it.item(), new Proposed(it.epoch(), it.agent()));
                case Output.Overflowed _, Output.Ignored _ -> {}
            }
        }
        return out;
    }
}
