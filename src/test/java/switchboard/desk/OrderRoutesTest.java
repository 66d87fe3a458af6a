package switchboard.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static switchboard.edge.Edge.C;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.pattern.StatusReply;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import switchboard.conversation.Conversation.Assign;
import switchboard.conversation.Conversation.Command;
import switchboard.conversation.Conversation.Escalate;
import switchboard.conversation.Conversation.Hold;
import switchboard.conversation.Conversation.Note;
import switchboard.conversation.Conversation.Order;
import switchboard.conversation.Conversation.Ordered;
import switchboard.conversation.Conversation.Place;
import switchboard.conversation.Conversation.Resolve;
import switchboard.conversation.Conversation.Resume;
import switchboard.conversation.Conversation.Send;
import switchboard.conversation.Conversation.Transfer;
import switchboard.conversation.Conversation.WrapUp;
import switchboard.edge.Edge;
import switchboard.plan.Need;
import switchboard.wire.Personal;
import switchboard.wire.Refusal;

class OrderRoutesTest {

    @AutoClose
    private static final Edge edge = new Edge();

    private static final String AT = "/v1/conversations/" + C + "/";

    @BeforeEach
    void fresh() {
        edge.asked.clear();
        edge.commands.clear();
        edge.answering(_ -> StatusReply.success(new Place(7)));
    }

    record Sample(String path, String body, String answer, java.util.function.Function<Ordered, Command> command) {
        @Override
        public String toString() {
            return path;
        }
    }

    static Stream<Sample> samples() {
        var place = "{\"conversation\":\"" + C + "\",\"seq\":7";
        var done = "200 " + place + "}";
        var created = "201 " + place + ",\"id\":\"" + C + ".7\"}";
        var order = new Order("ana", false, "k-1", 6);
        var text = new Personal("Hi\n");
        return Stream.of(
                new Sample("messages", "{\"text\":\"Hi\\n\"}", created, c -> new Send(order, text, c.replyTo())),
                new Sample("notes", "{\"text\":\"Hi\\n\"}", created, c -> new Note(order, text, c.replyTo())),
                new Sample("hold", "{}", done, c -> new Hold(order, c.replyTo())),
                new Sample("hold", "", done, c -> new Hold(order, c.replyTo())),
                new Sample("resume", "{}", done, c -> new Resume(order, c.replyTo())),
                new Sample("resolve", "{\"code\":\"solved\"}", done, c -> new Resolve(order, "solved", c.replyTo())),
                new Sample("wrap-up", "{\"code\":\"solved\"}", done, c -> new WrapUp(order, "solved", c.replyTo())),
                new Sample(
                        "escalate",
                        "{\"reason\":\"asked\"}",
                        done,
                        c -> new Escalate(order, "", List.of(), "", "asked", c.replyTo())),
                new Sample(
                        "escalate",
                        """
                        {"queue":"billing","priority":"high","reason":"asked",
                         "skills":[{"skill":"billing","level":3},{"skill":"law","level":1}]}""",
                        done,
                        c -> new Escalate(
                                order,
                                "billing",
                                List.of(new Need("billing", 3), new Need("law", 1)),
                                "high",
                                "asked",
                                c.replyTo())),
                new Sample(
                        "transfer",
                        "{\"to\":{\"agent\":\"bo\"},\"mode\":\"cold\"}",
                        done,
                        c -> new Transfer(order, "bo", "", true, c.replyTo())),
                new Sample(
                        "transfer",
                        "{\"to\":{\"queue\":\"billing\"},\"mode\":\"cold\"}",
                        done,
                        c -> new Transfer(order, "", "billing", true, c.replyTo())));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void an_agents_order_reaches_its_conversation(Sample sample) throws Exception {
        var response = edge.ask(order(sample.path(), sample.body()).addHeader(Edge.header("If-Match", "\"6\"")));

        var command = (Ordered) edge.commands.getFirst();
        assertThat(command).isEqualTo(sample.command().apply(command));
        assertThat(edge.asked).endsWith("local:" + C).hasSizeLessThan(3);
        assertThat(response.status().intValue() + " " + edge.text(response)).isEqualTo(sample.answer());
    }

    @Test
    void a_supervisor_assigns_as_such() throws Exception {
        edge.ask(keyed(
                Edge.as("supervisor.local-only", post("assign", "{\"agent\":\"ana\"}")),
                "\"quoted key\"".replace(' ', '-')));

        ActorRef<StatusReply<Place>> replyTo = ((Ordered) edge.commands.getFirst()).replyTo();
        var by = new Order("supervisor@local", true, "quoted-key", -1);
        assertThat(edge.commands).containsExactly(new Assign(by, "ana", true, replyTo));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"assign   | {\"agent\":\"ana\"}", "transfer | {\"to\":{\"agent\":\"ana\"},\"mode\":\"cold\"}"})
    void whether_there_is_such_an_agent_the_conversation_is_told_since_a_repeat_of_what_is_done_is_no_fault(
            String path, String body) throws Exception {
        edge.agents = (_, _) -> Refusal.NOT_FOUND.reply();
        edge.answering(c -> exists((Ordered) c) ? StatusReply.success(new Place(7)) : Refusal.NO_SUCH_AGENT.reply());

        var response = edge.ask(keyed(Edge.as("supervisor.local-only", post(path, body)), "k"));

        assertThat(edge.problem(response)).isEqualTo("409 no_such_agent");
        assertThat(edge.asked).containsExactly("local:ana", "local:" + C);
    }

