package switchboard.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.pattern.StatusReply;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import switchboard.conversation.Conversation.Place;
import switchboard.edge.Edge;
import switchboard.edge.Posts;

/** Keys and tokens over HTTP; tickets have a test of their own. */
class CredentialRoutesTest {

    @AutoClose
    private static final Edge edge = new Edge();

    private static final String KEY = "{\"client\":\"wa\",\"channels\":[\"whatsapp\",\"sms\"]}";

    @BeforeEach
    void fresh() {
        edge.asked.clear();
        edge.credentials.clear();
        edge.answering(_ -> StatusReply.success(new Place(2)));
    }

    @Test
    void a_new_key_is_shown_once_and_good_at_once_for_its_channels() throws Exception {
        var response = create(KEY);
        assertThat(response.status().intValue()).isEqualTo(201);
        assertThat(response.getHeader("Cache-Control").orElseThrow().value()).isEqualTo("no-store");
        var key = edge.json(response);
        var credential = key.path("credential").asText();
        assertThat(credential).matches("gw-[0-9a-v]{26}\\.[A-Za-z0-9_-]{43}");
        assertThat(key.path("channels").toString()).isEqualTo("[\"sms\",\"whatsapp\"]");

        assertThat(post(credential, "/whatsapp/49170").status().intValue()).isEqualTo(201);
        assertThat(edge.problem(post(credential, "/web/x"))).isEqualTo("403 channel_not_allowed");
        var secret = credential.substring(credential.indexOf('.') + 1);
        assertThat(edge.text(list("admin.local-only"))).doesNotContain(secret, "hash", "credential");
    }

    @Test
    void a_client_has_two_live_keys_and_another_only_once_one_is_revoked() throws Exception {
        var first = edge.json(create(KEY)).path("id").asText();
        create(KEY);

        assertThat(edge.problem(create(KEY))).isEqualTo("409 too_many_keys");
        assertThat(create(KEY.replace("\"wa\"", "\"sms\"")).status().intValue()).isEqualTo(201);
        revoke("admin.local-only", first);
        assertThat(create(KEY).status().intValue()).isEqualTo(201);
    }

    @Test
    void a_revoked_key_is_refused_at_once_and_stays_in_the_list() throws Exception {
        var key = edge.json(create(KEY));
        var id = key.path("id").asText();

        var revoked = edge.json(revoke("admin.local-only", id));

        assertThat(revoked.path("revokedAt").asText()).isEqualTo("2030-01-01T12:00:00.000Z");
        assertThat(edge.problem(post(key.path("credential").asText(), "/whatsapp/49170")))
                .isEqualTo("401 key_revoked");
        assertThat(edge.json(revoke("admin.local-only", id))).isEqualTo(revoked);
        assertThat(edge.json(list("admin.local-only")).at("/keys/0")).isEqualTo(revoked);
    }

    @Test
    void another_tenants_key_is_as_unknown_as_any() throws Exception {
        var id = edge.json(create(KEY)).path("id").asText();

        assertThat(edge.problem(revoke("elsewhere-admin.secret", id))).isEqualTo("404 no_such_key");
        assertThat(edge.problem(revoke("admin.local-only", "gw-none"))).isEqualTo("404 no_such_key");
        assertThat(edge.text(list("elsewhere-admin.secret"))).isEqualTo("{\"keys\":[]}");
        assertThat(edge.json(list("admin.local-only")).at("/keys/0").has("revokedAt"))
                .isFalse();
    }

    @Test
    void a_key_that_may_not_be_on_disk_is_not_shown() throws Exception {
        edge.credentials.away = true;

        assertThat(edge.problem(create(KEY))).isEqualTo("503 unavailable");
    }

    @Test
    void a_database_that_is_away_locks_no_known_key_out_and_lets_no_revoked_one_in() throws Exception {
        var live = edge.json(create(KEY)).path("credential").asText();
        var dead = edge.json(create(KEY));
        revoke("admin.local-only", dead.path("id").asText());

        edge.credentials.away = true;

        assertThat(post(live, "/whatsapp/49170").status().intValue()).isEqualTo(201);
        assertThat(edge.problem(post(dead.path("credential").asText(), "/whatsapp/49170")))
                .isEqualTo("401 key_revoked");
        assertThat(edge.problem(list("admin.local-only"))).isEqualTo("503 unavailable");
        assertThat(edge.problem(revoke("admin.local-only", dead.path("id").asText())))
                .isEqualTo("503 unavailable");
    }

