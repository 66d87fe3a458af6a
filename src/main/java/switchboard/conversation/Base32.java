package switchboard.conversation;

/** RFC 4648 base32 in lower case, without padding. */
final class Base32 {

    private static final String DIGITS = "abcdefghijklmnopqrstuvwxyz234567";

    static String lower(byte[] bytes) {
        var text = new StringBuilder(bytes.length * 8 / 5 + 1);
        int buffer = 0;
        int bits = 0;
        for (byte b : bytes) {
            buffer = buffer << 8 | (b & 0xff);
            for (bits += 8; bits >= 5; bits -= 5) {
                text.append(DIGITS.charAt((buffer >> (bits - 5)) & 31));
            }
        }
        return bits == 0
                ? text.toString()
                : text.append(DIGITS.charAt((buffer << (5 - bits)) & 31)).toString();
    }

    private Base32() {}
}
