package switchboard.language;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * German or English, told by common words and the spelling of the others. What says little (one word, a number, an emoji) is taken for the
 * language of the conversation so far. Any number of threads may ask.
 */
public final class Languages {

    public static final String GERMAN = "de";
    public static final String ENGLISH = "en";

    /** Words that are read; what comes later is not. */
    private static final int WORDS = 200;

    private static final int LONGEST = 2_000;
    private static final double COMMON = 2;
    private static final double DECLARED = 1;

    /** Of the language of the message before; each earlier one counts half. */
    private static final double BEFORE = 1.5;

    /** Nobody's: both write them so. */
    private static final Set<String> BOTH = Set.of(
            "ok",
            "okay",
            "info",
            "email",
            "mail",
            "e",
            "paypal",
            "app",
            "online",
            "shop",
            "service",
            "support",
            "team",
            "bot",
            "chat",
            "link",
            "code",
            "sms",
            "status",
            "visa",
            "iban",
            "pin",
            "tan",
            "super",
            "top",
            "euro",
            "eur",
            "test",
            "start",
            "stop",
            "website",
            "account",
            "mobile",
            "virus",
            "corona",
            "covid",
            "hotline",
            "tracking",
            "update",
            "download",
            "so",
            "name",
            "phone",
            "hmm",
            "lol");

    private static final Languages LOADED = load();

    private final Set<String> german;
    private final Set<String> english;
    private final Spelling spelling;

    private Languages(Set<String> german, Set<String> english) {
        this.german = german;
        this.english = english;
        this.spelling = Spelling.of(german, english);
    }

    /**
     * {@value #GERMAN} or {@value #ENGLISH}.
     *
     * @param past of this conversation's messages before, the oldest first
     * @param declared by the customer or his channel ({@code de-AT}); empty: none
     */
    public static String of(String text, List<String> past, String declared) {
        return LOADED.leaning(text) + expected(past, declared) > 0 ? GERMAN : ENGLISH;
    }

    private static double expected(List<String> past, String declared) {
        var expected = DECLARED * sign(declared);
        var weight = BEFORE;
        for (int i = past.size() - 1; i >= 0 && weight > .1; i--) {
            expected += weight * sign(past.get(i));
            weight /= 2;
        }
        return expected;
    }

    private static int sign(String language) {
        var lower = language.toLowerCase(Locale.ROOT);
        return lower.startsWith(GERMAN) ? 1 : lower.startsWith(ENGLISH) ? -1 : 0;
    }

    /** Above 0: German. */
    private double leaning(String text) {
        var words = text.substring(0, Math.min(text.length(), LONGEST))
                .toLowerCase(Locale.ROOT)
                .split("[^\\p{L}\\p{M}'’]+", WORDS + 1);
        var sum = 0.0;
        for (int i = 0; i < Math.min(words.length, WORDS); i++) {
            sum += word(words[i].replace('’', '\''));
        }
        return sum;
    }

    private double word(String word) {
        if (word.isEmpty() || BOTH.contains(word)) {
            return 0;
        }
        var both = (german.contains(word) ? COMMON : 0) - (english.contains(word) ? COMMON : 0);
        return both != 0 || german.contains(word) ? both : spelling.leaning(word);
    }

    private static Languages load() {
        return new Languages(words(GERMAN), words(ENGLISH));
    }

    private static Set<String> words(String language) {
        try (var file = Languages.class.getResourceAsStream("/language/" + language + ".txt")) {
            if (file == null) {
                throw new IOException("not on the class path: " + language);
            }
            return new HashSet<>(List.of(new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .strip()
                    .split("\\s+", -1)));
        } catch (IOException e) {
            throw new UncheckedIOException("words of " + language, e);
        }
    }
}
