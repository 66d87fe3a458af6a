package switchboard.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static switchboard.edge.Edge.C;

import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.pattern.StatusReply;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import switchboard.conversation.Conversation.Place;
import switchboard.conversation.Reservation;
import switchboard.conversation.Reservation.Word;
import switchboard.edge.Edge;
import switchboard.wire.Refusal;

class ReservationRoutesTest {

    @AutoClose
    private static final Edge edge = new Edge();

    private static final String OFFER = Reservation.id(C, 2);

    @BeforeEach
    void fresh() {
        edge.asked.clear();
        edge.commands.clear();
        edge.answering(_ -> StatusReply.success(new Place(7)));
    }

    @ParameterizedTest
    @CsvSource({"accept, true", "reject, false"})
    void an_agents_word_reaches_the_conversation_that_is_offered(String word, boolean accepts) throws Exception {
        var response = edge.ask(says("ana", OFFER, word));

        var command = (Word) edge.commands.getFirst();
        assertThat(command).isEqualTo(new Word(2, "ana", accepts, command.replyTo()));
        assertThat(edge.asked).containsExactly("local:" + C);
        assertThat(response.status().intValue()).isEqualTo(200);
        assertThat(edge.text(response)).isEqualTo("{\"conversation\":\"" + C + "\",\"seq\":7}");
    }

    @Test
    void the_reservation_is_the_identity_so_no_key_is_asked_for_and_one_that_comes_says_nothing() throws Exception {
        var keyed = says("ana", OFFER, "accept").addHeader(Edge.header("Idempotency-Key", ""));

        assertThat(edge.ask(keyed).status().intValue()).isEqualTo(200);
    }

    @Test
    void no_body_is_as_good_as_an_empty_one() throws Exception {
        var bare = Edge.as("agent-ana.local-only", HttpRequest.POST("/v1/reservations/" + OFFER + "/accept"));

        assertThat(edge.ask(bare).status().intValue()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "TIMED_OUT, 409",
        "RESCINDED, 409",
        "TAKEN, 409",
        "RESERVATION_OVER, 409",
        "NOT_FOUND, 404",
        "UNAVAILABLE, 503"
    })
    void whoever_comes_too_late_is_told_what_became_of_it(Refusal why, int status) throws Exception {
        edge.answering(_ -> why.reply());

        for (var word : new String[] {"accept", "reject"}) {
            assertThat(edge.problem(edge.ask(says("ana", OFFER, word)))).isEqualTo(status + " " + why.code());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "caaaaaaaaaaaaaaaaaaaaaaaaaa",
                "caaaaaaaaaaaaaaaaaaaaaaaaaa.",
                "caaaaaaaaaaaaaaaaaaaaaaaaaa.0",
                "caaaaaaaaaaaaaaaaaaaaaaaaaa.02",
                "caaaaaaaaaaaaaaaaaaaaaaaaaa.-2",
                "caaaaaaaaaaaaaaaaaaaaaaaaaa.2.2",
                "caaaaaaaaaaaaaaaaaaaaaaaaaa.9999999999",
                "Caaaaaaaaaaaaaaaaaaaaaaaaaa.2",
                "caaaaaaaaaaaaaaaaaaaaaaaaa0.2",
                "%2e%2e.2"
            })
    void what_can_be_no_reservations_id_is_not_found_and_nobody_is_asked(String id) throws Exception {
        assertThat(edge.problem(edge.ask(says("ana", id, "accept")))).isEqualTo("404 not_found");
        assertThat(edge.asked).isEmpty();
    }

    @Test
    void another_tenants_reservation_is_another_one() throws Exception {
        edge.answering((entity, _) ->
                entity.startsWith("other:") ? Refusal.NOT_FOUND.reply() : StatusReply.success(new Place(7)));

        var post = HttpRequest.POST("/v1/reservations/" + OFFER + "/accept");

        assertThat(edge.problem(edge.ask(Edge.as("ana.secret", post)))).isEqualTo("404 not_found");
        assertThat(edge.asked).containsExactly("other:" + C);
    }

    @ParameterizedTest
    @ValueSource(strings = {"supervisor", "auditor", "admin", "gateway"})
    void nobody_but_an_agent_says_it(String role) throws Exception {
        var post = HttpRequest.POST("/v1/reservations/" + OFFER + "/accept");

        assertThat(edge.problem(edge.ask(Edge.as(role + ".local-only", post)))).isEqualTo("403 role_not_allowed");
        assertThat(edge.asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 unknown_field|{\"reason\":\"busy\"}",
                "400 wrong_type|[]",
                "400 broken_json|{",
            })
    void what_is_wrong_is_named_and_nobody_is_asked(String answer, String body) throws Exception {
        var post = Edge.with(HttpRequest.POST("/v1/reservations/" + OFFER + "/reject"), "application/json", body);

        assertThat(edge.problem(edge.ask(Edge.as("agent-ana.local-only", post))))
                .isEqualTo(answer);
        assertThat(edge.asked).isEmpty();
    }

    @Test
    void a_query_is_refused() throws Exception {
        assertThat(edge.problem(edge.ask(says("ana", OFFER, "accept?epoch=3")))).isEqualTo("400 unknown_parameter");
    }

    private static HttpRequest says(String agent, String id, String word) {
        var post = HttpRequest.POST("/v1/reservations/" + id + "/" + word);
        return Edge.as("agent-" + agent + ".local-only", Edge.with(post, "application/json", "{}"));
    }
}
