package switchboard.senders;

import java.util.List;
import java.util.Random;
import switchboard.witness.Message;

/** What customers write: words of many scripts, marks that are easily lost, now and then a very long or a very short one. */
final class Writing {

    private static final List<String> WORDS = List.of(
            "Rechnung",
            "größer",
            "Straße",
            "ärgerlich",
            "I want a person",
            "👩‍👩‍👧‍👦",
            "🇩🇪",
            "é",
            "e\u0301",
            "مرحبا بكم",
            "שלום",
            "你好",
            "\u202Eabc",
            "\"quoted\"",
            "back\\slash",
            "line\nbreak",
            "tab\t",
            "\u2028",
            "<b>&amp;</b>",
            "𝔘𝔫𝔦",
            "a  b",
            "null");

    /** The {@code index}-th message of {@code thread}: mostly a few words, sometimes one character, sometimes 7,000. */
    static Message message(String thread, int index, Random random) {
        var length = switch (random.nextInt(40)) {
            case 0 -> 7_000;
            case 1, 2 -> 1;
            default -> 10 + random.nextInt(200);
        };
        var text = new StringBuilder();
        while (text.codePointCount(0, text.length()) < length) {
            text.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
        }
        var end = text.offsetByCodePoints(0, length);
        return new Message(thread, "/chat/web", "m" + index, text.substring(0, end));
    }

    private Writing() {}
}
