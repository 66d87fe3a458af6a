package switchboard.conversation;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import switchboard.log.TenantKeys;
import switchboard.wire.Personal;

/**
 * One customer on one channel, in canonical form.
 *
 * @param channel {@code [a-z][a-z0-9-]{0,39}}
 * @param canonical at most 256 bytes of UTF-8
 * @param rule the version of the rule that made it canonical; stored with the opening, never changed for a channel in use
 */
public record CustomerThread(String channel, Personal canonical, int rule) {

    private static final int RULE = 1;
    private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
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

    /** The conversation's id: {@code c} and 26 characters of lower-case base32. */
    public String conversation(TenantKeys keys) {
        return "c" + base32(keys.identify(channel, canonical.text()));
    }

    /** A number's digits, without the marks and blanks that copying leaves in it; what is no number stays as it is (a group, a short name). */
    private static String digits(String text) {
        var bare = text.replaceAll("[\\p{Z}\\p{Cf}\\p{Pd}()./]", "").replaceFirst("^(\\+|00)", "");
        return bare.matches("[0-9]{3,20}") ? bare : text;
    }

    /** RFC 4648, without padding. */
    private static String base32(byte[] bytes) {
        var text = new StringBuilder(bytes.length * 8 / 5 + 1);
        int buffer = 0;
        int bits = 0;
        for (byte b : bytes) {
            buffer = buffer << 8 | (b & 0xff);
            for (bits += 8; bits >= 5; bits -= 5) {
                text.append(BASE32.charAt((buffer >> (bits - 5)) & 31));
            }
        }
        return bits == 0
                ? text.toString()
                : text.append(BASE32.charAt((buffer << (5 - bits)) & 31)).toString();
    }
}
