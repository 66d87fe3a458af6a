package switchboard.routing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.List;
import switchboard.contact.Command;
import switchboard.contact.Command.Availability;
import switchboard.contact.Command.Held;
import switchboard.contact.Command.Worker;
import switchboard.contact.Item;
import switchboard.contact.Item.Pin;
import switchboard.contact.Output;
import switchboard.contact.Output.Ignored;
import switchboard.contact.Output.Proposal;
import switchboard.plan.Key;
import switchboard.plan.Need;
import switchboard.plan.Plan;
import switchboard.plan.PlanReader;

/** A router of two queues and what is said to it in tests. Chats cost 34 units; agents have 100, or 34. */
abstract class RouterFixture {

    static final Plan ONE_QUEUE = plan("""
            {"defaultQueue": "support", "otherChannels": {"pool": "interruptible", "units": 100},
             "queues": [{"name": "support"}]}""");

    private static final Plan PLAN = plan("""
            {"defaultQueue": "support", "otherChannels": {"pool": "interruptible", "units": 34},
             "channels": {"voice": {"pool": "voice", "units": 100}}, "priorities": {"high": "PT1M"},
             "queues": [
              {"name": "support"},
              {"name": "experts", "skills": [{"skill": "tax", "level": 3}], "choice": "proficiency", "overflow": "support",
               "steps": [{"lasts": "PT30S"}, {"lasts": "PT1M", "level": 1}]}]}""");

    final Instant start = Instant.parse("2026-01-01T00:00:00Z");
    final Router router = new Router(1, PLAN);
    private Instant now = start;

    Instant now() {
        return now;
    }

    void later(int seconds) {
        now = now.plusSeconds(seconds);
    }

    List<Output> apply(Command command) {
        return router.apply(command);
    }

    List<Output> tick() {
        return apply(new Command.Tick(now));
    }

    List<Output> ready(String... agents) {
        List<Output> out = List.of();
        for (var agent : agents) {
            out = report(agent, Availability.READY);
        }
        return out;
    }

    List<Output> report(String agent, Availability availability) {
        return apply(new Command.Report(now, worker(agent, 100, availability, List.of())));
    }

    /** Has room for one chat. */
    List<Output> reportOne(String agent) {
        return apply(new Command.Report(now, worker(agent, 34, Availability.READY, List.of())));
    }

    Worker worker(String id, int interruptible, Availability availability, List<Held> held) {
        return new Worker(id, List.of(), List.of(), List.of("support"), 100, interruptible, availability, now, held);
    }

    Worker expert(String id, int level) {
        var queues = List.of("experts", "support");
        return new Worker(
                id, List.of(new Need("tax", level)), List.of(), queues, 100, 100, Availability.READY, now, List.of());
    }

    Worker knowing(String id, String skill) {
        var skills = List.of(new Need(skill, 1));
        return new Worker(id, skills, List.of(), List.of("support"), 100, 100, Availability.READY, now, List.of());
    }

    /** A chat for the support queue, waiting since so many seconds after the start, in epoch 1. */
    List<Output> enter(String id, int second) {
        return enter(item(id, second, "support", ""));
    }

    List<Output> enter(Item item) {
        return apply(new Command.Enter(now, item));
    }

    Item item(String id, int second, String queue, String priority) {
        return item(id, second, queue, priority, "chat");
    }

    Item item(String id, int second, String queue, String priority, String channel) {
        var since = start.plusSeconds(second);
        var key = PLAN.key(queue, priority, since);
        return new Item(id, 1, queue, since, channel, List.of(), "", key, Pin.NONE, List.of());
    }

    /** For 20 s. */
    Item pinned(String id, String agent, boolean named) {
        var item = item(id, 0, "support", "");
        return item.in(1, List.of(), new Pin(agent, now.plusSeconds(20), named));
    }

    Item asking(String id, List<Need> needs) {
        var key = new Key(now, java.time.Duration.ZERO, java.time.Duration.ZERO);
        return new Item(id, 1, "support", now, "chat", needs, "", key, Pin.NONE, List.of());
    }

    static Item with(Item item, long epoch) {
        return item.in(epoch, item.excluded(), item.pin());
    }

    /** Enters and is accepted; to whom. */
    String proposed(String id) {
        var proposal = proposal(enter(id, 0));
        later(1);
        accept(id);
        later(1);
        return proposal.agent();
    }

    List<Output> accept(String id) {
        return apply(new Command.Accept(now, id, 1));
    }

    List<Output> release(String id) {
        return apply(new Command.Release(now, id, 1));
    }

    List<Output> leave(String id) {
        return apply(new Command.Leave(now, id, 1));
    }

    /** Into the same epoch, so that tests need not count. */
    List<Output> returned(String id, Item.Reason reason) {
        return apply(new Command.Return(now, id, 1, 1, reason));
    }

    Router.Figures figures(String queue) {
        return router.figures().stream()
                .filter(figures -> figures.queue().equals(queue))
                .findFirst()
                .orElseThrow();
    }

    static Ignored ignored(String item, Output.Reason reason) {
        return new Ignored(item, 1, reason);
    }

    static List<String> proposals(List<Output> out) {
        return out.stream()
                .filter(Proposal.class::isInstance)
                .map(Proposal.class::cast)
                .map(proposal -> proposal.item() + " to " + proposal.agent())
                .toList();
    }

    static Proposal proposal(List<Output> out) {
        return out.stream()
                .filter(Proposal.class::isInstance)
                .map(Proposal.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static Plan plan(String json) {
        return switch (PlanReader.read(json.getBytes(UTF_8))) {
            case PlanReader.Reading.Sound sound -> sound.plan();
            case PlanReader.Reading.Faulty faulty -> throw new IllegalArgumentException(faulty.toString());
        };
    }
}
