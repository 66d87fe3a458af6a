package switchboard.bot;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import switchboard.article.BuiltIn;
import switchboard.encoding.Sentences;
import switchboard.retrieval.Search;
import switchboard.retrieval.Search.Kept;
import switchboard.retrieval.Vectors;
import switchboard.versions.Minds;

/** A chat with the program's own bot on a terminal, without the program: what it learns is kept under {@code data/}. */
public final class Terminal {

    private static final String TENANT = "local";
    private static final int LOOK_MILLIS = 200;

    public static void main(String[] args) throws IOException, InterruptedException {
        var folder = Path.of(System.getProperty("data", "data"), "chat");
        Files.createDirectories(folder);
        try (var sentences = Sentences.load();
                var minds = new Minds(folder, sentences, 2, InstantSource.system());
                var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println("The bot learns; the first time that takes some seconds.");
            var articles =
                    BuiltIn.articles().stream().map(it -> new Kept(it, 0)).toList();
            var school = School.local(minds, List.of(TENANT));
            school.teach(TENANT, "0", Search.of(articles, new Vectors(sentences)));
            while (learning(school)) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
            new Chat(() -> school.mind(TENANT).orElseThrow(), InstantSource.system(), System.out).run(in);
        }
    }

    private static boolean learning(School school) {
        return school.mind(TENANT).orElseThrow().wits() instanceof Mind.Wits.Learning;
    }

    private Terminal() {}
}