    @Test
    void of_revoked_keys_the_oldest_make_way_so_that_the_table_stays_small() throws Exception {
        var ids = IntStream.range(0, 1_001)
                .mapToObj(_ -> {
                    var id = id();
                    edge.credentials.now = edge.credentials.now.plusSeconds(1);
                    edge.credentials
                            .issued
                            .revoke("local", id)
                            .toCompletableFuture()
                            .join();
                    return id;
                })
                .toList();
        create(KEY);

        assertThat(edge.credentials.issued.find(ids.getFirst())).isEmpty();
        assertThat(edge.credentials.issued.find(ids.getLast())).isPresent();
        assertThat(edge.json(list("admin.local-only")).path("keys")).hasSize(1_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|400 missing_field",
                "{\"client\":\"wa\"}|400 missing_field",
                "{\"client\":\"W A\",\"channels\":[\"sms\"]}|400 invalid_value",
                "{\"client\":\"wa\",\"channels\":[]}|400 invalid_value",
                "{\"client\":\"wa\",\"channels\":[\"S\"]}|400 invalid_value",
                "{\"client\":\"wa\",\"channels\":[\"sms\",\"sms\"]}|400 invalid_value",
                "{\"client\":\"wa\",\"channels\":[1]}|400 wrong_type",
                "{\"client\":\"wa\",\"channels\":\"sms\"}|400 wrong_type",
                "{\"client\":\"wa\",\"channels\":[\"sms\"],\"role\":\"admin\"}|400 unknown_field",
                "{\"client\":\"wa\",\"channels\":[\"sms\"],\"tenant\":\"other\"}|400 unknown_field"
            })
    void a_key_that_makes_no_sense_is_refused(String body, String answer) throws Exception {
        assertThat(edge.problem(create(body))).isEqualTo(answer);
    }

    @Test
    void a_gateway_mints_a_token_for_one_of_its_threads() throws Exception {
        var minted = edge.json(mint("whatsapp-only.secret", "whatsapp", "+49 170 1234", ""));

        assertThat(minted.path("conversation").asText()).matches("c[a-z2-7]{26}");
        assertThat(minted.path("expiresAt").asText()).isEqualTo("2030-01-01T13:00:00.000Z");
        assertThat(edge.problem(mint("whatsapp-only.secret", "sms", "+49 170 1234", "")))
                .isEqualTo("403 channel_not_allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"59", "86401", "0", "-1", "1.5", "\"60\""})
    void a_token_lives_for_a_minute_to_a_day(String life) throws Exception {
        var answer = edge.problem(mint("gateway.local-only", "web", "v", ",\"expiresIn\":" + life));

        assertThat(answer).isIn("400 invalid_value", "400 wrong_type");
    }

    @ParameterizedTest
    @CsvSource({"Web, v, 400 invalid_value", "web, '', 400 invalid_value", "web, ' ', 400 invalid_value"})
    void a_token_is_for_a_channel_and_a_thread(String channel, String thread, String answer) throws Exception {
        assertThat(edge.problem(mint("gateway.local-only", channel, thread, "")))
                .isEqualTo(answer);
    }

    private static String id() {
        var creation = edge.credentials
                .issued
                .create("local", "wa", java.util.Set.of("sms"))
                .toCompletableFuture()
                .join();
        return ((switchboard.security.IssuedKeys.Creation.Created) creation)
                .issued()
                .key()
                .id();
    }

    private static HttpResponse create(String body) throws Exception {
        return edge.ask(Edge.as("admin.local-only", Edge.with(HttpRequest.POST("/v1/keys"), "application/json", body)));
    }

    private static HttpResponse list(String caller) throws Exception {
        return edge.ask(Edge.as(caller, HttpRequest.GET("/v1/keys")));
    }

    private static HttpResponse revoke(String caller, String id) throws Exception {
        return edge.ask(Edge.as(caller, HttpRequest.DELETE("/v1/keys/" + id)));
    }

    private static HttpResponse mint(String caller, String channel, String thread, String more) throws Exception {
        var body = "{\"channel\":\"%s\",\"thread\":\"%s\"%s}".formatted(channel, thread, more);
        return edge.ask(Edge.as(caller, Edge.with(HttpRequest.POST("/v1/customer-tokens"), "application/json", body)));
    }

    private static HttpResponse post(String caller, String source) throws Exception {
        var event = Posts.event(",\"source\":\"" + source + "\"");
        return edge.ask(
                Edge.as(caller, Edge.with(HttpRequest.POST("/v1/events"), "application/cloudevents+json", event)));
    }
}
