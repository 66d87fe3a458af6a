package switchboard.provision;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import switchboard.article.Article;
import switchboard.article.BuiltIn;
import switchboard.bot.Wishes;
import switchboard.encoding.Encoder;
import switchboard.encoding.Prepared;
import switchboard.understanding.Example;
import switchboard.understanding.Text;

/**
 * {@code mvn compile exec:exec@prepare}: encodes what the program is delivered with, so that no start has to. To be run again when articles,
 * wishes or the encoder have changed.
 */
public final class Prepare {

    private static final Path RESOURCES = Path.of("src", "main", "resources");

    /** Takes no arguments. */
    public static void main(String[] args) throws IOException {
        try (var encoder = Encoder.load()) {
            var vectors = sentences().stream().collect(Collectors.toMap(Function.identity(), encoder::encode));
            Files.write(RESOURCES.resolve(Prepared.FILE), Prepared.file(vectors));
            System.out.println(vectors.size() + " sentences encoded");
        }
    }

    /** In lower case: titles and phrasings as they are looked for, and all examples as they are understood. */
    static SortedSet<String> sentences() {
        var articles = BuiltIn.articles();
        return Stream.of(
                        articles.stream().flatMap(Prepare::looked),
                        articles.stream().flatMap(it -> it.phrasings().stream()).map(Prepare::read),
                        articles.stream().map(it -> it.intent().replace('-', ' ')),
                        Wishes.examples().stream().map(Example::text).map(Prepare::read))
                .flatMap(texts -> texts)
                .map(text -> text.toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> looked(Article article) {
        return Stream.of(List.of(article.title()), article.phrasings()).flatMap(List::stream);
    }

    private static String read(String text) {
        return Text.of(text).plain();
    }

    private Prepare() {}
}
