package switchboard.article;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import switchboard.article.Article.Validity;
import switchboard.article.ArticleReader.Names;

/** Writes an article in the one form that equal articles share: every field in its place, nothing that is not set. */
public final class ArticleWriter {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** That {@link ArticleReader} reads as an equal article. */
    public static ObjectNode json(Article article) {
        var node = head(article, Names.JSON);
        if (!article.body().isEmpty()) {
            node.put("body", article.body());
        }
        return node;
    }

    /** The same in UTF-8. */
    public static byte[] bytes(Article article) {
        try {
            return MAPPER.writeValueAsString(json(article)).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All but the body. */
    static ObjectNode head(Article article, Names names) {
        var node = JsonNodeFactory.instance
                .objectNode()
                .put("id", article.id())
                .put("intent", article.intent())
                .put("language", article.language())
                .put("title", article.title());
        var phrasings = node.putArray("phrasings");
        article.phrasings().forEach(phrasings::add);
        node.put("audience", article.audience().code());
        var validity = article.validity();
        if (!validity.from().equals(Validity.EARLIEST)) {
            node.put(names.from(), validity.from().toString());
        }
        if (!validity.until().equals(Validity.LATEST)) {
            node.put(names.until(), validity.until().toString());
        }
        var links = node.putArray("links");
        article.links().forEach(links::add);
        if (article.incident()) {
            node.put("incident", true);
        }
        return node;
    }

    private ArticleWriter() {}
}
