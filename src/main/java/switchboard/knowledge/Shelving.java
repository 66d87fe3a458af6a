package switchboard.knowledge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import switchboard.article.Article;
import switchboard.article.ArticleReader;
import switchboard.knowledge.KnowledgeEvent.Put;
import switchboard.knowledge.KnowledgeEvent.Removed;
import switchboard.log.Entry;
import switchboard.request.Fields;
import switchboard.retrieval.Search.Kept;

/** The fold of a log into articles; begins with those of a version before it. For one thread. */
final class Shelving {

    private final SortedMap<String, Kept> articles;

    Shelving(SortedMap<String, Kept> articles) {
        this.articles = new TreeMap<>(articles);
    }

    /** Of an entry that stands; a {@link switchboard.request.Problem} where a later program let something through. */
    void add(Entry entry) {
        if (entry.type().equals(Entry.UNREADABLE)) {
            return;
        }
        switch (KnowledgeEvent.of(entry)) {
            case Put e -> articles.put(e.id(), new Kept(article(e.article()), e.version()));
            case Removed e -> articles.remove(e.id());
        }
    }

    static Article article(ObjectNode json) {
        return ArticleReader.read(Fields.of(json));
    }

    SortedMap<String, Kept> articles() {
        return Collections.unmodifiableSortedMap(articles);
    }
}
