package switchboard;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import switchboard.contract.JudgedClient;
import switchboard.invariants.Json;
import switchboard.program.Program;
import switchboard.storage.MasterKey;
import switchboard.vault.Vault;
import switchboard.witness.Caller;

/**
 * What lets somebody in, and what a customer said, is neither said by the program nor does it lie in any of its files,
 * however it came: taken, used again, too late, wrong, or in what is no request at all.
 */
class SecretsIT {

    private static final String GATEWAY = "gateway.local-only";
    private static final String ADMIN = "admin.local-only";
    private static final String SUPERVISOR = "supervisor.local-only";
    private static final String EVENT = "application/cloudevents+json";
    private static final String TEXT = "zwetschgendatschi-4711";
    private static final String NAME = "Quirinius-Haberfeldtreiber";
    private static final String PHONE = "491709998877";

    @TempDir
    private Path data;

    private final JudgedClient http = JudgedClient.create();
    private final List<String> secrets = new ArrayList<>(List.of(TEXT, NAME, PHONE));
    private Program program;

    @BeforeEach
    void start() {
        program = Program.start(data);
    }

    @AfterEach
    void stop() {
        http.shutdownNow();
        program.close();
    }

    @Test
    void no_ticket_no_key_no_token_and_no_text_is_ever_said_or_kept_as_it_is() throws Exception {
        var conversation = said();
        var path = "/v1/conversations/" + conversation + "/events";
        refusedWords(conversation);
        tickets(path);
        credentials(path);
        assertThat(code(path, aged(ticket(path + "?after=1")))).isEqualTo("ticket_expired");

        nothingIsFound();
    }

    @Tag("full")
    @Test
    void nor_is_a_ticket_whose_minute_has_gone_by() throws Exception {
        var path = "/v1/conversations/" + said() + "/events";
        var late = ticket(path + "?after=1");
        tickets(path);
        credentials(path);
        SwitchboardProcess.await(
                "the end of the ticket's minute", () -> code(path, late).equals("ticket_expired"));

        nothingIsFound();
    }

    private void nothingIsFound() throws IOException {
        program.terminate();

        var output = program.output();
        assertThat(output).contains("listening on");
        assertThat(secrets)
                .hasSizeGreaterThan(8)
                .allSatisfy(secret -> assertThat(output).doesNotContain(secret));
        assertThat(filesWith(secrets)).isEmpty();
    }

    /** A conversation in which both sides said something, and what was said in it. */
    private String said() throws Exception {
        var data = Json.object().put("text", TEXT);
        data.putObject("customer").put("id", PHONE).put("name", NAME);
        var answer = post(
                GATEWAY,
                "/v1/events",
                EVENT,
                event("+" + PHONE, "e-1").set("data", data).toString());
        assertThat(answer.statusCode()).isEqualTo(201);
        var conversation = Json.read(answer.body()).path("conversation").asText();
        new Caller(() -> program.address()).employ("anna");
        order(SUPERVISOR, conversation, "assign", "{\"agent\":\"anna\"}");
        order("agent-anna.local-only", conversation, "messages", "{\"text\":\"" + TEXT + "\"}");
        order("agent-anna.local-only", conversation, "notes", "{\"text\":\"" + TEXT + "\"}");
        assertThat(get(SUPERVISOR, "/v1/conversations/" + conversation + "/events", "application/x-ndjson")
                        .body())
                .contains(TEXT, NAME, PHONE);
        return conversation;
    }

