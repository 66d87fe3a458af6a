package switchboard.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import switchboard.contract.Frames.Frame;

/** {@code openapi.yaml} as a judge of what was really sent: an {@link AssertionError} names what is not as documented. */
public final class Contract {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String PROBLEM = "application/problem+json";
    private static final Set<String> ANYWHERE = Set.of(
            "bad_request",
            "origin_not_allowed",
            "no_such_route",
            "method_not_allowed",
            "uri_too_long",
            "host_not_local",
            "rate_limited",
            "headers_too_large",
            "internal",
            "unknown_method");
    private static final Map<String, String> EVENTS =
            Map.of("message.send", "MessageSend", "taken", "Taken", "end", "StreamEnd", "queue", "Queue");

    /** Those of an agent's stream that are no entries, after which it is resumed all the same. */
    private static final Map<String, String> RESUMED = Map.of("begin", "StreamBegin", "reset", "StreamBegin");

    private static final Contract OURS = new Contract(read());

    private final JsonNode document;
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<JsonNode, Schema> schemas = new ConcurrentHashMap<>();

    private Contract(JsonNode document) {
        this.document = document;
    }

    /** The one that is served. */
    public static Contract ours() {
        return OURS;
    }

    /** What {@code method} on {@code path} was answered: documented status, media type and, for a problem, code. */
    public void answer(String method, String path, int status, String mediaType, String body) {
        var documented =
                operation(method, path).map(it -> resolved(it.path("responses").path("" + status)));
        var content = documented.map(it -> it.path("content").path(mediaType)).filter(it -> !it.isMissingNode());
        var what = method + " " + path + " " + status + " " + mediaType;
        if (content.isPresent()) {
            content(what, mediaType, content.get(), body);
            documented.filter(_ -> mediaType.equals(PROBLEM)).ifPresent(it -> named(what, it, body));
        } else if (mediaType.equals(PROBLEM)) {
            valid(what, named("Problem"), body);
            require(ANYWHERE.contains(code(body)), what + " is not documented: " + body);
        } else {
            var empty = documented.filter(it -> !it.isMissingNode() && !it.has("content"));
            require(empty.isPresent() && body.isEmpty(), what + " is not documented: " + body);
        }
    }

    /** A body that was taken must be one that the contract allows. */
    public void request(String method, String path, String mediaType, String body) {
        operation(method, path)
                .map(it -> it.path("requestBody").path("content").path(mediaType))
                .filter(it -> !it.isMissingNode())
                .ifPresent(it -> content("taken by " + method + " " + path, mediaType, it, body));
    }

    /** {@code json} is as the schema of that name says. */
    public void valid(String schema, String json) {
        require(!named(schema).isMissingNode(), "there is no schema " + schema);
        valid(schema, named(schema), json);
    }

    /** All names of schemas. */
    public Set<String> schemas() {
        return Set.copyOf(document.at("/components/schemas")
                .propertyStream()
                .map(Map.Entry::getKey)
                .toList());
    }

    private void content(String what, String mediaType, JsonNode content, String body) {
        var schema = content.path("schema");
        switch (mediaType) {
            case "application/x-ndjson", "application/vnd.switchboard.log" ->
                body.lines().filter(line -> !line.isBlank()).forEach(line -> valid(what, schema, line));
            case "text/event-stream" -> Frames.of(body).forEach(frame -> frame(what, schema, frame));
            default -> {
                if (mediaType.endsWith("json")) {
                    valid(what, schema, body);
                }
            }
        }
    }

    /** An event that has a type of its own in it is called so, and numbered as that is; all others have no number. */
    private void frame(String what, JsonNode schema, Frame frame) {
        if (frame.data().isEmpty()) {
            require(frame.id().isEmpty() && frame.event().isEmpty(), what + ": an event without data: " + frame);
            return;
        }
        valid(what, schema, frame.data());
        var data = tree(frame.data());
        if (data.has("type")) {
            var same = frame.event().equals(data.path("type").asText())
                    && frame.id().equals(data.path("seq").asText());
            require(same, what + ": an event that is called otherwise than what it tells: " + frame);
        } else if (data.has("event")) {
            var same = frame.event().equals(data.at("/event/type").asText())
                    && !frame.id().isEmpty();
            require(same, what + ": an event that is called otherwise than what it tells: " + frame);
        } else if (RESUMED.containsKey(frame.event())) {
            require(!frame.id().isEmpty(), what + ": nobody could resume after it: " + frame);
            valid(what + " " + frame.event(), named(requireNonNull(RESUMED.get(frame.event()))), frame.data());
        } else {
            var said = EVENTS.get(frame.event());
            require(said != null && frame.id().isEmpty(), what + ": no event that is documented: " + frame);
            valid(what + " " + frame.event(), named(requireNonNull(said)), frame.data());
        }
    }

    /** The problem's code stands in the description of its status, or is one that any request may get. */
    private static void named(String what, JsonNode documented, String body) {
        var code = code(body);
        var named = documented.path("description").asText().contains("`" + code + "`");
        require(named || ANYWHERE.contains(code), what + " names no " + code);
    }

    private void valid(String what, JsonNode schema, String json) {
        require(!tree(json).isMissingNode(), what + ": nothing");
        var errors = schemas.computeIfAbsent(schema, this::compiled).validate(json, InputFormat.JSON);
        require(errors.isEmpty(), what + ": " + errors + " in " + json);
    }

    /** A document of its own in which references still lead to the components. */
    private Schema compiled(JsonNode schema) {
        ObjectNode whole = JSON.createObjectNode();
        whole.set("components", document.path("components"));
        whole.putArray("allOf").add(schema);
        return registry.getSchema(whole.toString(), InputFormat.JSON);
    }

    private Optional<JsonNode> operation(String method, String path) {
        var name = method.equals("HEAD") ? "get" : method.toLowerCase(Locale.ROOT);
        return document.path("paths")
                .propertyStream()
                .filter(it -> path.matches(it.getKey().replaceAll("\\{[a-z]+}", "[^/]+")))
                .map(it -> it.getValue().path(name))
                .filter(JsonNode::isObject)
                .findFirst();
    }

    private JsonNode named(String schema) {
        return document.path("components").path("schemas").path(schema);
    }

    private JsonNode resolved(JsonNode it) {
        return it.has("$ref") ? document.at(it.path("$ref").asText().substring(1)) : it;
    }

    private static String code(String body) {
        return tree(body).path("code").asText();
    }

    private static JsonNode tree(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + body, e);
        }
    }

    private static void require(boolean so, String otherwise) {
        if (!so) {
            throw new AssertionError(otherwise);
        }
    }

    private static JsonNode read() {
        try (var in = requireNonNull(Contract.class.getResourceAsStream("/openapi.yaml"))) {
            return new YAMLMapper().readTree(new String(in.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
