package switchboard.deployment;

import static switchboard.deployment.Stage.each;
import static switchboard.deployment.Stage.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The database, its schema, secrets and certificates, the ingress, the alerts. Each check gives what does not agree. */
final class Storing {

    private static final JsonNode ALERTS = Running.read(Path.of("conf/prometheus/alerts.yaml"));
    private static final Path SECRETS = Path.of("k8s/secrets.md");

    /** The program is told of the database that there is, and acknowledged is on disk there. */
    static List<String> database(Stage stage) {
        var faults = new ArrayList<String>();
        var points = stage.setting("SWITCHBOARD_CASSANDRA_CONTACT_POINTS");
        var encrypted = !stage.setting("SWITCHBOARD_CASSANDRA_TLS_CA").isEmpty();
        var replicas = Integer.parseInt(stage.setting("SWITCHBOARD_CASSANDRA_REPLICAS"));
        if (!stage.setting("SWITCHBOARD_CASSANDRA_CONSISTENCY").equals("LOCAL_QUORUM")) {
            faults.add("not by LOCAL_QUORUM");
        }
        for (var center : stage.all("CassandraDatacenter")) {
            var name = text(center, "/metadata/name");
            var service =
                    text(center, "/spec/clusterName") + "-" + name + "-service." + Stage.namespace(center) + ".svc";
            require(points.equals(service + ":9042"), points + " is not " + service, faults);
            require(stage.setting("SWITCHBOARD_CASSANDRA_DATACENTER").equals(name), "another datacenter", faults);
            var size = center.at("/spec/size").asInt();
            require(replicas == 3 && size >= replicas, replicas + " replicas on " + size, faults);
            require(each(center, "/spec/racks").size() == replicas, "racks are not as many as replicas", faults);
            var yaml = center.at("/spec/config/cassandra-yaml");
            require(text(yaml, "/commitlog_sync").equals("group"), "acknowledged is not on disk", faults);
            require(text(yaml, "/commitlog_sync_period").equals("0ms"), "the default's period is left", faults);
            require(yaml.at("/client_encryption_options/enabled").asBoolean() == encrypted, "TLS on one side", faults);
            require(
                    stage.find("Certificate", "cassandra-client").stream()
                            .anyMatch(it -> each(it, "/spec/dnsNames").stream()
                                    .anyMatch(dns -> dns.asText().equals(service))),
                    "its certificate names another service",
                    faults);
        }
        for (var set : stage.all("StatefulSet")) {
            var name = text(set, "/spec/serviceName");
            require(
                    points.equals(name + ":9042") && stage.find("Service", name).isPresent(),
                    points + " is not " + name,
                    faults);
            require(
                    stage.setting("SWITCHBOARD_CASSANDRA_DATACENTER").equals(environment(set, "CASSANDRA_DC")),
                    "another datacenter",
                    faults);
            require(replicas == set.at("/spec/replicas").asInt(), replicas + " replicas on one", faults);
            require(
                    text(set, "/spec/template/spec/initContainers/0/args/0").contains("commitlog_sync: group"),
                    "acknowledged is not on disk",
                    faults);
            require(!encrypted, "TLS on one side", faults);
        }
        require(
                stage.all("CassandraDatacenter").size()
                                + stage.all("StatefulSet").size()
                        == 1,
                "no database, or several",
                faults);
        return faults;
    }

    /** Made once: by a job of the same version, or by the program alone. */
    static List<String> schema(Stage stage) {
        var faults = new ArrayList<String>();
        var job = stage.find("Job", "switchboard-schema");
        var said = stage.setting("SWITCHBOARD_CASSANDRA_SCHEMA");
        require(
                said.equals(job.isPresent() ? "wait" : "make"),
                "nodes " + said + ", and " + (job.isPresent() ? "a" : "no") + " job",
                faults);
        job.ifPresent(it -> {
            require(
                    stage.environment(it)
                            .getOrDefault("SWITCHBOARD_CASSANDRA_SCHEMA", "")
                            .equals("only"),
                    "the job stays",
                    faults);
            require(
                    text(Stage.container(it), "/image").equals(text(Stage.container(stage.deployment()), "/image")),
                    "of another version",
                    faults);
            require(!text(it, "/spec/template/spec/restartPolicy").equals("Always"), "it is done again", faults);
        });
        return faults;
    }

