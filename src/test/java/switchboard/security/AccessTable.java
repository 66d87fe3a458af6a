package switchboard.security;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Every action by every way for every role, and what is to come of it. */
final class AccessTable {

    /**
     * {@code role}: 403 role_not_allowed; {@code owner}: 403 not_owner; {@code 404}: as unknown as any. Ana has the
     * conversation, the customer is in it, the stranger is the customer of another one. The last column: what of this one
     * from another tenant may do there what the same one may here; {@code same} where nothing is named that is of a tenant.
     */
    private static final String TABLE = """
        action          way                                gateway ana   bo    supervisor auditor admin customer stranger elsewhere
        POST_EVENT      application/cloudevents+json       yes     role  role  role       role    role  role     role     same
        POST_EVENT      application/json                   yes     role  role  role       role    role  role     role     same
        POST_EVENT      application/cloudevents-batch+json yes     role  role  role       role    role  role     role     same
        POST_EVENT      application/x-ndjson               yes     role  role  role       role    role  role     role     same
        READ_STATE      application/json                   role    yes   owner yes        yes     yes   yes      404      404
        READ_HISTORY    application/x-ndjson               role    yes   owner yes        yes     role  yes      404      404
        READ_HISTORY    application/vnd.switchboard.log    role    role  role  role       yes     role  role     404      404
        READ_HISTORY    text/event-stream                  role    yes   owner yes        yes     role  yes      404      404
        SEND_MESSAGE    application/json                   role    yes   yes   yes        role    role  role     role     404
        ADD_NOTE        application/json                   role    yes   yes   yes        role    role  role     role     404
        ASSIGN          application/json                   role    role  role  yes        role    role  role     role     404
        HOLD            application/json                   role    yes   yes   yes        role    role  role     role     404
        RESUME          application/json                   role    yes   yes   yes        role    role  role     role     404
        RESOLVE         application/json                   role    yes   yes   yes        role    role  role     role     404
        ESCALATE        application/json                   role    yes   yes   yes        role    role  role     role     404
        TRANSFER        application/json                   role    yes   yes   yes        role    role  role     role     404
        WRAP_UP         application/json                   role    yes   yes   role       role    role  role     role     404
        EXPLAIN         application/json                   role    yes   owner yes        yes     yes   role     role     404
        ACCEPT          application/json                   role    yes   yes   role       role    role  role     role     404
        REJECT          application/json                   role    yes   yes   role       role    role  role     role     404
        CREATE_KEY      application/json                   role    role  role  role       role    yes   role     role     same
        LIST_KEYS       application/json                   role    role  role  role       role    yes   role     role     same
        REVOKE_KEY      application/json                   role    role  role  role       role    yes   role     role     404
        ISSUE_TICKET    application/json                   yes     yes   yes   yes        yes     yes   yes      yes      same
        MINT_TOKEN      application/json                   yes     role  role  role       role    role  role     role     same
        VERIFY          application/json                   role    role  role  role       yes     role  role     role     404
        VERIFY_AGENT    application/json                   role    role  role  role       yes     role  role     role     404
        VERIFY_PLAN     application/json                   role    role  role  role       yes     role  role     role     404
        VERIFY_KNOWLEDGE application/json                  role    role  role  role       yes     role  role     role     404
        VERIFY_MODELS   application/json                   role    role  role  role       yes     role  role     role     404
        READ_PLAN_LOG   application/vnd.switchboard.log    role    role  role  role       yes     role  role     role     same
        READ_KNOWLEDGE_LOG application/vnd.switchboard.log role    role  role  role       yes     role  role     role     same
        READ_MODELS_LOG application/vnd.switchboard.log    role    role  role  role       yes     role  role     role     same
        LIST_MODELS     application/json                   role    role  role  yes        yes     yes   role     role     same
        SERVE_MODEL     application/json                   role    role  role  role       role    yes   role     role     same
        LIST_READS      application/json                   role    role  role  role       yes     role  role     role     404
        READ_METRICS    text/plain                         role    role  role  role       role    yes   role     role     same
        LIST_AGENTS     application/json                   role    role  role  yes        role    yes   role     role     same
        READ_AGENT      application/json                   role    yes   role  yes        role    yes   role     role     404
        PUT_AGENT       application/json                   role    yes   role  yes        role    yes   role     role     404
        DELETE_AGENT    application/json                   role    role  role  role       role    yes   role     role     404
        SET_PRESENCE    application/json                   role    yes   role  yes        role    role  role     role     404
        READ_PLAN       application/json                   role    role  role  yes        role    yes   role     role     same
        PUT_PLAN        application/json                   role    role  role  role       role    yes   role     role     same
        LIST_ARTICLES   application/json                   role    yes   yes   yes        yes     yes   role     role     same
        LIST_ARTICLES   application/x-ndjson               role    yes   yes   yes        yes     yes   role     role     same
        READ_ARTICLE    application/json                   role    yes   yes   yes        yes     yes   role     role     same
        READ_ARTICLE    text/markdown                      role    yes   yes   yes        yes     yes   role     role     same
        SEARCH_ARTICLES application/json                   role    yes   yes   yes        yes     yes   role     role     same
        IMPORT_ARTICLES application/x-ndjson               role    role  role  role       role    yes   role     role     same
        PUT_ARTICLE     application/json                   role    role  role  role       role    yes   role     role     same
        PUT_ARTICLE     text/markdown                      role    role  role  role       role    yes   role     role     same
        REMOVE_ARTICLE  application/json                   role    role  role  role       role    yes   role     role     same
        LIST_QUEUES     application/json                   role    role  role  yes        role    role  role     role     same
        READ_QUEUE      application/json                   role    role  role  yes        role    role  role     role     404
        FOLLOW_QUEUE    text/event-stream                  role    role  role  yes        role    role  role     role     404
        FOLLOW_AGENT    text/event-stream                  role    yes   role  role       role    role  role     role     404
        SEARCH          application/json                   role    yes   yes   yes        yes     yes   role     role     same
        FETCH_OUTBOUND  text/event-stream                  yes     role  role  role       role    role  role     role     same
        """;

