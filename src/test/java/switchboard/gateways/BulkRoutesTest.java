package switchboard.gateways;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.pattern.StatusReply;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import switchboard.conversation.Conversation.Command;
import switchboard.conversation.Conversation.Outcome;
import switchboard.conversation.Conversation.Outcomes;
import switchboard.conversation.Conversation.ReceiveAll;
import switchboard.edge.Edge;
import switchboard.edge.Posts;
import switchboard.wire.Refusal;

/** Many events in one request, without the conversations behind. */
class BulkRoutesTest {

    static final String BATCH = "application/cloudevents-batch+json";
    static final String NDJSON = "application/x-ndjson";

    @AutoClose
    private static final Edge edge = new Edge();

    @BeforeEach
    void fresh() {
        edge.asked.clear();
        edge.commands.clear();
        edge.answering(BulkRoutesTest::stored);
    }

    /** Each is stored, with the number that its id ends with, from 1. */
    static StatusReply<?> stored(Command command) {
        return StatusReply.success(new Outcomes(((ReceiveAll) command)
                .events().stream()
                        .map(e -> new Outcome(
                                Math.max(1, Long.parseLong(e.id().text().replaceFirst(".*-", ""))), ""))
                        .toList()));
    }

    @Test
    void each_line_is_answered_as_a_single_event_is_in_the_order_of_the_lines() throws Exception {
        var answers = lines(edge.ask(ndjson(line("t1", 1) + line("t2", 2) + line("t1", 3))));

        assertThat(answers)
                .containsExactly(
                        "{\"index\":0,\"id\":\"e-1\",\"status\":201,\"conversation\":\"" + id("t1") + "\",\"seq\":1}",
                        "{\"index\":1,\"id\":\"e-2\",\"status\":201,\"conversation\":\"" + id("t2") + "\",\"seq\":2}",
                        "{\"index\":2,\"id\":\"e-3\",\"status\":201,\"conversation\":\"" + id("t1") + "\",\"seq\":3}");
        assertThat(edge.asked).containsExactly("local:" + id("t1"), "local:" + id("t2"));
    }

    @Test
    void a_batch_is_answered_as_ndjson_too() throws Exception {
        var response = edge.ask(post(BATCH, "[" + event("t1", 1) + " , " + event("t2", 2) + "]"));

        assertThat(response.entity().getContentType().toString()).isEqualTo(NDJSON);
        assertThat(brief(response)).containsExactly("0 e-1 201", "1 e-2 201");
    }

    @Test
    void the_events_of_a_conversation_go_together_and_in_order() throws Exception {
        var body = new StringBuilder();
        IntStream.range(0, 1_000).forEach(i -> body.append(line("t" + i % 50, i)));

        assertThat(brief(edge.ask(ndjson(body.toString()))))
                .containsExactlyElementsOf(IntStream.range(0, 1_000)
                        .mapToObj(i -> i + " e-" + i + " 201")
                        .toList());
        assertThat(edge.commands).hasSizeLessThanOrEqualTo(200);
        var first = new ArrayList<String>();
        edge.commands.stream()
                .flatMap(c -> ((ReceiveAll) c).events().stream())
                .filter(e -> e.thread().canonical().text().equals("t7"))
                .forEach(e -> first.add(e.id().text()));
        assertThat(first)
                .containsExactlyElementsOf(IntStream.range(0, 20)
                        .mapToObj(i -> "e-" + (7 + 50 * i))
                        .toList());
    }

