package switchboard.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.jspecify.annotations.Nullable;
import switchboard.request.Problem.Flaw;

/**
 * Reads a JSON object field by field and gathers what is wrong with it, so that one answer names it all. A field that is
 * {@code null} is absent. What a flawed field reads as does not matter: {@link #done()} refuses.
 */
public final class Fields {

    /** Characters: Unicode code points. */
    static final int TEXT = 16_384;

    private static final int NAMED = 20;

    private record Found(Fault fault, Flaw flaw) {}

    private final ObjectNode object;
    private final String pointer;
    private final List<Found> found;
    private final Set<String> read = new HashSet<>();

    private Fields(ObjectNode object, String pointer, List<Found> found) {
        this.object = object;
        this.pointer = pointer;
        this.found = found;
    }

    /**
     * Of a body that is one JSON object as {@code application/json}. No body is an empty object: a field that is required
     * is then missed by its name. Refused: UNSUPPORTED_MEDIA_TYPE, INVALID_UTF8, BROKEN_JSON, DUPLICATE_FIELD, TOO_DEEP,
     * WRONG_TYPE.
     */
    public static Fields read(HttpRequest request, byte[] body) {
        if (body.length == 0) {
            return of(Json.MAPPER.createObjectNode());
        }
        if (!Bodies.mediaType(request).equals("application/json")) {
            throw new Problem(Fault.UNSUPPORTED_MEDIA_TYPE, "only application/json");
        }
        return of(Json.object(body));
    }

    /** Of one JSON object in UTF-8. Refused: INVALID_UTF8, BROKEN_JSON, DUPLICATE_FIELD, TOO_DEEP, WRONG_TYPE. */
    public static Fields of(byte[] json) {
        return of(Json.object(json));
    }

    /** Of the whole body. */
    public static Fields of(ObjectNode body) {
        return new Fields(body, "", new ArrayList<>());
    }

    public boolean has(String name) {
        return at(name) != null;
    }

    /** A string; empty when absent or flawed. */
    String string(String name) {
        var node = at(name);
        if (node == null) {
            return "";
        }
        if (!node.isTextual()) {
            flaw(Fault.WRONG_TYPE, name, "is not a string");
            return "";
        }
        return unicode(name, node.textValue());
    }

    /** What a person wrote, as it is, of at most 16,384 characters; empty when absent. */
    public String text(String name) {
        var text = string(name);
        if (text.codePointCount(0, text.length()) > TEXT) {
            flaw(Fault.TEXT_TOO_LONG, name, "has over " + TEXT + " characters");
        }
        return text;
    }

    /** One line of at most {@code bytes} of UTF-8; empty when absent. */
    public String line(String name, int bytes) {
        var line = string(name);
        if (line.codePoints().anyMatch(Character::isISOControl)) {
            flaw(Fault.CONTROL_CHARACTER, name, "has a control character");
        } else if (line.getBytes(UTF_8).length > bytes) {
            flaw(Fault.INVALID_VALUE, name, "has over " + bytes + " bytes");
        }
        return line;
    }

    /** The same, but it must be there and not be empty. */
    public String requiredLine(String name, int bytes) {
        required(name);
        var line = line(name, bytes);
        if (isString(name) && line.isEmpty()) {
            flaw(Fault.INVALID_VALUE, name, "is empty");
        }
        return line;
    }

    /** A line of that shape; empty when absent. */
    public String matching(String name, Pattern shape) {
        var line = string(name);
        if (isString(name) && !shape.matcher(line).matches()) {
            flaw(Fault.INVALID_VALUE, name, "is not " + shape.pattern());
        }
        return line;
    }

    /** A line of that shape, the whole of it, that must be there. */
    public String requiredMatching(String name, Pattern shape) {
        required(name);
        return matching(name, shape);
    }

    /** A whole number in that range; 0 when absent. */
    public long number(String name, long from, long to) {
        var node = at(name);
        if (node == null) {
            return 0;
        }
        if (!node.isIntegralNumber()) {
            flaw(Fault.WRONG_TYPE, name, "is not a whole number");
        } else if (!node.canConvertToLong() || node.longValue() < from || node.longValue() > to) {
            flaw(Fault.INVALID_VALUE, name, "is not from " + from + " to " + to);
        }
        return node.longValue();
    }

    /** True or false; false when absent. */
    public boolean flag(String name) {
        var node = at(name);
        if (node != null && !node.isBoolean()) {
            flaw(Fault.WRONG_TYPE, name, "is neither true nor false");
        }
        return node != null && node.booleanValue();
    }

    /** An object; an empty one when absent. */
    public Fields object(String name) {
        var node = at(name);
        if (node instanceof ObjectNode child) {
            return new Fields(child, below(name), found);
        }
        if (node != null) {
            flaw(Fault.WRONG_TYPE, name, "is not an object");
        }
        return new Fields(Json.MAPPER.createObjectNode(), below(name), found);
    }

    /** An array of 1 to {@code most} strings of that shape, each once, that must be there. */
    public List<String> requiredMatchings(String name, int most, Pattern shape) {
        required(name);
        return matchings(name, 1, most, shape);
    }

    /** An array of at most {@code most} strings of that shape, each once; none when absent. */
    public List<String> matchings(String name, int most, Pattern shape) {
        return matchings(name, 0, most, shape);
    }

