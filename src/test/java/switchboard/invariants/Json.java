package switchboard.invariants;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON as the tests read and write it. */
public final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    public static JsonNode read(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    private Json() {}
}
