package switchboard.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Consumer;

/** Manifests that are wrong, one thing at a time: what each check must find. */
final class Wrongs {

    /**
     * @param check that must find it
     * @param what is wrong
     * @param stage in which it is put
     */
    record Wrong(String check, String what, String stage, Consumer<Stage> done) {}

    private static final String POD = "/spec/template/spec";
    private static final String CONTAINER = POD + "/containers/0";
    private static final String SCHEMA = "schema of each kind";

    static final List<Wrong> ALL = List.of(
            nodes(SCHEMA, "an unknown field", CONTAINER, it -> it.put("imag", "x")),
            nodes(SCHEMA, "a required field is missing", CONTAINER, it -> it.remove("name")),
            nodes(SCHEMA, "text for a number", POD, it -> it.put("terminationGracePeriodSeconds", "90")),
            nodes(SCHEMA, "a number for text", CONTAINER + "/env/{JDK_JAVA_OPTIONS}", it -> it.put("value", 3)),
            nodes(SCHEMA, "no quantity", CONTAINER + "/resources/limits", it -> it.put("memory", "2 GB")),
            prod(SCHEMA, "no such kind", "Job", "switchboard-schema", "", it -> it.put("kind", "Jobs")),
            prod(SCHEMA, "unknown in others' kind", "PodMonitor", "switchboard", "/spec", it -> it.put("port", "a")),
            prod(SCHEMA, "missing in others' kind", "Certificate", "switchboard-http", "/spec", it -> it.remove("secretName")),
            prod(SCHEMA, "no such value", "Certificate", "switchboard-http", "/spec/privateKey", it -> it.put("encoding", "DER")),
            prod(SCHEMA, "unknown below others' kind", "CassandraDatacenter", "dc1", "/spec/storageConfig/cassandraDataVolumeClaimSpec", it -> it.put("size", 1)),
            nodes("ports", "another port", CONTAINER + "/ports/{http}", it -> it.put("containerPort", 8081)),
            nodes("ports", "no such name", CONTAINER + "/ports/{management}", it -> it.put("name", "gossip")),
            setting("ports", "SWITCHBOARD_METRICS_PORT", "9465"),
            prod("ports", "to nowhere", "Service", "switchboard", "/spec/ports/0", it -> it.put("targetPort", "web")),
            prod("ports", "selects nobody", "Service", "switchboard", "/spec/selector", it -> it.put("a", "b")),
            prod("ports", "hides who is not ready", "Service", "switchboard-nodes", "/spec", it -> it.remove("publishNotReadyAddresses")),
            prod("ports", "headless port", "Service", "switchboard-nodes", "/spec/ports/0", it -> it.put("port", 7627)),
            prod("ports", "figures elsewhere", "PodMonitor", "switchboard", "/spec/podMetricsEndpoints/0", it -> it.put("port", "http")),
            prod("selectors", "takes in the schema job", "Job", "switchboard-schema", "/spec/template/metadata/labels", it -> it.put("app.kubernetes.io/name", "switchboard")),
            prod("selectors", "protects nobody", "PodDisruptionBudget", "switchboard", "/spec/selector/matchLabels", it -> it.put("app.kubernetes.io/name", "x")),
            prod("selectors", "is for all", "NetworkPolicy", "switchboard", "/spec/podSelector/matchLabels", ObjectNode::removeAll),
            nodes("selectors", "not spread", POD, it -> it.remove("topologySpreadConstraints")),
            nodes("selectors", "others are spread", POD + "/topologySpreadConstraints/0/labelSelector/matchLabels", it -> it.put("a", "b")),
            setting("selectors", "SWITCHBOARD_CLUSTER_SERVICE", "switchboard-nodes"),
            prod("networks", "Artery for all", "NetworkPolicy", "switchboard", "/spec/ingress/1", it -> it.remove("from")),
            prod("networks", "figures for the ingress", "NetworkPolicy", "switchboard", "/spec/ingress/0/ports/0", it -> it.put("port", "metrics")),
            prod("networks", "not among themselves", "NetworkPolicy", "switchboard", "/spec/egress/0/ports/0", it -> it.put("port", 17356)),
            prod("networks", "an open namespace", "NetworkPolicy", "nobody", "/spec/podSelector", it -> it.put("matchLabels", "x")),
            prod("rights", "may not watch", "Role", "switchboard-discovery", "/rules/0", it -> it.set("verbs", list("get", "list"))),
            prod("rights", "may delete", "Role", "switchboard-discovery", "/rules/0", it -> ((ArrayNode) it.get("verbs")).add("delete")),
            prod("rights", "for another", "RoleBinding", "switchboard-discovery", "/subjects/0", it -> it.put("name", "default")),
            nodes("rights", "no token", POD, it -> it.put("automountServiceAccountToken", false)),
            nodes("settings", "an unknown name", CONTAINER + "/env/{SWITCHBOARD_CLUSTER_HOST}", it -> it.put("name", "SWITCHBOARD_CLUSTER_ADDRESS")),
            nodes("probes", "no such path", CONTAINER + "/readinessProbe/httpGet", it -> it.put("path", "/health")),
            nodes("probes", "plain to a port that speaks TLS", CONTAINER + "/livenessProbe/httpGet", it -> it.remove("scheme")),
            nodes("probes", "given up too early", CONTAINER + "/startupProbe", it -> it.put("failureThreshold", 10)),
            nodes("ends", "killed while it stops", POD, it -> it.put("terminationGracePeriodSeconds", 60)),
            nodes("ends", "no pause before", CONTAINER, it -> it.remove("lifecycle")),
            nodes("memory", "a heap as large as the limit", CONTAINER + "/resources/limits", it -> it.put("memory", "1Gi")),
            nodes("memory", "no heap said", CONTAINER + "/env/{JDK_JAVA_OPTIONS}", it -> it.put("value", "-Xms1g")),
            nodes("memory", "less asked for than taken", CONTAINER + "/resources/requests", it -> it.put("memory", "1Gi")),
            nodes("security", "root", POD + "/securityContext", it -> it.put("runAsUser", 0)),
            nodes("security", "a root that is written to", CONTAINER + "/securityContext", it -> it.remove("readOnlyRootFilesystem")),
            nodes("security", "a capability", CONTAINER + "/securityContext/capabilities", it -> it.set("add", list("NET_ADMIN"))),
            prod("security", "the job has a token", "Job", "switchboard-schema", POD, it -> it.remove("automountServiceAccountToken")),
            prod("security", "a namespace for all", "Namespace", "switchboard", "/metadata/labels", it -> it.put("pod-security.kubernetes.io/enforce", "baseline")),
            nodes("files", "the key is not mounted", CONTAINER + "/volumeMounts/{master-key}", it -> it.put("mountPath", "/etc/elsewhere")),
            nodes("files", "the data folder is read-only", CONTAINER + "/volumeMounts/{data}", it -> it.put("readOnly", true)),
            setting("files", "SWITCHBOARD_CLUSTER_TLS_CA", "/etc/ssl/ca.crt"),
            nodes("replicas", "set back by each apply", "/spec", it -> it.put("replicas", 3)),
            nodes("replicas", "one less while rolled", "/spec/strategy/rollingUpdate", it -> it.put("maxUnavailable", 1)),
            prod("replicas", "fewer than a cluster", "HorizontalPodAutoscaler", "switchboard", "/spec", it -> it.put("minReplicas", 2)),
            in("dev", "replicas", "two that don't know each other", "Deployment", "switchboard", "/spec", it -> it.put("replicas", 2)),
            in("dev", "replicas", "two for a moment", "Deployment", "switchboard", "/spec/strategy", it -> it.put("type", "RollingUpdate")),
            prod("replicas", "two may go", "PodDisruptionBudget", "switchboard", "/spec", it -> it.put("maxUnavailable", 2)),
            setting("database", "SWITCHBOARD_CASSANDRA_CONSISTENCY", "ONE"),
            setting("database", "SWITCHBOARD_CASSANDRA_DATACENTER", "dc2"),
            setting("database", "SWITCHBOARD_CASSANDRA_REPLICAS", "5"),
            setting("database", "SWITCHBOARD_CASSANDRA_TLS_CA", ""),
            setting("database", "SWITCHBOARD_CASSANDRA_CONTACT_POINTS", "cassandra:9042"),
            prod("database", "periodic", "CassandraDatacenter", "dc1", "/spec/config/cassandra-yaml", it -> it.put("commitlog_sync", "periodic")),
            prod("database", "its certificate", "Certificate", "cassandra-client", "/spec", it -> it.set("dnsNames", list("cassandra"))),
            in("dev", "database", "periodic, for trying", "StatefulSet", "cassandra", POD + "/initContainers/0", it -> it.set("args", list("true"))),
            in("staging", "database", "production's certificate", "Certificate", "cassandra-client", "/spec", it -> it.set("dnsNames", list("switchboard-dc1-service.switchboard-cassandra.svc"))),
            setting("schema of the database", "SWITCHBOARD_CASSANDRA_SCHEMA", "make"),
            prod("schema of the database", "the job is of another version", "Job", "switchboard-schema", CONTAINER, it -> it.put("image", "switchboard:0")),
            new Wrong("schema of the database", "nobody makes it", "prod", it -> it.objects().remove(it.one("Job", "switchboard-schema"))),
            new Wrong("secrets", "one stands there", "prod", it -> it.one("ConfigMap", name(it, "keys.conf")).put("kind", "Secret")),
            nodes("secrets", "nobody makes it", POD + "/volumes/{master-key}/secret", it -> it.put("secretName", "switchboard-key")),
            nodes("secrets", "no such ConfigMap", CONTAINER + "/envFrom/0/configMapRef", it -> it.put("name", "switchboard")) ,
            new Wrong("secrets", "keys.conf says more", "prod", it -> ((ObjectNode) it.one("ConfigMap", name(it, "keys.conf")).get("data")).put("keys.conf", "switchboard { security.keys = [], http.port = 1 }")),
            prod("ingress", "for another host", "Ingress", "switchboard", "/spec/rules/0", it -> it.put("host", "example.org")),
            prod("ingress", "to nowhere", "Ingress", "switchboard", "/spec/rules/0/http/paths/0/backend/service/port", it -> it.put("name", "web")),
            in("staging", "ingress", "production's secret", "Ingress", "switchboard", "/metadata/annotations", it -> it.put("nginx.ingress.kubernetes.io/proxy-ssl-secret", "switchboard/switchboard-http-tls")),
            prod("ingress", "issued by nobody", "Certificate", "switchboard-cluster", "/spec/issuerRef", it -> it.put("name", "other")),
            prod("ingress", "one-sided", "Certificate", "switchboard-cluster", "/spec", it -> it.set("usages", list("server auth"))),
            prod("ingress", "plain behind it", "Service", "switchboard", "/spec/ports/0", it -> it.put("appProtocol", "http")),
            prod("alerts", "another limit", "PrometheusRule", "switchboard", "/spec/groups/0/rules/0", it -> it.put("for", "3m")));

