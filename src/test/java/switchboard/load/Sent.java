package switchboard.load;

import java.util.List;

/** What one customer said, as a gateway posted it and had it acknowledged, in this order. */
public record Sent(String source, String customer, List<String> ids) {

    /** Under which the benchmark's gateways post, unless they say otherwise. */
    public static final String SOURCE = "/chat/bench";

    public Sent {
        ids = List.copyOf(ids);
    }
}
