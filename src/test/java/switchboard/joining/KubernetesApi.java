package switchboard.joining;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import switchboard.invariants.Json;

/**
 * As much of a Kubernetes API server as those see who ask for pods: HTTPS, the token of one service account, what its Role allows
 * it, label selectors, and lists. All that it is asked is kept.
 */
final class KubernetesApi implements AutoCloseable {

    /** What was asked: a verb and a resource as a Role names them, and the status of the answer. */
    record Asked(String verb, String resource, String namespace, String labelSelector, int status) {}

    private record Answer(int status, ObjectNode body) {}

    private static final Pattern PATH = Pattern.compile("/api/v1/namespaces/([^/]+)/([^/]+)(/[^/]+)?");

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final String namespace;
    private final String token;
    private final List<JsonNode> rules;
    private final Map<String, ObjectNode> pods = new TreeMap<>();
    private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();

    /** On a free port of 127.0.0.1; {@code token} may do in {@code namespace} what {@code role} says, and nothing else. */
    KubernetesApi(SSLContext tls, String namespace, String token, JsonNode role) throws IOException {
        this.namespace = namespace;
        this.token = token;
        this.rules = each(role.path("rules"));
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Before anybody asks. */
    void add(ObjectNode pod) {
        pods.put(pod.at("/metadata/name").asText(), pod);
    }

    /** In order of their arrival. */
    List<Asked> asked() {
        return List.copyOf(asked);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var query = query(exchange.getRequestURI().getRawQuery());
            var path = PATH.matcher(exchange.getRequestURI().getPath());
            var known = path.matches();
            var verb = known ? verb(exchange.getRequestMethod(), path, query) : exchange.getRequestMethod();
            var resource = known ? path.group(2) : exchange.getRequestURI().getPath();
            var where = known ? path.group(1) : "";
            var selector = query.getOrDefault("labelSelector", "");
            var credential = exchange.getRequestHeaders().getFirst("Authorization");
            var answer = ("Bearer " + token).equals(credential)
                    ? allowed(verb, resource, where)
                            ? found(verb, selector)
                            : no(
                                    403,
                                    "Forbidden",
                                    "%s is forbidden: cannot %s it in %s".formatted(resource, verb, where))
                    : no(401, "Unauthorized", "Unauthorized");
            asked.add(new Asked(verb, resource, where, selector, answer.status()));
            var bytes = answer.body().toString().getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static String verb(String method, Matcher path, Map<String, String> query) {
        var one = path.group(3) != null;
        return switch (method) {
            case "GET" -> one ? "get" : query.containsKey("watch") ? "watch" : "list";
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> one ? "delete" : "deletecollection";
            default -> method;
        };
    }

    private boolean allowed(String verb, String resource, String where) {
        return where.equals(namespace)
                && rules.stream()
                        .anyMatch(rule -> texts(rule.path("apiGroups")).contains("")
                                && texts(rule.path("resources")).contains(resource)
                                && texts(rule.path("verbs")).contains(verb));
    }

    private Answer found(String verb, String selector) {
        if (!verb.equals("list")) {
            return no(501, "NotImplemented", "only lists are made here");
        }
        var list = Json.object().put("kind", "PodList").put("apiVersion", "v1");
        list.putObject("metadata").put("resourceVersion", "4711");
        var items = list.putArray("items");
        for (var pod : pods.values()) {
            if (Pattern.compile(",").splitAsStream(selector).allMatch(it -> matches(pod, it))) {
                items.add(pod);
            }
        }
        return new Answer(200, list);
    }

    /** Equality, which is all that is asked for. */
    private static boolean matches(ObjectNode pod, String selector) {
        var parts = selector.split("==?", 2);
        return selector.isEmpty()
                || (parts.length == 2
                        && pod.at("/metadata/labels").path(parts[0]).asText().equals(parts[1]));
    }

    private static Answer no(int code, String reason, String message) {
        var status = Json.object()
                .put("kind", "Status")
                .put("apiVersion", "v1")
                .put("status", "Failure")
                .put("message", message)
                .put("reason", reason)
                .put("code", code);
        status.putObject("metadata");
        return new Answer(code, status);
    }

    private static Map<String, String> query(@Nullable String raw) {
        var found = new TreeMap<String, String>();
        for (var part : raw == null ? new String[0] : raw.split("&")) {
            var both = part.split("=", 2);
            found.put(both[0], both.length == 2 ? URLDecoder.decode(both[1], UTF_8) : "");
        }
        return found;
    }

    private static List<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private static List<String> texts(JsonNode array) {
        var found = new ArrayList<String>();
        array.forEach(it -> found.add(it.asText()));
        return found;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
