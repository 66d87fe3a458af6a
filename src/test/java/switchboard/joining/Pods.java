package switchboard.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import switchboard.invariants.Json;

/** Pods as Kubernetes would show those that it made of our manifest. */
final class Pods {

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String SINCE = "2030-01-01T12:00:00Z";

    private final String namespace;
    private final int management;

    /** {@code management} stands for the port that the manifest calls so: several tests run on one machine. */
    Pods(String namespace, int management) {
        this.namespace = namespace;
        this.management = management;
    }

    /** The Role that the manifests give to discovery. */
    static JsonNode role() throws IOException {
        return documents(Path.of("k8s", "base", "access.yaml")).stream()
                .filter(it -> it.path("kind").asText().equals("Role"))
                .findFirst()
                .orElseThrow();
    }

    /** One that runs, with labels and ports as in the manifest. */
    ObjectNode running(String name, String ip) throws IOException {
        return pod(name, "Running", ip, "running");
    }

    /** It has its address already, and its container does not run. */
    ObjectNode pending(String name, String ip) throws IOException {
        return pod(name, "Pending", ip, "waiting");
    }

    /** One that nobody has found a machine for: without an address. */
    ObjectNode unscheduled(String name) throws IOException {
        var it = pod(name, "Pending", "", "waiting");
        ((ObjectNode) it.path("status")).remove(List.of("podIP", "podIPs", "containerStatuses"));
        return it;
    }

    /** One that is on its way out. */
    ObjectNode ending(String name, String ip) throws IOException {
        var it = running(name, ip);
        ((ObjectNode) it.path("metadata")).put("deletionTimestamp", SINCE).put("deletionGracePeriodSeconds", 90);
        return it;
    }

    /** One that is none of ours. */
    ObjectNode another(String name, String ip) throws IOException {
        var it = running(name, ip);
        ((ObjectNode) it.at("/metadata/labels")).put("app.kubernetes.io/name", "another");
        return it;
    }

    private ObjectNode pod(String name, String phase, String ip, String container) throws IOException {
        var template =
                documents(Path.of("k8s", "base", "deployment.yaml")).getFirst().at("/spec/template");
        var it = Json.object();
        it.putObject("metadata")
                .put("name", name)
                .put("generateName", "switchboard-6d4b75cb6d-")
                .put("namespace", namespace)
                .put("uid", "uid-of-" + name)
                .put("resourceVersion", "4700")
                .put("creationTimestamp", SINCE)
                .set("labels", template.at("/metadata/labels").deepCopy());
        var spec = (ObjectNode) template.path("spec").deepCopy();
        it.set("spec", spec);
        spec.at("/containers/0/ports").forEach(port -> {
            if (port.path("name").asText().equals("management")) {
                ((ObjectNode) port).put("containerPort", management);
            }
            ((ObjectNode) port).put("protocol", "TCP");
        });
        var status = it.putObject("status")
                .put("phase", phase)
                .put("hostIP", "192.0.2.10")
                .put("podIP", ip)
                .put("startTime", SINCE)
                .put("qosClass", "Burstable");
        status.putArray("podIPs").addObject().put("ip", ip);
        var one = status.putArray("containerStatuses")
                .addObject()
                .put("name", "switchboard")
                .put("ready", false)
                .put("started", false)
                .put("restartCount", 0)
                .put("image", "switchboard")
                .put("imageID", "");
        one.putObject("lastState");
        one.putObject("state")
                .set(
                        container,
                        Json.read(
                                container.equals("running")
                                        ? "{\"startedAt\":\"" + SINCE + "\"}"
                                        : "{\"reason\":\"ContainerCreating\"}"));
        return it;
    }

    /** What else a pod's settings come from is for the tests of the manifests. */
    static Map<String, String> settings() throws IOException {
        var found = new TreeMap<String, String>();
        Files.readAllLines(Path.of("k8s", "base", "settings.env")).stream()
                .filter(line -> line.contains("=") && !line.startsWith("#"))
                .map(line -> line.split("=", 2))
                .forEach(both -> found.put(both[0], both[1]));
        return found;
    }

    private static List<ObjectNode> documents(Path file) throws IOException {
        try (var all = YAML.readerFor(ObjectNode.class).<ObjectNode>readValues(file.toFile())) {
            return all.readAll();
        }
    }
}
