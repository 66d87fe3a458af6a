package switchboard.wire;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/**
 * One customer on one channel, in canonical form.
 *
 * @param channel {@code [a-z][a-z0-9-]{0,39}}
 * @param canonical at most 256 bytes of UTF-8
 * @param rule the version of the rule that made it canonical; stored with the opening, never changed for a channel in use
 */
public record CustomerThread(String channel, Personal canonical, int rule) {

    private static final int RULE = 1;
    private static final int LONGEST = 256;
    private static final Set<String> BY_NUMBER = Set.of("whatsapp", "sms", "voice");
    private static final Set<String> BY_ADDRESS = Set.of("email", "mail");

    /** Rule 1: NFC and trimmed; phone numbers as E.164 digits; mail addresses in lower case. */
    public static CustomerThread of(String channel, String raw) {
        var text = Normalizer.normalize(raw, Normalizer.Form.NFC).strip();
        if (BY_NUMBER.contains(channel)) {
            text = digits(text);
        } else if (BY_ADDRESS.contains(channel)) {
            text = text.toLowerCase(Locale.ROOT);
        }
        return new CustomerThread(channel, new Personal(text), RULE);
    }

    /** Whether what is canonical has 1 to 256 bytes. */
    public boolean fits() {
        var bytes = canonical.text().getBytes(StandardCharsets.UTF_8).length;
        return bytes > 0 && bytes <= LONGEST;
    }

    /** A number's digits, without the marks and blanks that copying leaves in it; what is no number stays as it is (a group, a short name). */
    private static String digits(String text) {
        var bare = text.replaceAll("[\\p{Z}\\p{Cf}\\p{Pd}()./]", "").replaceFirst("^(\\+|00)", "");
        return bare.matches("[0-9]{3,20}") ? bare : text;
    }
}
