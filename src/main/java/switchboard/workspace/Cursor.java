package switchboard.workspace;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * How far an agent's stream has come: up to the number {@code seq} of her own log, and in each conversation that she has
 * before her. As text, which she keeps, it is signed: {@code
 * 1.{seq}.{conversation}-{epoch}-{shown}-{ahead}-{proven}….{mac}}, numbers to the base 36, conversations without their
 * {@code c}.
 *
 * @param places at most {@link #MOST}
 */
public record Cursor(long seq, Map<String, Place> places) {

    /** So many conversations are shown at a time. */
    public static final int MOST = 64;

    /** No text is longer: {@link #MOST} conversations of 1.6 million entries and 46,000 hand-overs each fit. One that is longer is not read. */
    public static final int LENGTH = 3 * 1024;

    private static final String VERSION = "1";
    private static final int BASE = Character.MAX_RADIX;

    /**
     * How far one conversation has come.
     *
     * @param epoch of the latest reservation of it
     * @param shown all up to that number
     * @param ahead the one entry that was shown before its turn; 0: none
     * @param proven up to which number it is known to be hers, at least what is shown
     */
    public record Place(int epoch, long shown, long ahead, long proven) {

        public Place {
            proven = Math.max(proven, Math.max(shown, ahead));
        }

        /** At its beginning. */
        static Place before(int epoch) {
            return new Place(epoch, 0, 0, 0);
        }

        boolean begun() {
            return shown > 0 || ahead > 0;
        }

        /** With its last line it is over: should it be hers again, it is shown from its beginning. */
        Place after(Line line) {
            if (line.last()) {
                return before(epoch);
            }
            var number = line.row().number();
            var known = Math.max(proven, line.proven());
            return line.ahead()
                    ? new Place(epoch, shown, number, known)
                    : new Place(epoch, number, number < ahead ? ahead : 0, known);
        }

        Place since(int later) {
            return new Place(Math.max(epoch, later), shown, ahead, proven);
        }

        /** What is behind what is shown is not worth its digits. */
        private String text() {
            var known = proven > Math.max(shown, ahead) ? proven : 0;
            return LongStream.of(epoch, shown, ahead, known)
                    .mapToObj(number -> Long.toString(number, BASE))
                    .collect(Collectors.joining("-"));
        }

        private static Place of(String[] fields) {
            return new Place(
                    Integer.parseInt(fields[1], BASE),
                    Long.parseLong(fields[2], BASE),
                    Long.parseLong(fields[3], BASE),
                    Long.parseLong(fields[4], BASE));
        }
    }

    public Cursor {
        places = Collections.unmodifiableMap(new LinkedHashMap<>(places));
    }

    /** Signed with {@code mac}, which has 32 hex digits of any text, other ones for each agent. */
    public String text(UnaryOperator<String> mac) {
        var text = new StringBuilder(VERSION).append('.').append(Long.toString(seq, BASE));
        places.forEach((conversation, place) -> text.append('.')
                .append(conversation, 1, conversation.length())
                .append('-')
                .append(place.text()));
        return text + "." + mac.apply(text.toString());
    }

    /** Empty for what was never signed so. */
    public static Optional<Cursor> read(String text, UnaryOperator<String> mac) {
        var dot = text.lastIndexOf('.');
        if (text.length() > LENGTH || dot < 0) {
            return Optional.empty();
        }
        var signed = text.substring(0, dot);
        var genuine = MessageDigest.isEqual(bytes(text.substring(dot + 1)), bytes(mac.apply(signed)));
        return genuine ? parsed(signed.split("\\.", -1)) : Optional.empty();
    }

    private static Optional<Cursor> parsed(String[] parts) {
        if (!parts[0].equals(VERSION)) {
            return Optional.empty();
        }
        var places = new LinkedHashMap<String, Place>();
        for (int i = 2; i < parts.length; i++) {
            var fields = parts[i].split("-", -1);
            places.put("c" + fields[0], Place.of(fields));
        }
        return Optional.of(new Cursor(Long.parseLong(parts[1], BASE), places));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