    @Test
    void where_that_cannot_be_told_nothing_is_done() throws Exception {
        edge.agents = (_, _) -> Refusal.UNAVAILABLE.reply();

        var response = edge.ask(keyed(Edge.as("supervisor.local-only", post("assign", "{\"agent\":\"ana\"}")), "k"));

        assertThat(edge.problem(response)).isEqualTo("503 unavailable");
        assertThat(edge.commands).isEmpty();
    }

    private static boolean exists(Ordered order) {
        return switch (order) {
            case Assign c -> c.exists();
            case Transfer c -> c.exists();
            default -> throw new AssertionError("names no agent: " + order);
        };
    }

    @Test
    void another_tenants_conversation_is_another_conversation() throws Exception {
        edge.answering(_ -> Refusal.NOT_FOUND.reply());

        var response = edge.ask(keyed(Edge.as("elsewhere.secret", post("notes", "{\"text\":\"a\"}")), "k"));

        assertThat(edge.problem(response)).isEqualTo("404 not_found");
        assertThat(edge.asked).containsExactly("other:" + C);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c",
                "caaaaaaaaaaaaaaaaaaaaaaaaaa0",
                "Caaaaaaaaaaaaaaaaaaaaaaaaaa",
                "daaaaaaaaaaaaaaaaaaaaaaaaaa",
                "%2e%2e"
            })
    void what_can_be_no_conversations_id_is_not_found_and_nobody_is_asked(String id) throws Exception {
        var request = Edge.as("agent-ana.local-only", HttpRequest.POST("/v1/conversations/" + id + "/hold"));

        assertThat(edge.problem(edge.ask(keyed(request, "k")))).isEqualTo("404 not_found");
        assertThat(edge.asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "NOT_FOUND, 404",
        "UNKNOWN_CONVERSATION, 422",
        "UNKNOWN_MESSAGE, 422",
        "KEY_REUSED, 422",
        "OWNED, 409",
        "NOT_OWNER, 409",
        "WRONG_STATUS, 409",
        "RESOLVED, 409",
        "PRECONDITION_FAILED, 412",
        "UNAVAILABLE, 503"
    })
    void each_refusal_has_its_status(Refusal why, int status) throws Exception {
        edge.answering(_ -> why.reply());

        assertThat(edge.problem(edge.ask(order("hold", "{}")))).isEqualTo(status + " " + why.code());
    }

    @ParameterizedTest
    @EnumSource(Refusal.class)
    void only_what_will_pass_says_when_to_come_again(Refusal why) throws Exception {
        edge.answering(_ -> why.reply());

        var again = edge.ask(order("hold", "{}")).getHeader("Retry-After").isPresent();

        assertThat(again).isEqualTo(why == Refusal.UNAVAILABLE);
    }

    @Test
    void what_breaks_is_500_and_says_nothing_of_why() throws Exception {
        edge.answering(_ -> StatusReply.error("text of a customer"));

        var response = edge.ask(order("hold", "{}"));

        assertThat(response.status().intValue()).isEqualTo(500);
        assertThat(edge.text(response)).contains("\"internal\"").doesNotContain("customer");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 broken_json|messages|{",
                "400 wrong_type|messages|[]",
                "400 missing_field|messages|{}",
                "400 empty_message|messages|{\"text\":\"\"}",
                "400 wrong_type|messages|{\"text\":7}",
                "400 control_character|notes|{\"text\":\"\\u0000\"}",
                "400 invalid_utf8|notes|{\"text\":\"\\udfff\"}",
                "400 unknown_field|notes|{\"text\":\"a\",\"to\":\"b\"}",
                "400 unknown_field|hold|{\"text\":\"a\"}",
                "400 unknown_field|resume|{\"text\":\"a\"}",
                "400 missing_field|resolve|{}",
                "400 invalid_value|resolve|{\"code\":\"Solved it\"}",
                "400 missing_field|wrap-up|{}",
                "400 invalid_value|wrap-up|{\"code\":\"\"}",
                "400 missing_field|escalate|{}",
                "400 invalid_value|escalate|{\"reason\":\"He shouts\"}",
                "400 invalid_value|escalate|{\"reason\":\"a\",\"queue\":\"Billing\"}",
                "400 invalid_value|escalate|{\"reason\":\"a\",\"priority\":\"\"}",
                "400 wrong_type|escalate|{\"reason\":\"a\",\"skills\":\"billing\"}",
                "400 wrong_type|escalate|{\"reason\":\"a\",\"skills\":[\"billing\"]}",
                "400 missing_field|escalate|{\"reason\":\"a\",\"skills\":[{\"skill\":\"billing\"}]}",
                "400 missing_field|escalate|{\"reason\":\"a\",\"skills\":[{\"level\":1}]}",
                "400 invalid_value|escalate|{\"reason\":\"a\",\"skills\":[{\"skill\":\"b\",\"level\":6}]}",
                "400 unknown_field|escalate|{\"reason\":\"a\",\"skills\":[{\"skill\":\"b\",\"level\":1,\"x\":1}]}",
                "400 unknown_field|escalate|{\"reason\":\"a\",\"evidence\":\"b\"}",
                "400 missing_field|transfer|{}",
                "400 missing_field|transfer|{\"mode\":\"cold\"}",
                "400 missing_field|transfer|{\"to\":{\"agent\":\"bo\"}}",
                "400 wrong_type|transfer|{\"to\":\"bo\",\"mode\":\"cold\"}",
                "400 invalid_value|transfer|{\"to\":{},\"mode\":\"cold\"}",
                "400 invalid_value|transfer|{\"to\":{\"agent\":\"bo\",\"queue\":\"b\"},\"mode\":\"cold\"}",
                "400 invalid_value|transfer|{\"to\":{\"agent\":\"Bo\"},\"mode\":\"cold\"}",
                "400 invalid_value|transfer|{\"to\":{\"queue\":\"a b\"},\"mode\":\"cold\"}",
                "400 unknown_field|transfer|{\"to\":{\"agent\":\"bo\",\"x\":1},\"mode\":\"cold\"}",
                "400 invalid_value|transfer|{\"to\":{\"agent\":\"bo\"},\"mode\":\"hot\"}",
                "400 no_warm_transfer|transfer|{\"to\":{\"agent\":\"bo\"},\"mode\":\"warm\"}",
            })
    void what_is_wrong_is_named_and_nobody_is_asked(String answer, String path, String body) throws Exception {
        assertThat(edge.problem(edge.ask(order(path, body)))).isEqualTo(answer);
        assertThat(edge.asked).isEmpty();
    }

    @Test
    void sizes_are_limited() throws Exception {
        var text = edge.ask(order("messages", "{\"text\":\"" + "x".repeat(16_385) + "\"}"));
        var body = edge.ask(order("messages", "{\"text\":\"" + "x".repeat(65_536) + "\"}"));

        assertThat(edge.problem(text)).isEqualTo("413 text_too_long");
        assertThat(edge.problem(body)).isEqualTo("413 body_too_large");
        assertThat(edge.asked).isEmpty();
    }

    @Test
    void skills_are_named_once_each_and_at_most_20_of_them() throws Exception {
        var many = IntStream.range(0, 21).mapToObj(i -> skill("s" + i)).toList();

        for (var skills : List.of(many, List.of(skill("law"), skill("law")))) {
            var response = edge.ask(order("escalate", "{\"reason\":\"a\",\"skills\":" + skills + "}"));

            assertThat(edge.problem(response)).isEqualTo("400 invalid_value");
        }
        assertThat(edge.asked).isEmpty();
    }

    private static String skill(String name) {
        return "{\"skill\":\"" + name + "\",\"level\":1}";
    }

    @Test
    void only_json_is_taken() throws Exception {
        var request = Edge.with(HttpRequest.POST(AT + "notes"), "text/plain; charset=UTF-8", "{\"text\":\"a\"}");

        assertThat(edge.problem(edge.ask(keyed(Edge.as("agent-ana.local-only", request), "k"))))
                .isEqualTo("415 unsupported_media_type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"\"", "a b", "é"})
    void a_key_is_visible_ascii(String key) throws Exception {
        var request = keyed(Edge.as("agent-ana.local-only", post("hold", "{}")), key);

        assertThat(edge.problem(edge.ask(request))).isEqualTo("400 idempotency_key_invalid");
        assertThat(edge.asked).isEmpty();
    }

    @Test
    void a_key_has_at_most_255_characters_and_must_be_there_once() throws Exception {
        var request = Edge.as("agent-ana.local-only", post("hold", "{}"));

        assertThat(edge.problem(edge.ask(request))).isEqualTo("400 idempotency_key_missing");
        assertThat(edge.problem(edge.ask(keyed(request, "k".repeat(256))))).isEqualTo("400 idempotency_key_invalid");
        assertThat(edge.problem(edge.ask(keyed(keyed(request, "a"), "b")))).isEqualTo("400 bad_request");
        assertThat(edge.ask(keyed(request, "k".repeat(255))).status().intValue())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"6", "\"06\"", "W/\"6\"", "\"6\", \"7\"", "\"six\"", ""})
    void if_match_is_one_quoted_number(String value) throws Exception {
        var response = edge.ask(order("hold", "{}").addHeader(Edge.header("If-Match", value)));

        assertThat(edge.problem(response)).isEqualTo("400 if_match_invalid");
        assertThat(edge.asked).isEmpty();
    }

    private static HttpRequest order(String path, String body) {
        return keyed(Edge.as("agent-ana.local-only", post(path, body)), "k-1");
    }

    private static HttpRequest post(String path, String body) {
        return Edge.with(HttpRequest.POST(AT + path), "application/json", body);
    }

    private static HttpRequest keyed(HttpRequest request, String key) {
        return request.addHeader(Edge.header("Idempotency-Key", key));
    }
}
