package switchboard.knowledge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import switchboard.knowledge.Catalogue.Edit;
import switchboard.knowledge.Catalogue.Outcome;
import switchboard.knowledge.Catalogue.Put;
import switchboard.knowledge.Catalogue.Remove;
import switchboard.knowledge.Shelfmarks.Mark;
import switchboard.log.Json;
import switchboard.wire.Refusal;

/** Edits on their way into one write: each finds what those before it left. */
final class Edits {

    private final Shelfmarks marks;
    private final String by;
    private final List<KnowledgeEvent> events = new ArrayList<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private long version;

    private Edits(Shelfmarks marks, long version, String by) {
        this.marks = marks;
        this.version = version;
        this.by = by;
    }

    /** After {@code version}, of which {@code below} says what stands. */
    static Edits of(Shelfmarks below, long version, String by, List<Edit> edits) {
        var all = new Edits(new Shelfmarks(below), version, by);
        edits.forEach(edit -> all.outcomes.add(
                switch (edit) {
                    case Put put -> all.put(put, article(put.article()));
                    case Remove remove -> all.remove(remove);
                }));
        return all;
    }

    /** What is to be written. */
    List<KnowledgeEvent> events() {
        return events;
    }

    /** Of each edit. */
    List<Outcome> outcomes() {
        return outcomes;
    }

    private Outcome put(Put edit, ObjectNode article) {
        var found = marks.find(edit.id());
        if (marks.has(article)) {
            return done(found.map(Mark::version).orElse(0L));
        }
        if (unexpected(edit, found)) {
            return refused(Refusal.PRECONDITION_FAILED);
        }
        if (marks.full(article)) {
            return refused(Refusal.KNOWLEDGE_FULL);
        }
        marks.put(++version, article);
        events.add(new KnowledgeEvent.Put(version, by, article));
        return done(version);
    }

    private Outcome remove(Remove edit) {
        var found = marks.find(edit.id());
        if (found.isEmpty()) {
            return refused(Refusal.NOT_FOUND);
        }
        if (!found.get().stands()) {
            return done(found.get().version());
        }
        if (unexpected(edit, found)) {
            return refused(Refusal.PRECONDITION_FAILED);
        }
        marks.remove(++version, edit.id());
        events.add(new KnowledgeEvent.Removed(version, by, edit.id()));
        return done(version);
    }

    private static boolean unexpected(Edit edit, Optional<Mark> found) {
        return edit.expected() >= 0
                && found.filter(Mark::stands)
                        .filter(mark -> mark.version() == edit.expected())
                        .isEmpty();
    }

    private static Outcome done(long version) {
        return new Outcome(version, "");
    }

    private static Outcome refused(Refusal why) {
        return new Outcome(0, why.name());
    }

    private static ObjectNode article(String json) {
        try {
            return (ObjectNode) Json.MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("an article was read before it comes here", e);
        }
    }
}
