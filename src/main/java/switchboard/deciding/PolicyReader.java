package switchboard.deciding;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import switchboard.deciding.Policy.Topic;

/** Reads a policy from JSON, or names all that is wrong with it. All fields are required. */
public final class PolicyReader {

    /** One entry of a log holds it. */
    static final int BYTES = 64 * 1024;

    private static final int MANY = 500;
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
    private static final Pattern INTENT = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} _./?-]{0,99}");
    private static final Set<String> REASONS =
            Stream.of(Decision.Reason.values()).map(Decision.Reason::code).collect(Collectors.toSet());

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(6).build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** What came of reading. */
    public sealed interface Reading {

        record Sound(Policy policy) implements Reading {}

        /** All that is wrong. */
        record Faulty(List<PolicyFault> faults) implements Reading {

            public Faulty {
                faults = List.copyOf(faults);
            }
        }
    }

    private final List<PolicyFault> faults = new ArrayList<>();

    public static Reading read(byte[] json) {
        return new PolicyReader().reading(json);
    }

    /** What a tenant has that has set nothing. */
    public static Policy local() {
        try (var in = PolicyReader.class.getResourceAsStream("/escalation-policy.json")) {
            if (in != null && read(in.readAllBytes()) instanceof Reading.Sound sound) {
                return sound.policy();
            }
            throw new IllegalStateException("the program's own escalation policy does not hold together");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Reading reading(byte[] json) {
        var root = tree(json);
        if (!faults.isEmpty()) {
            return new Reading.Faulty(faults);
        }
        var policy = policy(new Fields(root, ""));
        return faults.isEmpty() ? new Reading.Sound(policy) : new Reading.Faulty(faults);
    }

    private JsonNode tree(byte[] json) {
        if (json.length > BYTES) {
            fault("too_large", "");
            return JsonNodeFactory.instance.nullNode();
        }
        try {
            return MAPPER.readTree(json);
        } catch (JacksonException e) {
            fault("broken_json", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return JsonNodeFactory.instance.nullNode();
    }

    private Policy policy(Fields all) {
        var policy = new Policy(
                (int) all.whole("version", 1, Integer.MAX_VALUE),
                all.share("confidence"),
                all.shareOverZero("wish"),
                all.share("knowledge"),
                all.share("likeness"),
                all.shareOverZero("frustration"),
                (int) all.whole("candidates", 0, 5),
                (int) all.whole("turns", 1, 100),
                (int) all.whole("rate", 1, 1_000),
                all.duration("window", Duration.ofSeconds(1), Duration.ofHours(1)),
                all.duration("deadline", Duration.ofMillis(100), Duration.ofSeconds(30)),
                all.whole("money", 0, 1_000_000_000),
                all.names("valuable"),
                byReason(all.object("queues")),
                byReason(all.object("priorities")),
                topics(all.object("topics")));
        all.nothingElse();
        return policy;
    }

    private static Map<String, String> byReason(Fields fields) {
        var values = new TreeMap<String, String>();
        fields.each(REASONS::contains).forEach(reason -> values.put(reason, fields.name(reason, false)));
        return values;
    }

    private static Map<String, Topic> topics(Fields fields) {
        var topics = new TreeMap<String, Topic>();
        fields.each(INTENT.asMatchPredicate()).forEach(intent -> {
            var topic = fields.object(intent);
            topics.put(
                    intent,
                    new Topic(
                            topic.flag("personFirst"),
                            topic.flag("irreversible"),
                            topic.name("queue", true),
                            topic.names("skills")));
            topic.nothingElse();
        });
        return topics;
    }

    private void fault(String code, String pointer) {
        faults.add(new PolicyFault(code, pointer));
    }

    /** Those of one object. */
    private final class Fields {

        private final JsonNode node;
        private final String pointer;
        private final List<String> read = new ArrayList<>();

        private Fields(JsonNode node, String pointer) {
            this.node = node;
            this.pointer = pointer;
        }

        private String at(String name) {
            return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
        }

        /** The field if it is there and such a one; otherwise a fault and {@code otherwise}. */
        private JsonNode field(String name, Predicate<JsonNode> such, JsonNode otherwise) {
            read.add(name);
            var field = node.get(name);
            if (field == null || !such.test(field)) {
                fault(field == null ? "missing_field" : "wrong_type", at(name));
                return otherwise;
            }
            return field;
        }

        private long whole(String name, long least, long most) {
            var value = field(name, JsonNode::isIntegralNumber, JsonNodeFactory.instance.numberNode(least));
            if (!value.canConvertToLong() || value.longValue() < least || value.longValue() > most) {
                fault("out_of_bounds", at(name));
            }
            return value.longValue();
        }

        private double share(String name) {
            var value = field(name, JsonNode::isNumber, JsonNodeFactory.instance.numberNode(1))
                    .doubleValue();
            if (!(value >= 0 && value <= 1)) {
                fault("out_of_bounds", at(name));
            }
            return value;
        }

        /** At 0 everything would count. */
        private double shareOverZero(String name) {
            var share = share(name);
            if (share == 0) {
                fault("out_of_bounds", at(name));
            }
            return share;
        }

        private Duration duration(String name, Duration least, Duration most) {
            var text = text(name, least.toString());
            try {
                var duration = Duration.parse(text);
                if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
                    fault("out_of_bounds", at(name));
                }
                return duration;
            } catch (DateTimeParseException e) {
                fault("invalid_value", at(name));
                return least;
            }
        }

        private boolean flag(String name) {
            return field(name, JsonNode::isBoolean, JsonNodeFactory.instance.booleanNode(false))
                    .booleanValue();
        }

        private String text(String name, String otherwise) {
            return field(name, JsonNode::isTextual, JsonNodeFactory.instance.textNode(otherwise))
                    .textValue();
        }

        private String name(String name, boolean orEmpty) {
            var text = text(name, "x");
            if (!NAME.matcher(text).matches() && !(orEmpty && text.isEmpty())) {
                fault("invalid_value", at(name));
            }
            return text;
        }

        private List<String> names(String name) {
            var names = new ArrayList<String>();
            for (var element : field(name, JsonNode::isArray, JsonNodeFactory.instance.arrayNode())) {
                if (names.size() == MANY
                        || !element.isTextual()
                        || !NAME.matcher(element.textValue()).matches()) {
                    fault(names.size() == MANY ? "out_of_bounds" : "invalid_value", at(name) + "/" + names.size());
                    return names;
                }
                names.add(element.textValue());
            }
            return names;
        }

        private Fields object(String name) {
            return new Fields(field(name, JsonNode::isObject, JsonNodeFactory.instance.objectNode()), at(name));
        }

        /** The names of its fields; those that are not such are faults. */
        private List<String> each(Predicate<String> such) {
            if (node.size() > MANY) {
                fault("out_of_bounds", pointer);
            }
            var names = node.properties().stream()
                    .map(Map.Entry::getKey)
                    .limit(MANY)
                    .toList();
            names.stream().filter(such.negate()).forEach(name -> fault("unknown_field", at(name)));
            return names.stream().filter(such).toList();
        }

        private void nothingElse() {
            each(read::contains);
        }
    }
}
