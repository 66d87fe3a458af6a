package switchboard.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import switchboard.encoding.Encoder;
import switchboard.understanding.Example;

/** Real questions of a mattress shop, beside those of a shop for vitamins and of a game; where the data lies beside us. */
class OutOfScopeTest {

    private static final Path HINT3 = Path.of("../shared/data/intents/hint3");
    private static final int FOURTH = 4;
    private static final int OTHERS = 60;

    private static Encoder encoder;

    @BeforeAll
    static void open() throws IOException {
        assumeTrue(Files.isDirectory(HINT3), "HINT3 does not lie beside us");
        encoder = Encoder.load();
    }

    @AfterAll
    static void close() {
        if (encoder != null) {
            encoder.close();
        }
    }

    @Test
    void what_a_shop_does_not_know_is_noticed_though_it_was_never_shown_any() throws IOException, InterruptedException {
        var figures = figures(List.of());

        assertThat(figures.auroc()).isGreaterThan(.9);
        assertThat(figures.curve().get(Figures.RECALLS.indexOf(.8))).isGreaterThan(.75);
        assertThat(figures.best() - figures.inScope()).isLessThan(.05);
    }

    @Test
    void shown_some_of_what_it_does_not_know_it_still_tells_the_rest_apart() throws IOException, InterruptedException {
        var figures = figures(others("curekart_train.csv"));

        assertThat(figures.auroc()).isGreaterThan(.9);
        assertThat(figures.curve().get(Figures.RECALLS.indexOf(.8))).isGreaterThan(.75);
        assertThat(figures.best() - figures.inScope()).isLessThan(.08);
    }

    /** Every fourth question of the shop is asked, among those of a game. */
    private static Figures figures(List<Example> shown) throws IOException, InterruptedException {
        var train = new ArrayList<>(shown);
        var test = new ArrayList<>(others("powerplay11_train.csv"));
        var all = DataSet.read(HINT3.resolve("sofmattress_train.csv")).train();
        for (int i = 0; i < all.size(); i++) {
            (i % FOURTH == 0 ? test : train).add(all.get(i));
        }
        var silent = new PrintStream(OutputStream.nullOutputStream());
        return Evaluate.evaluate(new Task(train, test), encoder::encode, silent).figures();
    }

    private static List<Example> others(String file) throws IOException {
        var all = DataSet.read(HINT3.resolve(file)).train();
        var step = all.size() / OTHERS;
        var others = new ArrayList<Example>();
        for (int i = 0; others.size() < OTHERS; i += step) {
            others.add(new Example(all.get(i).text(), Example.NONE));
        }
        return others;
    }
}
