package switchboard.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import switchboard.plan.PlanFault.Code;

/** One object of a plan's JSON, read field by field. What a faulty field reads as does not matter: there is no plan then. */
final class Part {

    static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

    private static final Pattern DURATION =
            Pattern.compile("P(\\d{1,3}D)?(T(\\d{1,5}H)?(\\d{1,6}M)?(\\d{1,8}(\\.\\d{1,3})?S)?)?");

    private final JsonNode node;
    private final String pointer;
    private final List<PlanFault> faults;
    private final Set<String> read = new HashSet<>();

    Part(JsonNode node, String pointer, List<PlanFault> faults) {
        this.node = node.isObject() ? node : JsonNodeFactory.instance.objectNode();
        this.pointer = pointer;
        this.faults = faults;
        if (!node.isObject()) {
            faults.add(new PlanFault(Code.WRONG_TYPE, pointer, "is not an object"));
        }
    }

    String pointer(String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    boolean has(String name) {
        return at(name) != null;
    }

    Part required(String name) {
        if (!has(name)) {
            fault(Code.MISSING_FIELD, name, "is missing");
        }
        return this;
    }

    /** Empty when absent. */
    String name(String name) {
        var text = text(name);
        if (!text.isEmpty() && !NAME.matcher(text).matches()) {
            fault(Code.INVALID_VALUE, name, "is not " + NAME.pattern());
        }
        return text;
    }

    /** ISO 8601, exact to milliseconds; {@code otherwise} when absent. */
    Duration duration(String name, Duration otherwise, Duration least, Duration most) {
        var text = text(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        var duration = parsed(name, text);
        if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
            fault(Code.OUT_OF_BOUNDS, name, "is not from " + least + " to " + most);
        }
        return duration;
    }

    private Duration parsed(String name, String text) {
        try {
            if (DURATION.matcher(text).matches()) {
                return Duration.parse(text);
            }
        } catch (DateTimeException e) {
            // as if it had not matched: P and PT have no parts
        }
        fault(Code.INVALID_VALUE, name, "is not a duration like PT1M30S");
        return Duration.ofSeconds(1);
    }

    int number(String name, int otherwise, int least, int most) {
        var value = at(name);
        if (value == null) {
            return otherwise;
        }
        if (!value.isIntegralNumber()) {
            fault(Code.WRONG_TYPE, name, "is not a whole number");
        } else if (!value.canConvertToInt() || value.intValue() < least || value.intValue() > most) {
            fault(Code.OUT_OF_BOUNDS, name, "is not from " + least + " to " + most);
        }
        return value.intValue();
    }

    boolean flag(String name, boolean otherwise) {
        var value = at(name);
        if (value != null && !value.isBoolean()) {
            fault(Code.WRONG_TYPE, name, "is neither true nor false");
        }
        return value == null ? otherwise : value.booleanValue();
    }

    /** One of {@code options}; the first when absent. */
    String choice(String name, String... options) {
        var text = text(name);
        if (!text.isEmpty() && !List.of(options).contains(text)) {
            fault(Code.INVALID_VALUE, name, "is not one of " + List.of(options));
        }
        return text.isEmpty() ? options[0] : text;
    }

    Part object(String name) {
        var value = at(name);
        return new Part(value == null ? JsonNodeFactory.instance.objectNode() : value, pointer(name), faults);
    }

    /** Of an object whose fields are names, at most {@code most} of them. */
    List<String> names(int most) {
        var names = node.properties().stream().map(Map.Entry::getKey).toList();
        if (names.size() > most) {
            faults.add(new PlanFault(Code.OUT_OF_BOUNDS, pointer, "has over " + most + " fields"));
        }
        names.stream()
                .filter(name -> !NAME.matcher(name).matches())
                .forEach(name -> fault(Code.INVALID_VALUE, name, "is not named " + NAME.pattern()));
        return names;
    }

    /** An array of objects; none when absent. */
    List<Part> objects(String name, int most) {
        var parts = new ArrayList<Part>();
        for (var element : elements(name, most)) {
            parts.add(new Part(element, pointer(name) + "/" + parts.size(), faults));
        }
        return parts;
    }

    /** An array of different names, or of {@code also}. */
    List<String> names(String name, int most, String also) {
        var names = new ArrayList<String>();
        for (var element : elements(name, most)) {
            var place = name + "/" + names.size();
            if (!element.isTextual()) {
                faults.add(new PlanFault(Code.WRONG_TYPE, pointer + "/" + place, "is not a string"));
            } else if (!element.textValue().equals(also)
                    && !NAME.matcher(element.textValue()).matches()) {
                faults.add(new PlanFault(Code.INVALID_VALUE, pointer + "/" + place, "is not " + NAME.pattern()));
            } else if (names.contains(element.textValue())) {
                faults.add(new PlanFault(Code.DUPLICATE, pointer + "/" + place, "stands there before"));
            }
            names.add(element.asText());
        }
        return names;
    }

    void fault(Code code, String name, String detail) {
        faults.add(new PlanFault(code, pointer(name), detail));
    }

    /** At a place further down. */
    void faultAt(Code code, String place, String detail) {
        faults.add(new PlanFault(code, place, detail));
    }

    /** Names the fields that nobody has asked for. */
    void nothingElse() {
        node.properties().stream()
                .map(Map.Entry::getKey)
                .filter(name -> !read.contains(name))
                .forEach(name -> fault(Code.UNKNOWN_FIELD, name, "is unknown"));
    }

    private List<JsonNode> elements(String name, int most) {
        var value = at(name);
        if (value != null && !value.isArray()) {
            fault(Code.WRONG_TYPE, name, "is not an array");
        } else if (value != null && value.size() > most) {
            fault(Code.OUT_OF_BOUNDS, name, "has over " + most + " elements");
        }
        return value == null || !value.isArray()
                ? List.of()
                : value.valueStream().limit(most).toList();
    }

    private String text(String name) {
        var value = at(name);
        if (value == null) {
            return "";
        }
        if (!value.isTextual()) {
            fault(Code.WRONG_TYPE, name, "is not a string");
            return "";
        }
        if (value.textValue().isEmpty()) {
            fault(Code.INVALID_VALUE, name, "is empty");
        }
        return value.textValue();
    }

    private @Nullable JsonNode at(String name) {
        read.add(name);
        var value = node.get(name);
        return value == null || value.isNull() ? null : value;
    }
}
