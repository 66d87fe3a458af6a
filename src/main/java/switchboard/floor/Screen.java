package switchboard.floor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import switchboard.invariants.Findings;

/**
 * I7 on an agent's stream, across her reconnects: each number of her own log once and in order; of each conversation the
 * entry that gave it to her, then all others from number 1 on, once and in order, until it is given to her anew. Confined to
 * who reads the stream.
 */
final class Screen {

    private static final String RULE = "I7";
    private static final Set<String> GIVES = Set.of("reservation.created", "agent.assigned");

    /** How far a conversation is shown; {@code ahead}: the number that was shown before its turn, 0 for none. */
    private record Place(long next, long ahead) {
        Place after() {
            return new Place(next + 1 == ahead ? next + 2 : next + 1, ahead);
        }
    }

    private final String agent;
    private final Findings.Check check = new Findings.Check();
    private final Map<String, Place> places = new HashMap<>();
    private long own;

    Screen(String agent) {
        this.agent = agent;
    }

    /** The stream begins anew: what she has is shown from its beginning. */
    void anew() {
        places.clear();
        own = 0;
    }

    /** An entry of her own log. */
    void own(JsonNode event) {
        var seq = event.path("seq").asLong();
        check.demand(own == 0 || seq == own + 1, RULE, agent, "her own number " + seq + " after " + own);
        own = seq;
    }

    /** An entry of a conversation that she has, had or is offered. */
    void said(String conversation, JsonNode event) {
        var seq = event.path("seq").asLong();
        var place = places.get(conversation);
        if (place != null && place.next() == seq) {
            check.demand(true, RULE, agent, "");
            places.put(conversation, place.after());
        } else if (seq == 1) {
            check.demand(place == null, RULE, agent, conversation + " shown again");
            places.put(conversation, new Place(2, 0));
        } else {
            var expected = place == null ? "nothing was shown" : place.next() + " is next";
            var newer = place == null || seq > place.next();
            check.demand(newer && gives(event), RULE, agent, conversation + " number " + seq + ", where " + expected);
            places.put(conversation, new Place(1, seq));
        }
    }

    private boolean gives(JsonNode event) {
        return GIVES.contains(event.path("type").asText())
                && event.path("data").path("agent").asText().equals(agent);
    }

    Findings findings() {
        return check.findings();
    }
}