    private static final String EVENTS = "text/event-stream";

    record Cell(Action action, String way, String who, String expected) {}

    static Stream<Cell> cells() {
        return rows().flatMap(row -> {
            var columns = TABLE.lines().findFirst().orElseThrow().split(" +", -1);
            return IntStream.range(2, columns.length - 1)
                    .mapToObj(i -> new Cell(Action.valueOf(row[0]), row[1], columns[i], row[i]));
        });
    }

    static Stream<Cell> cellsOfWhatTakesTickets() {
        return cells().filter(cell -> cell.action().takesTickets() && cell.way.equals(EVENTS));
    }

    static Stream<Cell> cellsOfWhatHasAPast() {
        return cells().filter(cell -> cell.action == Action.READ_STATE || cell.action == Action.READ_HISTORY);
    }

    static Stream<Cell> cellsElsewhere() {
        return rows().flatMap(row -> {
            var columns = TABLE.lines().findFirst().orElseThrow().split(" +", -1);
            var there = row[columns.length - 1];
            return IntStream.range(2, columns.length - 1)
                    .mapToObj(i -> new Cell(
                            Action.valueOf(row[0]),
                            row[1],
                            columns[i],
                            row[i].equals("role") || there.equals("same") ? row[i] : there));
        });
    }

    static Stream<Cell> ways() {
        return rows().map(row -> new Cell(Action.valueOf(row[0]), row[1], "nobody", "401"));
    }

    static Stream<String[]> rows() {
        return TABLE.lines().skip(1).map(line -> line.split(" +", -1));
    }

    static Stream<String> documented(Action action) {
        var operation = contract()
                .path("paths")
                .path(action.template())
                .path(action.method().toLowerCase(Locale.ROOT));
        var bodies = operation
                .at("/requestBody/content")
                .propertyStream()
                .map(Map.Entry::getKey)
                .toList();
        return bodies.isEmpty()
                ? operation.at("/responses/200/content").propertyStream().map(Map.Entry::getKey)
                : bodies.stream();
    }

    private static JsonNode contract() {
        try {
            return new YAMLMapper()
                    .readTree(Path.of("src/main/resources/openapi.yaml").toFile());
        } catch (java.io.IOException e) {
            throw new AssertionError("the contract is YAML", e);
        }
    }

    private AccessTable() {}
}