    /** None is contained; each that is used can be made as secrets.md says, or is a certificate's. What is generated exists. */
    static List<String> secrets(Stage stage) {
        var faults = new ArrayList<String>();
        require(stage.all("Secret").isEmpty(), "a secret stands in the manifests", faults);
        var certified = new TreeSet<String>();
        stage.all("Certificate").forEach(it -> certified.add(text(it, "/spec/secretName")));
        var told = read(SECRETS);
        stage.objects()
                .forEach(object -> used(object, "secretName", "secretKeyRef")
                        .forEach(name -> require(
                                certified.contains(name) || told.contains("create secret generic " + name + " "),
                                Stage.called(object) + " uses " + name + ", which nobody makes",
                                faults)));
        stage.programs().forEach(it -> {
            for (var name : used(it, "configMap", "configMapRef")) {
                require(stage.find("ConfigMap", name).isPresent(), "there is no ConfigMap " + name, faults);
            }
        });
        var keys = stage.all("ConfigMap").stream()
                .filter(it -> it.path("data").has("keys.conf"))
                .toList();
        require(keys.size() == 1, "no keys.conf, or several", faults);
        for (var it : keys) {
            var file =
                    ConfigFactory.parseString(it.path("data").path("keys.conf").asText());
            var only = file.entrySet().stream().map(entry -> entry.getKey()).toList();
            require(
                    only.equals(List.of("switchboard.security.keys")),
                    "keys.conf wins over the environment with " + only,
                    faults);
        }
        return faults;
    }

    /** What the world asks is what a certificate is issued for; what lies between is checked. */
    static List<String> ingress(Stage stage) {
        var faults = new ArrayList<String>();
        for (var ingress : stage.all("Ingress")) {
            var backend = ingress.at("/spec/rules/0/http/paths/0/backend/service");
            var service = stage.one("Service", text(backend, "/name"));
            require(
                    each(service, "/spec/ports").stream()
                            .anyMatch(it -> text(it, "/name").equals(text(backend, "/port/name"))),
                    "it leads nowhere",
                    faults);
            require(text(service, "/spec/ports/0/appProtocol").equals("https"), "plain behind the ingress", faults);
            var host = ingress.at("/spec/rules/0/host");
            require(host.equals(ingress.at("/spec/tls/0/hosts/0")), "TLS for another host", faults);
            require(
                    issued(stage, text(ingress, "/spec/tls/0/secretName"), host.asText()),
                    "no certificate for " + host,
                    faults);
            var checked = text(ingress, "/metadata/annotations/nginx.ingress.kubernetes.io~1proxy-ssl-secret");
            var name = text(ingress, "/metadata/annotations/nginx.ingress.kubernetes.io~1proxy-ssl-name");
            require(
                    checked.equals(Stage.namespace(ingress) + "/switchboard-http-tls"),
                    checked + " is elsewhere",
                    faults);
            require(
                    issued(stage, "switchboard-http-tls", name),
                    "the nodes' certificate does not name " + name,
                    faults);
        }
        for (var certificate : stage.all("Certificate")) {
            var issuer = certificate.at("/spec/issuerRef");
            require(
                    text(issuer, "/kind").equals("ClusterIssuer")
                            || stage.find("Issuer", text(issuer, "/name")).stream()
                                    .anyMatch(it -> Stage.namespace(it).equals(Stage.namespace(certificate))),
                    Stage.called(certificate) + " is issued by nobody",
                    faults);
        }
        var mutual = stage.find("Certificate", "switchboard-cluster").stream()
                .flatMap(it -> each(it, "/spec/usages").stream())
                .map(JsonNode::asText)
                .toList();
        require(
                stage.setting("SWITCHBOARD_CLUSTER_TLS_CA").isEmpty()
                        || mutual.containsAll(Set.of("server auth", "client auth")),
                "nodes cannot show their certificate both ways",
                faults);
        return faults;
    }

    private static boolean issued(Stage stage, String secret, String name) {
        return stage.all("Certificate").stream()
                .filter(it -> text(it, "/spec/secretName").equals(secret))
                .anyMatch(it -> each(it, "/spec/dnsNames").stream()
                        .anyMatch(dns -> dns.asText().equals(name)));
    }

    /** The same rules as for a Prometheus without operator. */
    static List<String> alerts(Stage stage) {
        return stage.all("PrometheusRule").stream()
                .filter(it -> !it.at("/spec/groups").equals(ALERTS.path("groups")))
                .map(_ ->
                        "not as conf/prometheus/alerts.yaml: copy its groups to k8s/components/monitoring/alerts.yaml")
                .toList();
    }

    private static String environment(JsonNode workload, String name) {
        return each(Stage.container(workload), "/env").stream()
                .filter(it -> text(it, "/name").equals(name))
                .map(it -> text(it, "/value"))
                .findFirst()
                .orElse("");
    }

    private static Set<String> used(JsonNode object, String... ways) {
        return new TreeSet<>(Stream.of(ways)
                .flatMap(way -> object.findValues(way).stream())
                .map(it -> it.isTextual() ? it.asText() : text(it, "/name"))
                .toList());
    }

    private static void require(boolean holds, String otherwise, List<String> faults) {
        if (!holds) {
            faults.add(otherwise);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Storing() {}
}
