package switchboard.custody;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import switchboard.custody.Wait.Turned;
import switchboard.plan.Cost;
import switchboard.plan.Cost.Pool;
import switchboard.plan.Need;
import switchboard.plan.Plan;

/** One conversation's history as what agents held of it, and when it waited. */
final class Story {

    /** A place in a queue. */
    private record Place(String queue, List<Need> needs, Instant since, String last) {}

    /** What goes on: since when, and what it will have been once it is known until when. */
    private record Holding(String agent, Cost cost, boolean offered, Instant from) {}

    private final String conversation;
    private final Plan plan;
    private final List<Hold> holds = new ArrayList<>();
    private final List<Wait> waits = new ArrayList<>();
    private final List<Turned> turned = new ArrayList<>();
    private String channel = "";
    private String language = "";
    private Optional<Place> place = Optional.empty();
    private Optional<Instant> waiting = Optional.empty();
    private Optional<Holding> holding = Optional.empty();

    private Story(String conversation, Plan plan) {
        this.conversation = conversation;
        this.plan = plan;
    }

    /** As it was read at {@code read}: what goes on then lasts until then. */
    static Story of(String conversation, List<Fact> facts, Plan plan, Instant read) {
        var story = new Story(conversation, plan);
        facts.forEach(story::apply);
        story.waited(read);
        story.held(read);
        return story;
    }

    List<Hold> holds() {
        return List.copyOf(holds);
    }

    List<Wait> waits() {
        return List.copyOf(waits);
    }

    private void apply(Fact it) {
        switch (it.type()) {
            case "conversation.opened" -> {
                channel = it.text("channel");
                language = it.text("language");
                turned.clear();
            }
            case "queue.entered" -> {
                waited(it.at());
                place = Optional.of(place(it));
                waiting = Optional.of(it.at());
            }
            case "queue.left" -> waited(it.at());
            case "reservation.created" -> {
                waited(it.at());
                holds(it, cost(it.data()), true);
            }
            case "reservation.rejected", "reservation.timed_out" -> {
                turned.add(new Turned(it.text("agent"), it.at()));
                returned(it);
            }
            case "reservation.rescinded" -> returned(it);
            case "agent.assigned" -> {
                if (holding.filter(h -> h.agent().equals(it.text("agent"))).isEmpty()) {
                    holds(it, plan.cost(channel), false);
                }
            }
            case "agent.released", "conversation.resolved", "conversation.abandoned" -> {
                waited(it.at());
                held(it.at());
            }
            default -> {
                // names of the contract, read as a client reads them: by nothing else it waits or is held
            }
        }
    }

    private static Place place(Fact it) {
        var since = it.text("since");
        return new Place(
                it.text("queue"),
                needs(it.data().path("skills")),
                since.isEmpty() ? it.at() : Instant.parse(since),
                it.text("last"));
    }

    private static List<Need> needs(JsonNode skills) {
        return StreamSupport.stream(skills.spliterator(), false)
                .map(it -> new Need(it.path("skill").asText(), it.path("level").asInt()))
                .toList();
    }

    private static Cost cost(JsonNode data) {
        var pool = data.path("pool").asText().equals("voice") ? Pool.VOICE : Pool.INTERRUPTIBLE;
        return new Cost(pool, data.path("units").asInt());
    }

    private void returned(Fact it) {
        held(it.at());
        waiting = Optional.of(it.at());
    }

    private void holds(Fact it, Cost cost, boolean offered) {
        held(it.at());
        holding = Optional.of(new Holding(it.text("agent"), cost, offered, it.at()));
    }

    private void held(Instant until) {
        holding.ifPresent(it ->
                holds.add(new Hold(conversation, it.agent(), it.cost(), it.offered(), new Span(it.from(), until))));
        holding = Optional.empty();
    }

    private void waited(Instant until) {
        place.ifPresent(at -> waiting.ifPresent(from -> waits.add(new Wait(
                conversation,
                channel,
                language,
                at.queue(),
                at.needs(),
                at.since(),
                at.last(),
                turned,
                new Span(from, until)))));
        waiting = Optional.empty();
    }
}
