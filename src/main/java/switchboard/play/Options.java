package switchboard.play;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import switchboard.witness.Credentials;

/**
 * What a run is asked for, from system properties of the same names in kebab case; keys are {@code key.gateway} and so on.
 *
 * @param dialogues a folder of STAR's files; empty: our own dialogues
 * @param share of the dialogues that are played, evenly spread
 * @param times each of them is played so often, by another customer
 * @param sideBySide dialogues at a time
 * @param readers conversations that are followed at a time
 * @param speed turns a second over all; 0 ({@code max}): as fast as it goes
 * @param duplicates share of turns that are sent twice
 * @param retries share of turns whose first attempt hangs up before the answer
 * @param reorder whether what is independent of each other is also mixed within a request
 * @param bulk most events in a request; 0: one event a request
 * @param agent whether an agent answers
 * @param bot whether the program's bot answers, and is judged
 * @param agents so many simulated agents answer what is escalated to queues; 0: a supervisor assigns all to one
 * @param agentKeys their credentials, with {@code {agent}} for the name
 * @param outages a file in which whoever harms the program notes when parts of it could not work: two instants a line
 * @param ledger where everything is noted
 * @param seed repeats threads, ids and dice
 * @param patience how long one turn may take, with all its repetitions
 */
record Options(
        URI url,
        Credentials credentials,
        Optional<Path> dialogues,
        double share,
        int times,
        int sideBySide,
        int readers,
        double speed,
        double duplicates,
        double retries,
        boolean reorder,
        int bulk,
        boolean agent,
        boolean bot,
        int agents,
        String agentKeys,
        Optional<Path> outages,
        Path ledger,
        long seed,
        Duration patience) {

    private static final int MANY = 100_000;
    private static final int LINES = 10_000;
    private static final int READERS = 1_000;
    private static final int AGENTS = 1_000;

    /** From properties, {@code now}; one that is not set may stand as {@code ${name}}. Refused: {@link IllegalArgumentException}, with the name. */
    static Options of(Function<String, Optional<String>> lookup, Instant now) {
        return new Reader(lookup, now.toEpochMilli()).read();
    }

    private record Reader(Function<String, Optional<String>> lookup, long now) {

        Options read() {
            var local = Credentials.LOCAL;
            return new Options(
                    URI.create(text("url", "http://127.0.0.1:8080")),
                    new Credentials(
                            text("tenant", local.tenant()),
                            text("key.gateway", local.gateway()),
                            text("key.supervisor", local.supervisor()),
                            text("key.auditor", local.auditor()),
                            text("key.agent", local.agent()),
                            text("agent.name", local.name())),
                    given("dialogues").map(Path::of),
                    number("share", "1", 0, 1),
                    (int) number("times", "1", 1, MANY),
                    (int) number("side-by-side", "1000", 1, MANY),
                    (int) number("readers", "100", 0, READERS),
                    given("speed").filter(s -> !s.equals("max")).isEmpty() ? 0 : number("speed", "0", 0.001, 1e6),
                    number("duplicates", "0", 0, 1),
                    number("retries", "0", 0, 1),
                    flag("reorder", "false"),
                    (int) number("bulk", "0", 0, LINES),
                    flag("agent", "true"),
                    flag("bot", "false"),
                    (int) number("agents", "0", 0, AGENTS),
                    text("key.agents", "agent-{agent}.local-only"),
                    given("outages").map(Path::of),
                    Path.of(text("ledger", "play-" + now + ".ndjson")),
                    (long) number("seed", String.valueOf(now), 0, 1e15),
                    Duration.ofSeconds((long) number("patience", "300", 1, MANY)));
        }

        /** Maven leaves {@code ${name}} where nothing was given. */
        private Optional<String> given(String name) {
            return lookup.apply(name).filter(value -> !value.isBlank() && !value.startsWith("${"));
        }

        private String text(String name, String otherwise) {
            return given(name).orElse(otherwise);
        }

        private double number(String name, String otherwise, double least, double most) {
            var value = text(name, otherwise);
            try {
                var number = Double.parseDouble(value);
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("-D" + name + "=" + value + " is no number", e);
            }
            throw new IllegalArgumentException("-D%s=%s is not within %s and %s".formatted(name, value, least, most));
        }

        private boolean flag(String name, String otherwise) {
            var value = text(name, otherwise);
            if (!value.equals("true") && !value.equals("false")) {
                throw new IllegalArgumentException("-D" + name + "=" + value + " is neither true nor false");
            }
            return Boolean.parseBoolean(value);
        }
    }
}