    /** The same words where they cannot be taken. */
    private void refusedWords(String conversation) throws Exception {
        var good = event("+" + PHONE, "e-2").toString();
        for (var body : List.of(
                "{\"id\":\"" + TEXT,
                TEXT,
                good,
                good.replace("}", ",\"data\":{\"text\":7,\"" + TEXT + "\":\"" + NAME + "\"}}"),
                good.replace("}", ",\"data\":{\"text\":\"" + TEXT.repeat(1_000) + "\"}}"),
                good.replace("message.received", TEXT).replace("}", ",\"data\":{\"text\":\"" + TEXT + "\"}}"))) {
            assertThat(post(GATEWAY, "/v1/events", EVENT, body).statusCode()).isBetween(400, 422);
            var line = post(GATEWAY, "/v1/events", "application/x-ndjson", body + "\n");
            assertThat(line.statusCode()).isEqualTo(200);
        }
        post(GATEWAY, "/v1/events", TEXT + "/" + TEXT, good);
        order("agent-ben.local-only", conversation, "messages", "{\"text\":\"" + TEXT + "\"}");
        order(SUPERVISOR, conversation, TEXT, "{}");
        get(SUPERVISOR, "/v1/conversations?customer=%2B" + PHONE, "application/json");
        get(SUPERVISOR, "/v1/conversations?" + TEXT + "=" + PHONE, "application/json");
        get(SUPERVISOR, "/v1/" + TEXT, "application/json");
        raw("POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n" + good + TEXT);
        raw(TEXT + " " + PHONE + "\r\n\r\n");
    }

    private void tickets(String path) throws Exception {
        var used = ticket(path);
        try (var lines = http.send(streaming(path + "?ticket=" + used).build(), BodyHandlers.ofLines())
                .body()) {
            assertThat(lines.filter(line -> line.startsWith("id: ")).findFirst())
                    .isPresent();
        }
        assertThat(code(path, used)).isEqualTo("ticket_used");
        var fresh = ticket(path);
        assertThat(code(path + "?after=3", fresh)).isEqualTo("ticket_wrong_path");
        assertThat(code(path, fresh + "x")).isEqualTo("ticket_wrong");
        post(SUPERVISOR, "/v1/tickets", "application/json", "{\"path\":\"" + path + "?ticket=" + fresh + "\"}");
        var target = path + "?ticket=" + fresh;
        for (var head : List.of(
                "GET " + target + "%zz HTTP/1.1\r\nHost: localhost",
                "GET " + target + " oops HTTP/1.1\r\nHost: localhost",
                "GET " + target,
                "GET " + target + " HTTP/9.9\r\nHost: localhost",
                "BREW " + target + " HTTP/1.1\r\nHost: localhost",
                "GET " + target + "&x=" + "y".repeat(9_000) + " HTTP/1.1\r\nHost: localhost",
                "GET " + target + " HTTP/1.1\r\nHost: evil.example",
                "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nno colon " + fresh,
                "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nX-Long: " + fresh.repeat(60),
                "GET http://localhost:1" + target + " HTTP/1.1\r\nHost: elsewhere")) {
            raw(head + "\r\n\r\n");
        }
    }

    private void credentials(String path) throws Exception {
        var key = Json.read(post(ADMIN, "/v1/keys", "application/json", "{\"client\":\"shop\",\"channels\":[\"*\"]}")
                .body());
        var credential = key.path("credential").asText();
        secrets.add(credential);
        secrets.add(credential.replaceFirst("^[^.]*\\.", ""));
        var order = "{\"channel\":\"whatsapp\",\"thread\":\"+" + PHONE + "\"}";
        var token = Json.read(post(credential, "/v1/customer-tokens", "application/json", order)
                        .body())
                .path("token")
                .asText();
        secrets.add(signature(token));
        assertThat(get(token, path, "application/x-ndjson").statusCode()).isEqualTo(200);
        for (var wrong : List.of(credential + "x", "x." + credential, token + "x", credential + " " + token)) {
            assertThat(get(wrong, path, "application/x-ndjson").statusCode()).isEqualTo(401);
        }
        for (var header : List.of(
                "Authorization: Basic " + credential,
                "Authorization " + credential,
                "Authorization: Bearer " + credential + "\u0001",
                credential + ": Bearer",
                "Authorization: Bearer " + token.repeat(60))) {
            raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n\r\n");
        }
        http.send(as(ADMIN, "/v1/keys/" + key.path("id").asText()).DELETE().build(), BodyHandlers.discarding());
        assertThat(get(token, path, "application/x-ndjson").body()).contains("key_revoked");
        assertThat(get(credential, "/v1/" + credential, "application/json").statusCode())
                .isEqualTo(404);
    }

