package switchboard.knowledge;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import switchboard.article.Article;
import switchboard.article.Article.Audience;
import switchboard.article.Article.Validity;
import switchboard.article.ArticleWriter;

/** Articles that differ in id and body. */
public final class TestArticles {

    public static final BuiltInArticles BUILT_IN =
            new BuiltInArticles(List.of(article("refund", "Five days."), article("track", "On its way.")));

    public static Article article(String id, String body) {
        return new Article(
                id,
                "About " + id,
                body,
                "en",
                id,
                List.of("where is my " + id, "tell me of " + id),
                Validity.ALWAYS,
                Audience.CUSTOMERS,
                List.of("https://shop.example/" + id),
                false);
    }

    public static String json(String id, String body) {
        return new String(ArticleWriter.bytes(article(id, body)), UTF_8);
    }

    public static java.util.Set<String> ids() {
        return BUILT_IN.byId().keySet();
    }

    private TestArticles() {}
}