    @Test
    void one_bad_line_among_ten_thousand_is_refused_alone() throws Exception {
        var body = new StringBuilder();
        IntStream.range(0, 10_000).forEach(i -> body.append(i == 5_000 ? "{\"id\":\"bad\"}\n" : line("t" + i % 9, i)));

        var answers = brief(edge.ask(ndjson(body.toString())));

        assertThat(answers)
                .hasSize(10_000)
                .filteredOn(a -> !a.endsWith(" 201"))
                .containsExactly("5000 bad 400 missing_field");
        assertThat(edge.commands.stream()
                        .mapToInt(c -> ((ReceiveAll) c).events().size())
                        .sum())
                .isEqualTo(9_999);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense|0 - 400 broken_json",
                "[]|0 - 400 wrong_type",
                "{\"id\":\"x\"}|0 x 400 missing_field",
                "{\"id\":\"x\",\"id\":\"y\"}|0 - 400 duplicate_field",
                "{\"id\":7}|0 - 400 missing_field",
                "{\"id\":\"a\\u0000\"}|0 - 400 missing_field",
            })
    void a_refused_line_has_its_id_where_one_can_be_told(String line, String answer) throws Exception {
        assertThat(brief(edge.ask(ndjson(line)))).containsExactly(answer);
        assertThat(edge.asked).isEmpty();
    }

    @Test
    void a_refused_line_says_what_is_wrong_with_it() throws Exception {
        var line = lines(edge.ask(ndjson(Posts.event(",\"subject\":7")))).getFirst();

        assertThat(line).contains("\"status\":400,\"problem\":{\"type\":\"urn:switchboard:problem:wrong_type\"");
        assertThat(line).contains("\"errors\":[{\"pointer\":\"/subject\",\"detail\":\"is not a string\"}");
    }

    @Test
    void a_refused_line_names_few_flaws_and_shortens_their_pointers() throws Exception {
        var many = new StringBuilder(Posts.event("").replaceFirst("\\{\"text\":\"Hello\\?\"}}", "{"));
        IntStream.range(0, 9).forEach(i -> many.append("\"" + "x".repeat(1_000) + i + "\":1,"));
        many.append("\"text\":\"a\"}}");

        var line = lines(edge.ask(ndjson(many.toString()))).getFirst();

        assertThat(line).contains("unknown_field").hasSizeLessThan(900);
        assertThat(line.split("pointer", -1)).hasSize(4);
    }

    @Test
    void an_event_over_the_limit_is_refused_and_the_rest_goes_on() throws Exception {
        var long64 = line("t1", 1).replace("Hello?", "x".repeat(70_000));

        assertThat(brief(edge.ask(ndjson(long64 + line("t1", 2)))))
                .containsExactly("0 - 413 event_too_large", "1 e-2 201");
    }

    @Test
    void blank_lines_count_and_are_skipped_and_no_lines_are_no_answers() throws Exception {
        assertThat(brief(edge.ask(ndjson("\n \n" + line("t1", 1) + "\r\n" + event("t1", 2)))))
                .containsExactly("2 e-1 201", "4 e-2 201");
        assertThat(lines(edge.ask(ndjson("")))).isEmpty();
        assertThat(lines(edge.ask(post(BATCH, "[]")))).isEmpty();
    }

    @Test
    void gzip_is_inflated() throws Exception {
        var lines = Posts.gzip((line("t1", 1) + line("t1", 2)).getBytes(UTF_8));
        var batch = Posts.gzip(("[" + event("t1", 3) + "]").getBytes(UTF_8));

        assertThat(brief(edge.ask(gzipped(NDJSON, lines)))).containsExactly("0 e-1 201", "1 e-2 201");
        assertThat(brief(edge.ask(gzipped(BATCH, batch)))).containsExactly("0 e-3 201");
    }

    @Test
    void a_bomb_is_read_up_to_the_limit_only() throws Exception {
        var blanks = Posts.gzip(new String(" \n").repeat(20_000_000).getBytes(UTF_8));

        assertThat(brief(edge.ask(gzipped(NDJSON, blanks))))
                .singleElement()
                .asString()
                .endsWith("- 413 body_too_large");
        assertThat(edge.problem(edge.ask(gzipped(BATCH, blanks)))).isEqualTo("413 body_too_large");
    }

    @Test
    void what_is_no_gzip_ends_the_reading() throws Exception {
        assertThat(brief(edge.ask(gzipped(NDJSON, line("t1", 1).getBytes(UTF_8)))))
                .containsExactly("0 - 400 broken_gzip");
        assertThat(edge.problem(edge.ask(gzipped(BATCH, new byte[10])))).isEqualTo("400 broken_gzip");
    }

    @Test
    void a_gzip_that_breaks_off_never_makes_half_a_line_an_event() throws Exception {
        var whole = Posts.gzip((line("t1", 1) + line("t1", 2)).getBytes(UTF_8));

        var answers = brief(edge.ask(gzipped(NDJSON, java.util.Arrays.copyOf(whole, whole.length - 30))));

        assertThat(answers.getLast()).endsWith("- 400 broken_gzip");
        assertThat(answers).allMatch(a -> a.endsWith(" 201") || a.endsWith("broken_gzip"));
    }

    @Test
    void the_ten_thousand_and_first_event_ends_the_reading() throws Exception {
        var body = new StringBuilder();
        IntStream.range(0, 10_005).forEach(i -> body.append(line("t" + i % 9, i)));

        var answers = brief(edge.ask(ndjson(body.toString())));

        assertThat(answers).hasSize(10_001).last().isEqualTo("10000 - 413 too_many_events");
        assertThat(answers.get(9_999)).isEqualTo("9999 e-9999 201");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"[{}|400 broken_json", "{}|400 wrong_type", "''|400 broken_json"})
    void a_batch_that_is_no_array_is_refused_as_a_whole(String body, String answer) throws Exception {
        assertThat(edge.problem(edge.ask(post(BATCH, body)))).isEqualTo(answer);
        assertThat(edge.asked).isEmpty();
    }

    @Test
    void a_batch_of_more_than_a_thousand_is_refused_as_a_whole() throws Exception {
        var body = "[" + (event("t1", 1) + ",").repeat(1_000) + event("t1", 1) + "]";

        assertThat(edge.problem(edge.ask(post(BATCH, body)))).isEqualTo("413 too_many_events");
        assertThat(edge.asked).isEmpty();
    }

    @Test
    void a_line_of_a_channel_that_the_key_is_not_for_is_refused() throws Exception {
        var request = Edge.as("whatsapp-only.secret", HttpRequest.POST("/v1/events"));
        var sms = Posts.event(",\"source\":\"/sms/1\"");

        var answers = brief(edge.ask(Edge.with(request, NDJSON, sms + "\n" + line("t1", 2))));

        assertThat(answers).containsExactly("0 e-1 403 channel_not_allowed", "1 e-2 201");
    }

    @Test
    void what_a_conversation_refuses_is_told_and_keeps_nothing_back() throws Exception {
        edge.answering(_ -> StatusReply.success(
                new Outcomes(List.of(new Outcome(0, "KEY_REUSED"), new Outcome(2, ""), new Outcome(2, "")))));

        assertThat(brief(edge.ask(ndjson(line("t1", 1) + line("t1", 2) + line("t1", 2)))))
                .containsExactly("0 e-1 422 key_reused", "1 e-2 201", "2 e-2 201");
    }

    @Test
    void after_a_failure_the_later_lines_of_that_thread_are_not_tried() throws Exception {
        edge.answering(command -> command instanceof ReceiveAll all
                        && all.events().getFirst().thread().canonical().text().equals("t1")
                ? Refusal.UNAVAILABLE.reply()
                : stored(command));
        var body = new StringBuilder();
        IntStream.range(0, 100).forEach(i -> body.append(line("t1", i)));
        body.append(line("t2", 100)).append(line("t1", 101));

        var answers = brief(edge.ask(ndjson(body.toString())));

        assertThat(answers.getFirst()).isEqualTo("0 e-0 503 unavailable");
        assertThat(answers.get(100)).isEqualTo("100 e-100 201");
        assertThat(answers.subList(64, 100)).allMatch(a -> a.endsWith(" 503 after_failed"));
        assertThat(answers.getLast()).isEqualTo("101 e-101 503 after_failed");
        assertThat(edge.commands).hasSize(2);
    }

    @Test
    void past_what_is_taken_on_at_once_a_request_is_turned_away_unread() throws Exception {
        var places = List.of(edge.bulks.enter(), edge.bulks.enter(), edge.bulks.enter(), edge.bulks.enter());

        var response = edge.ask(ndjson(line("t1", 1)));

        assertThat(response.getHeader("Retry-After")).isPresent();
        assertThat(edge.problem(response)).isEqualTo("503 overloaded");
        assertThat(edge.asked).isEmpty();
        places.forEach(p -> p.close());
        assertThat(brief(edge.ask(ndjson(line("t1", 1))))).containsExactly("0 e-1 201");
    }

    @ParameterizedTest
    @CsvSource({NDJSON + ", deflate, 415 unsupported_encoding", BATCH + ", br, 415 unsupported_encoding"})
    void a_refusal_gives_its_place_back(String type, String encoding, String answer) throws Exception {
        for (int i = 0; i < 10; i++) {
            var request = post(type, "[]").addHeader(Edge.header("Content-Encoding", encoding));
            assertThat(edge.problem(edge.ask(request))).isEqualTo(answer);
        }
        assertThat(edge.bulks.taken()).isZero();
    }

    @Test
    void answers_that_nobody_reads_keep_their_place_until_they_are() throws Exception {
        var body = new StringBuilder();
        IntStream.range(0, 5_000).forEach(i -> body.append(line("t" + i % 9, i)));

        var response = edge.ask(ndjson(body.toString()));

        assertThat(edge.bulks.taken()).isEqualTo(1);
        assertThat(brief(response)).hasSize(5_000);
        assertThat(edge.bulks.taken()).isZero();
    }

    static HttpRequest post(String type, String body) {
        return Posts.gateway(Edge.with(HttpRequest.POST("/v1/events"), type, body));
    }

    private static HttpRequest gzipped(String type, byte[] body) {
        return Posts.gateway(Edge.with(HttpRequest.POST("/v1/events"), type, body))
                .addHeader(Edge.header("Content-Encoding", "gzip"));
    }

    private static HttpRequest ndjson(String body) {
        return post(NDJSON, body);
    }

    /** The {@code number}-th event, in that thread. */
    static String event(String thread, int number) {
        return Posts.event(",\"source\":\"/whatsapp/1\",\"subject\":\"" + thread + "\",\"id\":\"e-" + number + "\"");
    }

    static String line(String thread, int number) {
        return event(thread, number) + "\n";
    }

    private static String id(String thread) {
        return Edge.TENANT.conversation(switchboard.wire.CustomerThread.of("whatsapp", thread));
    }

    private static List<String> lines(HttpResponse response) throws Exception {
        assertThat(response.status().intValue()).isEqualTo(200);
        return edge.text(response).lines().toList();
    }

    /** Index, id, status and code of each. */
    private static List<String> brief(HttpResponse response) throws Exception {
        return lines(response).stream().map(BulkRoutesTest::brief).toList();
    }

    static String brief(String line) {
        var json = switchboard.invariants.Json.read(line);
        var id = json.path("id").asText("-");
        var code = json.at("/problem/code").asText();
        return (json.path("index").asInt() + " " + (id.isEmpty() ? "-" : id) + " "
                        + json.path("status").asInt() + " " + code)
                .strip();
    }
}
