package switchboard.custody;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import switchboard.invariants.Json;

/** One line of a history. What was appended again counts as what it said first. */
record Fact(long seq, String type, Instant at, JsonNode data) {

    /** From a line as it is served. */
    static Fact of(String line) {
        var json = Json.read(line);
        var data = json.path("data");
        var again = json.path("type").asText().equals("entry.recovered");
        return new Fact(
                json.path("seq").asLong(),
                again ? data.path("type").asText() : json.path("type").asText(),
                Instant.parse(json.path("at").asText()),
                again ? data.path("original") : data);
    }

    String text(String field) {
        return data.path(field).asText();
    }
}
