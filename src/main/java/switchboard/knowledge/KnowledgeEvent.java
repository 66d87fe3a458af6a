package switchboard.knowledge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import switchboard.log.Entry;

/**
 * What has happened to what a tenant knows: an entry's contents. {@link #of} has the names on disk, which are for good; a field
 * once written is never given another meaning. All of it is plain: what a business tells every customer, and what it tells its
 * agents, is nobody's secret, and an answer can be explained when every key is gone.
 */
sealed interface KnowledgeEvent {

    String id();

    /** {@code version}: the entry's number; {@code article}: as {@link switchboard.article.ArticleWriter} wrote it. */
    record Put(long version, String by, ObjectNode article) implements KnowledgeEvent {
        @Override
        public String id() {
            return article.path("id").asText();
        }
    }

    record Removed(long version, String by, String id) implements KnowledgeEvent {}

    /** The name on disk. */
    static String type(KnowledgeEvent event) {
        return switch (event) {
            case Put _ -> "article.put";
            case Removed _ -> "article.removed";
        };
    }

    /** What {@code entry} says; an {@link IllegalStateException} for a name that this version does not know. */
    static KnowledgeEvent of(Entry entry) {
        return switch (entry.type()) {
            case "article.put" -> entry.data(Put.class);
            case "article.removed" -> entry.data(Removed.class);
            default ->
                throw new IllegalStateException(
                        "entry " + entry.seq() + " is of a type that this version does not know: " + entry.type());
        };
    }
}