    private String ticket(String path) throws Exception {
        var answer = post(SUPERVISOR, "/v1/tickets", "application/json", "{\"path\":\"" + path + "\"}");
        var ticket = Json.read(answer.body()).path("ticket").asText();
        assertThat(ticket).isNotEmpty();
        secrets.add(signature(ticket));
        return ticket;
    }

    /** The same as if it had been issued two minutes ago, by the key that signs tickets: nobody has to wait for its end. */
    private String aged(String ticket) throws Exception {
        var it = SignedJWT.parse(ticket);
        var then = Instant.now().minusSeconds(120);
        var claims = new JWTClaimsSet.Builder(it.getJWTClaimsSet())
                .issueTime(Date.from(then))
                .expirationTime(Date.from(then.plusSeconds(60)))
                .build();
        var aged = new SignedJWT(it.getHeader(), claims);
        try (var session = program.session();
                var vault = new Vault(session, "switchboard", MasterKey.read(data.resolve("master.key")), 1)) {
            var keys = vault.prepare("local").toCompletableFuture().join();
            aged.sign(new MACSigner(keys.derived("ticket")));
        }
        secrets.add(signature(aged.serialize()));
        return aged.serialize();
    }

    /** The part that nobody could guess. */
    private static String signature(String jwt) {
        return jwt.substring(jwt.lastIndexOf('.') + 1);
    }

    /** Why that ticket is refused there. */
    private String code(String path, String ticket) {
        try {
            var target = path + (path.contains("?") ? "&" : "?") + "ticket=" + ticket;
            return Json.read(http.send(streaming(target).build(), BodyHandlers.ofString())
                            .body())
                    .path("code")
                    .asText();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("no answer", e);
        }
    }

    private static com.fasterxml.jackson.databind.node.ObjectNode event(String thread, String id) {
        return Json.object()
                .put("specversion", "1.0")
                .put("type", "message.received")
                .put("source", "/whatsapp/491701234")
                .put("id", id)
                .put("subject", thread);
    }

    private HttpRequest.Builder as(String who, String path) {
        return HttpRequest.newBuilder(program.address().resolve(path)).header("Authorization", "Bearer " + who);
    }

    private HttpRequest.Builder streaming(String target) {
        return HttpRequest.newBuilder(program.address().resolve(target)).header("Accept", "text/event-stream");
    }

    private HttpResponse<String> get(String who, String path, String accept) throws Exception {
        return http.send(as(who, path).header("Accept", accept).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String who, String path, String type, String body) throws Exception {
        var request = as(who, path).header("Content-Type", type).POST(BodyPublishers.ofString(body));
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private void order(String who, String conversation, String order, String body) throws Exception {
        var request = as(who, "/v1/conversations/" + conversation + "/" + order)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "k-" + who + order)
                .POST(BodyPublishers.ofString(body));
        http.send(request.build(), BodyHandlers.ofString());
    }

    /** Sends that, and reads until an answer has begun or the connection is closed. */
    private void raw(String text) throws IOException {
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), program.address().getPort())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(text.getBytes(UTF_8));
            assertThat(socket.getInputStream().read()).isIn((int) 'H', -1);
        } catch (SocketException e) {
            assertThat(e).hasMessageMatching("(?i).*(reset|broken pipe).*");
        }
    }

    /** The files of the data folder, logs among them, in which any of these stands as it is. */
    private List<Path> filesWith(List<String> texts) throws IOException {
        Predicate<Path> has = file -> {
            try {
                var content = new String(Files.readAllBytes(file), ISO_8859_1);
                return texts.stream().anyMatch(content::contains);
            } catch (IOException e) {
                throw new AssertionError("cannot be read: " + file, e);
            }
        };
        try (var files = Files.walk(data)) {
            return files.filter(Files::isRegularFile).filter(has).toList();
        }
    }
}
