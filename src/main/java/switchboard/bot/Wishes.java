package switchboard.bot;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.article.BuiltIn;
import switchboard.understanding.Example;
import switchboard.understanding.Understanding;
import switchboard.versions.Ended;
import switchboard.versions.Minds;

/** Hears who asks for a person in words that the grammar does not have. Learned once, for all tenants, from the program's own lists. */
public interface Wishes {

    /** Among the tenants' in {@link Minds}; no tenant has such a name. */
    String NAME = "_wishes";

    /** Of an article's phrasings: more say no more of who asks for a person. */
    int ENOUGH = 16;

    /** As long as nothing is learned. */
    Wishes NONE = new Wishes() {
        @Override
        public String version() {
            return "";
        }

        @Override
        public double sure(String text) {
            return 0;
        }
    };

    String version();

    /** How surely this asks for a person, 0 to 1. */
    double sure(String text);

    /** {@code version}: the model's hash. */
    record Learned(String version, Understanding understanding) implements Wishes {

        @Override
        public double sure(String text) {
            var understood = understanding.understand(text);
            return understood.known() && understood.intent().equals(Lists.ASKS)
                    ? understood.guesses().getFirst().confidence()
                    : 0;
        }
    }

    /** Those that ask, and those that only sound like it or have nothing to do with it. */
    static List<Example> examples() {
        var shop = BuiltIn.articles().stream()
                .flatMap(article -> article.phrasings().stream().limit(ENOUGH));
        return Stream.of(
                        Lists.of(Lists.ASKS).map(text -> new Example(text, Lists.ASKS)),
                        Lists.of(Lists.NEAR).map(text -> new Example(text, Lists.NEAR)),
                        shop.map(text -> new Example(text, "shop")))
                .flatMap(examples -> examples)
                .toList();
    }

    /** What this program is delivered with. */
    final class Lists {

        private static final String ASKS = "asks";
        private static final String NEAR = "near";

        private static Stream<String> of(String name) {
            try (var in = Wishes.class.getResourceAsStream("/wish/" + name + ".txt")) {
                if (in == null) {
                    throw new IllegalStateException("not on the class path: " + name);
                }
                return new String(in.readAllBytes(), UTF_8).lines();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private Lists() {}
    }

    /** Tells operators how it ended. */
    final class Listening implements Minds.Listener {

        private static final Logger LOG = LoggerFactory.getLogger(Wishes.class);

        @Override
        public void at(String stage, int done, int all) {
            LOG.debug("bot: learns wishes: {} {} of {}", stage, done, all);
        }

        @Override
        public void ended(Ended how) {
            LOG.info("bot: wishes for a person are learned: {}", how.getClass().getSimpleName());
        }
    }
}
