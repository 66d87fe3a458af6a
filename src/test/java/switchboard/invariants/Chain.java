package switchboard.invariants;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * I8, recomputed from the exported bytes with nothing of the product: first {@code prev} = SHA-256 of the persistence
 * id, hash = SHA-256(0x00 ‖ line). Who holds only the bytes can re-link a whole chain; hence the head, which is known
 * from elsewhere.
 */
public final class Chain {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** All that is wrong with one conversation of tenant {@code local}. */
    public static List<Violation> violated(History history) {
        var found = new ArrayList<Violation>();
        var prev = genesis("local", history.conversation());
        for (int i = 0; i < history.raw().size(); i++) {
            var line = history.raw().get(i);
            var entry = envelope(line);
            if (!entry.path("prev").asText().equals(prev)) {
                found.add(new Violation("I8", history.conversation(), (i + 1) + " does not follow"));
            }
            if (entry.path("seq").asLong() != i + 1) {
                found.add(new Violation("I8", history.conversation(), (i + 1) + " has another number"));
            }
            var hash = hash(line);
            if (i >= history.events().size() || !told(history.events().get(i), prev, hash)) {
                found.add(new Violation("I8", history.conversation(), (i + 1) + " is another one in the history"));
            }
            prev = hash;
        }
        if (history.raw().size() != history.events().size()) {
            found.add(new Violation("I8", history.conversation(), "history and export differ in length"));
        }
        if (!prev.equals(history.head())) {
            found.add(new Violation("I8", history.conversation(), "ends elsewhere than verified"));
        }
        return found;
    }

    /** Bytes that were changed may be no JSON any more. */
    private static JsonNode envelope(byte[] line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    private static boolean told(History.Event event, String prev, String hash) {
        return event.prev().equals(prev) && event.hash().equals(hash);
    }

    /** What the first entry names as its predecessor. */
    public static String genesis(String tenant, String conversation) {
        var id = "Conversation|" + tenant + ":" + conversation;
        return HexFormat.of().formatHex(sha256().digest(id.getBytes(StandardCharsets.UTF_8)));
    }

    /** Of one stored line. */
    public static String hash(byte[] line) {
        var sha = sha256();
        sha.update((byte) 0);
        return HexFormat.of().formatHex(sha.digest(line));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    private Chain() {}
}
