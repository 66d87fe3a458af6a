package switchboard.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** An answer over HTTP/1.1 with a length, read as lean as can be. */
public record Reply(int status, String body) {

    private static final String LENGTH = "content-length:";

    /** The next one of a connection. */
    public static Reply read(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.length() < 4 || head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
            var c = in.read();
            if (c < 0) {
                throw new IOException("the connection ended");
            }
            head.append((char) c);
        }
        var text = head.toString();
        var body = new String(in.readNBytes(length(text)), StandardCharsets.UTF_8);
        return new Reply(Integer.parseInt(text.substring(9, 12)), body);
    }

    /** Of the body behind {@code head}, in bytes; 0 where it does not say. */
    public static int length(String head) {
        return head.lines()
                .filter(line -> line.regionMatches(true, 0, LENGTH, 0, LENGTH.length()))
                .mapToInt(
                        line -> Integer.parseInt(line.substring(LENGTH.length()).strip()))
                .sum();
    }

    /** Whether the same is to be sent again. */
    public boolean again() {
        return status == 503;
    }

    /** Fails where it is no success. */
    public Reply taken() throws IOException {
        if (status / 100 != 2) {
            throw new IOException(toString());
        }
        return this;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%d %s", status, body);
    }
}