    private List<String> matchings(String name, int least, int most, Pattern shape) {
        var node = at(name);
        var found = node == null ? List.<JsonNode>of() : node.valueStream().toList();
        if (node != null && (!node.isArray() || !found.stream().allMatch(JsonNode::isTextual))) {
            flaw(Fault.WRONG_TYPE, name, "is not an array of strings");
            return List.of();
        }
        var strings = found.stream().map(JsonNode::textValue).toList();
        var fit = strings.stream().allMatch(string -> shape.matcher(string).matches());
        if (node != null
                && (strings.size() < least
                        || strings.size() > most
                        || !fit
                        || strings.size() > Set.copyOf(strings).size())) {
            flaw(Fault.INVALID_VALUE, name, "is not " + least + " to " + most + " different " + shape.pattern());
        }
        return strings;
    }

    /** An array of at most {@code most} lines of at most {@code characters} each, none empty, each once; none when absent. */
    public List<String> lines(String name, int most, int characters) {
        var node = at(name);
        if (node != null && !node.isArray()) {
            flaw(Fault.WRONG_TYPE, name, "is not an array");
        }
        if (node == null || !node.isArray()) {
            return List.of();
        }
        if (node.size() > most) {
            flaw(Fault.INVALID_VALUE, name, "has over " + most + " elements");
            return List.of();
        }
        var elements = new Fields(Json.MAPPER.createObjectNode(), below(name), found);
        var lines = new ArrayList<String>();
        for (int i = 0; i < node.size(); i++) {
            elements.object.set(Integer.toString(i), node.get(i));
            lines.add(elements.element(Integer.toString(i), characters, lines));
        }
        return lines;
    }

    private String element(String place, int characters, List<String> before) {
        var line = requiredLine(place, 4 * characters);
        if (line.codePointCount(0, line.length()) > characters) {
            flaw(Fault.INVALID_VALUE, place, "has over " + characters + " characters");
        } else if (isString(place) && line.isBlank() && !line.isEmpty()) {
            flaw(Fault.INVALID_VALUE, place, "is blank");
        } else if (before.contains(line)) {
            flaw(Fault.INVALID_VALUE, place, "stands there before");
        }
        return line;
    }

    /** An array of at most {@code most} objects; none when absent. */
    public List<Fields> objects(String name, int most) {
        var node = at(name);
        if (node != null && !node.isArray()) {
            flaw(Fault.WRONG_TYPE, name, "is not an array");
        }
        if (node == null || !node.isArray()) {
            return List.of();
        }
        if (node.size() > most) {
            flaw(Fault.INVALID_VALUE, name, "has over " + most + " elements");
            return List.of();
        }
        var elements = new ArrayList<Fields>();
        for (int i = 0; i < node.size(); i++) {
            element(node.get(i), below(name) + "/" + i, elements);
        }
        return elements;
    }

    private void element(JsonNode node, String at, List<Fields> elements) {
        if (node instanceof ObjectNode child) {
            elements.add(new Fields(child, at, found));
        } else {
            found.add(new Found(Fault.WRONG_TYPE, new Flaw(at, "is not an object")));
        }
    }

    /** Misses the field where it is absent. */
    public void required(String name) {
        if (!has(name)) {
            flaw(Fault.MISSING_FIELD, name, "is missing");
        }
    }

    /** Adds what the reader of a field found wrong with it; {@code detail} repeats no value. */
    public void flaw(Fault fault, String name, String detail) {
        found.add(new Found(fault, new Flaw(below(name), detail)));
    }

    /** Whether anything is wrong so far, here or elsewhere in the body. */
    public boolean flawed() {
        return !found.isEmpty();
    }

    /** The names that nobody has asked for. */
    List<String> others() {
        return object.properties().stream()
                .map(java.util.Map.Entry::getKey)
                .filter(name -> !read.contains(name))
                .toList();
    }

    /** Whether a value is no array and no object. */
    boolean isScalar(String name) {
        return object.path(name).isValueNode();
    }

    /** Refuses if anything was wrong, or is there that nobody has asked for. */
    public void whole() {
        nothingElse();
        done();
    }

    /** Names the fields that nobody has asked for as unknown. */
    public void nothingElse() {
        others().forEach(name -> flaw(Fault.UNKNOWN_FIELD, name, "is unknown"));
    }

    /**
     * Refuses if anything was wrong: with 413 if that is among it, else with what came first. The first 20 flaws are named.
     */
    public void done() {
        found.stream()
                .map(Found::fault)
                .max(Comparator.comparingInt(Fault::status))
                .ifPresent(worst -> {
                    throw new Problem(
                            worst,
                            worst.title(),
                            found.stream().map(Found::flaw).limit(NAMED).toList());
                });
    }

    private @Nullable JsonNode at(String name) {
        read.add(name);
        var node = object.get(name);
        return node == null || node.isNull() ? null : node;
    }

    private boolean isString(String name) {
        var node = object.get(name);
        return node != null && node.getNodeType() == JsonNodeType.STRING;
    }

    /** Half a surrogate pair has no UTF-8, and NUL ends strings in what reads them elsewhere. */
    private String unicode(String name, String text) {
        if (!UTF_8.newEncoder().canEncode(text)) {
            flaw(Fault.INVALID_UTF8, name, "has half a surrogate pair");
            return "";
        }
        if (text.indexOf('\0') >= 0) {
            flaw(Fault.CONTROL_CHARACTER, name, "has a NUL");
            return "";
        }
        return text;
    }

    private String below(String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }
}
