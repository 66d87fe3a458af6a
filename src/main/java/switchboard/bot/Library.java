package switchboard.bot;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import switchboard.deciding.Question.Hit;

/** What the bot looks things up in: one version of a tenant's knowledge. Any number of threads may ask it. */
public interface Library {

    /** Nothing is known yet. */
    Library NONE = new Library() {
        @Override
        public String version() {
            return "";
        }

        @Override
        public List<Hit> find(String text, String language, Instant at, int limit) {
            return List.of();
        }

        @Override
        public Optional<Hit> serving(String intent, String language, Instant at) {
            return Optional.empty();
        }

        @Override
        public Optional<String> title(String intent, String language) {
            return Optional.empty();
        }

        @Override
        public Optional<String> incident(String intent, Instant at) {
            return Optional.empty();
        }
    };

    /** Which version; the same says the same for ever. */
    String version();

    /** Articles that may answer {@code text}, valid {@code at} that time and meant for customers, the best first. */
    List<Hit> find(String text, String language, Instant at, int limit);

    /** The article that serves an intent, likewise. */
    Optional<Hit> serving(String intent, String language, Instant at);

    /** What an intent is called when the customer is asked whether he means it; empty where it has no name. */
    Optional<String> title(String intent, String language);

    /** The incident that is open for an intent {@code at} that time, in whatever language: its article's id. */
    Optional<String> incident(String intent, Instant at);
}