    private static Wrong nodes(String check, String what, String at, Consumer<ObjectNode> done) {
        return prod(check, what, "Deployment", "switchboard", at, done);
    }

    private static Wrong prod(
            String check, String what, String kind, String name, String at, Consumer<ObjectNode> done) {
        return in("prod", check, what, kind, name, at, done);
    }

    private static Wrong in(
            String stage, String check, String what, String kind, String name, String at, Consumer<ObjectNode> done) {
        return new Wrong(check, what, stage, it -> done.accept(at(it.one(kind, name), at)));
    }

    private static Wrong setting(String check, String name, String value) {
        return new Wrong(check, name + " is " + value, "prod", it -> {
            var settings = it.one("ConfigMap", name(it, "SWITCHBOARD_HTTP_PORT"));
            ((ObjectNode) settings.get("data")).put(name, value);
        });
    }

    private static String name(Stage stage, String key) {
        return stage.all("ConfigMap").stream()
                .filter(it -> it.path("data").has(key))
                .map(it -> Stage.text(it, "/metadata/name"))
                .findFirst()
                .orElseThrow();
    }

    /** A JSON pointer in which {@code {name}} stands for the item of that name. */
    private static ObjectNode at(JsonNode from, String path) {
        var found = from;
        for (var step : path.split("(?=/)", -1)) {
            var name = step.replaceAll("^/\\{|}$", "");
            found = step.startsWith("/{") ? item(found, name) : found.at(step);
        }
        return (ObjectNode) found;
    }

    private static JsonNode item(JsonNode items, String name) {
        return Stage.each(items, "").stream()
                .filter(it -> Stage.text(it, "/name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static ArrayNode list(String... items) {
        var list = JsonNodeFactory.instance.arrayNode();
        List.of(items).forEach(list::add);
        return list;
    }

    private Wrongs() {}
}
