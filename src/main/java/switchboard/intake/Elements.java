package switchboard.intake;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.pekko.util.ByteString;
import switchboard.request.Fault;
import switchboard.request.Problem;

/** Cuts a JSON array into its elements without reading them. An element that is no event is refused by itself. */
public final class Elements {

    /** Of a batch. */
    public static final int MOST = 1_000;

    /** Bytes of a whole batch, also once inflated. */
    public static final int MOST_BYTES = 8 << 20;

    private final byte[] body;
    private final List<Line> elements = new ArrayList<>();
    private int at;

    private Elements(byte[] body) {
        this.body = body;
    }

    /** Refused, the whole of it: BROKEN_JSON, WRONG_TYPE where it is no array, TOO_MANY_EVENTS. */
    public static List<Line> of(byte[] body) {
        return new Elements(body).all();
    }

    private List<Line> all() {
        if (next() != '[') {
            throw new Problem(Fault.WRONG_TYPE, "the body is not one JSON array");
        }
        at++;
        if (next() == ']') {
            at++;
        } else {
            while (element() == ',') {
                at++;
            }
            at++;
        }
        if (!isSpaceToTheEnd()) {
            throw new Problem(Fault.BROKEN_JSON, "something stands after the array");
        }
        return List.copyOf(elements);
    }

    /** Adds the element that begins here; returns what ends it. */
    private byte element() {
        next();
        var from = at;
        var depth = 0;
        while (depth > 0 || (here() != ',' && here() != ']')) {
            switch (here()) {
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                case '"' -> string();
                default -> {}
            }
            at++;
        }
        add(from);
        return here();
    }

    private void add(int from) {
        if (from == at) {
            throw new Problem(Fault.BROKEN_JSON, "an element of the array is missing");
        }
        if (elements.size() == MOST) {
            throw new Problem(Fault.TOO_MANY_EVENTS, "over " + MOST);
        }
        var index = elements.size();
        elements.add(
                at - from > Framing.LINE
                        ? Framing.tooLong(index)
                        : new Line.Text(index, ByteString.fromArrayUnsafe(Arrays.copyOfRange(body, from, at))));
    }

    /** To its closing quote. */
    private void string() {
        for (at++; here() != '"'; at++) {
            if (here() == '\\') {
                at++;
            }
        }
    }

    private byte next() {
        while (isSpace(here())) {
            at++;
        }
        return here();
    }

    private byte here() {
        if (at >= body.length) {
            throw new Problem(Fault.BROKEN_JSON, "the array has no end");
        }
        return body[at];
    }

    private boolean isSpaceToTheEnd() {
        while (at < body.length && isSpace(body[at])) {
            at++;
        }
        return at == body.length;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\t' || b == '\n' || b == '\r';
    }
}
