package switchboard.invariants;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * I8, recomputed from the exported bytes with nothing of the product: first {@code prev} = SHA-256 of the persistence
 * id, hash = SHA-256(0x00 ‖ line). Who holds only the bytes can re-link a whole chain; hence the head, which is known
 * from elsewhere.
 */
public final class Chain {

    /** All that is wrong with one conversation of tenant {@code local}. */
    public static List<Violation> violated(History history) {
        return findings("local", history).violations();
    }

    /** The whole of one conversation of {@code tenant}. */
    static Findings findings(String tenant, History history) {
        var check = new Findings.Check();
        var where = history.conversation();
        var prev = genesis(tenant, where);
        for (int i = 0; i < history.raw().size(); i++) {
            var line = history.raw().get(i);
            var entry = Json.read(new String(line, StandardCharsets.UTF_8));
            check.demand(entry.path("prev").asText().equals(prev), "I8", where, (i + 1) + " does not follow");
            check.demand(entry.path("seq").asLong() == i + 1, "I8", where, (i + 1) + " has another number");
            var hash = hash(line);
            var told = i < history.events().size() && told(history.events().get(i), prev, hash);
            check.demand(told, "I8", where, (i + 1) + " is another one in the history");
            prev = hash;
        }
        var same = history.raw().size() == history.events().size();
        check.demand(same, "I8", where, "history and export differ in length");
        check.demand(prev.equals(history.head()), "I8", where, "ends in " + prev + ", verified: " + history.head());
        return check.findings();
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
