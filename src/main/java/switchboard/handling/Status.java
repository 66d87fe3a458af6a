package switchboard.handling;

import java.time.Instant;
import java.util.Optional;

/** Who has the word. */
public sealed interface Status {

    record New() implements Status {}

    record WithBot() implements Status {}

    /** It waits. */
    record Queued(Line line) implements Status {}

    /** It waits, and is offered to {@code agent} until {@code deadline}. */
    record Reserved(Line line, String agent, Instant deadline) implements Status {}

    record WithAgent(String agent, boolean held) implements Status {}

    /**
     * The owner finishes what is left to do.
     *
     * @param code what it came to, as the owner said; empty: not yet
     * @param until when it ends by itself; {@link Instant#MAX}: never
     */
    record WrapUp(String agent, String code, Instant until) implements Status {}

    /** {@code abandoned}: the customer left before anybody had it. */
    record Resolved(Instant since, boolean abandoned) implements Status {}

    /** In the contract's words, never {@code closed}. */
    default String word() {
        return switch (this) {
            case New _, WithBot _ -> "bot";
            case Queued _ -> "queued";
            case Reserved _ -> "reserved";
            case WithAgent s -> s.held() ? "on_hold" : "assigned";
            case WrapUp _ -> "wrap_up";
            case Resolved s -> s.abandoned() ? "abandoned" : "resolved";
        };
    }

    /** The agent who has it; empty when none has. */
    default String owner() {
        return switch (this) {
            case WithAgent s -> s.agent();
            case WrapUp s -> s.agent();
            case New _, WithBot _, Queued _, Reserved _, Resolved _ -> "";
        };
    }

    /** The agent who is offered it; empty when none is. */
    default String offered() {
        return this instanceof Reserved s ? s.agent() : "";
    }

    /** The queue in which it waits, also while it is offered; empty where it does not. */
    default String queue() {
        return waits().map(waits -> waits.line().queue()).orElse("");
    }

    /** What waits, also while it is offered. */
    default Optional<Waits> waits() {
        return switch (this) {
            case Queued s -> Optional.of(new Waits(s.line(), ""));
            case Reserved s -> Optional.of(new Waits(s.line(), s.agent()));
            case New _, WithBot _, WithAgent _, WrapUp _, Resolved _ -> Optional.empty();
        };
    }
}
