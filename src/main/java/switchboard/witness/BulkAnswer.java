package switchboard.witness;

import com.fasterxml.jackson.databind.JsonNode;
import switchboard.invariants.Exchange.Answer;
import switchboard.invariants.Json;

/**
 * What one line of a bulk request was answered.
 *
 * @param index of the line, from 0
 * @param answer as the same event would have been answered alone
 */
record BulkAnswer(int index, Answer answer) {

    /** {@code {"index","id","status","conversation","seq"}} or {@code {"index","id","status","problem"}}. */
    static BulkAnswer of(String line) {
        var json = Json.read(line);
        var status = json.path("status").asInt();
        var body = json.has("problem") ? json.path("problem").toString() : place(json);
        return new BulkAnswer(json.path("index").asInt(-1), new Answer(status, body));
    }

    private static String place(JsonNode json) {
        return Json.object()
                .put("conversation", json.path("conversation").asText())
                .put("seq", json.path("seq").asLong())
                .put("id", json.path("id").asText())
                .toString();
    }
}
