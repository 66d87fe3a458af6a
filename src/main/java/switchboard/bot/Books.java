package switchboard.bot;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import switchboard.deciding.Question.Hit;
import switchboard.retrieval.Search;

/** A tenant's articles as its bot looks things up in them. */
record Books(String version, Search search) implements Library {

    @Override
    public List<Hit> find(String text, String language, Instant at, int limit) {
        return search.find(text, language, at, limit).stream().map(Books::hit).toList();
    }

    @Override
    public Optional<Hit> serving(String intent, String language, Instant at) {
        return search.serving(intent, language, at).map(Books::hit);
    }

    @Override
    public Optional<String> title(String intent, String language) {
        return search.title(intent, language);
    }

    @Override
    public Optional<String> incident(String intent, Instant at) {
        return search.incident(intent, at);
    }

    private static Hit hit(Search.Hit found) {
        return new Hit(found.article(), found.score(), found.text(), found.sources());
    }
}
