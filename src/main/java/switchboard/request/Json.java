package switchboard.request;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads JSON strictly: UTF-8, one object, no field twice, at most 16 deep. Bodies are bounded before. */
final class Json {

    static final int DEPTH = 16;

    static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Refused: INVALID_UTF8, BROKEN_JSON, DUPLICATE_FIELD, TOO_DEEP, WRONG_TYPE. */
    static ObjectNode object(byte[] body) {
        var tree = tree(text(body));
        if (tree.isMissingNode()) {
            throw new Problem(Fault.BROKEN_JSON, "the body is empty");
        }
        if (tree instanceof ObjectNode object) {
            return object;
        }
        throw new Problem(Fault.WRONG_TYPE, "the body is not one JSON object");
    }

    /** Not left to Jackson, which would guess at UTF-16 and UTF-32. */
    private static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Problem(Fault.INVALID_UTF8, "the body is not UTF-8");
        }
    }

    private static JsonNode tree(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (StreamConstraintsException e) {
            throw e.getOriginalMessage().contains("nesting depth")
                    ? new Problem(Fault.TOO_DEEP, "nested deeper than " + DEPTH)
                    : new Problem(Fault.BROKEN_JSON, "a number or a name is too long");
        } catch (JsonProcessingException e) {
            throw e.getOriginalMessage().startsWith("Duplicate")
                    ? new Problem(Fault.DUPLICATE_FIELD, "a field stands there twice" + place(e))
                    : new Problem(Fault.BROKEN_JSON, "the body is not JSON" + place(e));
        }
    }

    private static String place(JsonProcessingException e) {
        var at = e.getLocation();
        return at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
    }

    private Json() {}
}
