package switchboard.play;

import java.util.ArrayList;
import java.util.List;

/** What a customer and an agent said to each other on a channel. */
record Dialogue(String name, String channel, List<Turn> turns) {

    /** {@code customer}: whether the customer said it. */
    record Turn(boolean customer, String text) {}

    Dialogue {
        turns = List.copyOf(turns);
    }

    /** The customer's turns alone. */
    Dialogue monologue() {
        return new Dialogue(name, channel, turns.stream().filter(Turn::customer).toList());
    }

    /** Turns of one side that follow one another belong together. An agent before any customer has nobody to talk to. */
    List<List<Turn>> passages() {
        var passages = new ArrayList<List<Turn>>();
        for (var turn : turns) {
            if (passages.isEmpty()
                    ? turn.customer()
                    : passages.getLast().getLast().customer() != turn.customer()) {
                passages.add(new ArrayList<>());
            }
            if (!passages.isEmpty()) {
                passages.getLast().add(turn);
            }
        }
        return passages;
    }

    /** The customer's thread in performance {@code number} of a run, in the canonical form of its channel. */
    String thread(long seed, long number) {
        return switch (channel) {
            case "whatsapp", "sms", "voice" -> "49%010d%05d".formatted(Math.floorMod(seed, 10_000_000_000L), number);
            case "email" -> "customer-%d-%d@example.org".formatted(seed, number);
            default -> "visitor-%d-%d".formatted(seed, number);
        };
    }
}
