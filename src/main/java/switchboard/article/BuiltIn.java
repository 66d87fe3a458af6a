package switchboard.article;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import switchboard.request.Problem;

/** What a tenant knows that has put nothing: the program's own articles, as {@code knowledge/index.txt} lists them. */
public final class BuiltIn {

    private static final String FOLDER = "/knowledge/";

    /** In the order of the index; an {@link IllegalStateException} where one of them is not sound. */
    public static List<Article> articles() {
        return articles(FOLDER);
    }

    static List<Article> articles(String folder) {
        var articles = new ArrayList<Article>();
        new String(bytes(folder + "index.txt"), StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .forEach(name -> articles.add(article(folder, name)));
        var ids = articles.stream().map(Article::id).collect(Collectors.toSet());
        if (ids.size() < articles.size()) {
            throw new IllegalStateException("an article stands twice in " + folder);
        }
        return articles;
    }

    /** Of {@code language/id.md}. */
    private static Article article(String folder, String name) {
        try {
            var article = Markdown.read(bytes(folder + name));
            if (!name.equals(article.language() + "/" + article.id() + ".md")) {
                throw new IllegalStateException(name + " calls itself otherwise");
            }
            return article;
        } catch (Problem e) {
            throw new IllegalStateException(name + ": " + e.getMessage() + " " + e.flaws(), e);
        }
    }

    private static byte[] bytes(String name) {
        try (var in = BuiltIn.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("not on the class path: " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private BuiltIn() {}
}
