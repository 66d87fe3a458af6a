package switchboard.knowledge;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import switchboard.article.Article;
import switchboard.article.BuiltIn;
import switchboard.retrieval.Search.Kept;

/** What a tenant knows that has put nothing, of version 0. */
public final class BuiltInArticles {

    public static final BuiltInArticles NONE = new BuiltInArticles(List.of());

    private final SortedMap<String, Kept> byId;

    public BuiltInArticles(Collection<Article> articles) {
        var kept = new TreeMap<String, Kept>();
        articles.forEach(article -> kept.put(article.id(), new Kept(article, 0)));
        byId = Collections.unmodifiableSortedMap(kept);
    }

    /** The program's own. */
    public static BuiltInArticles own() {
        return new BuiltInArticles(BuiltIn.articles());
    }

    SortedMap<String, Kept> byId() {
        return byId;
    }

    Optional<Kept> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }
}
