package switchboard.article;

import java.time.Instant;
import java.util.List;

/**
 * What is known about one matter, in one language, and how customers ask for it.
 *
 * @param id of {@code [a-z0-9-]}
 * @param title one line
 * @param body Markdown; empty only for {@link Audience#AGENTS}: such an article has nothing to say and still names its phrasings
 * @param language {@code de}, {@code en} …
 * @param intent what it answers; articles of several languages share one
 * @param phrasings how customers ask; one line each
 * @param links {@code https:}
 * @param incident open as long as it is valid: who asks for that intent, in whatever language, needs a person; it answers nothing
 */
public record Article(
        String id,
        String title,
        String body,
        String language,
        String intent,
        List<String> phrasings,
        Validity validity,
        Audience audience,
        List<String> links,
        boolean incident) {

    public enum Audience {
        CUSTOMERS,
        /** Agents may see it; the bot never says it. */
        AGENTS;

        /** As it is written. */
        public String code() {
            return this == CUSTOMERS ? "customers" : "agents";
        }
    }

    /** From when on, and until when: that moment is no longer in it. Milliseconds. */
    public record Validity(Instant from, Instant until) {

        /** Where none is named. */
        public static final Instant EARLIEST = Instant.EPOCH;

        /** Where none is named. */
        public static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

        public static final Validity ALWAYS = new Validity(EARLIEST, LATEST);

        public boolean at(Instant at) {
            return !at.isBefore(from) && at.isBefore(until);
        }
    }

    public Article {
        phrasings = List.copyOf(phrasings);
        links = List.copyOf(links);
    }
}
