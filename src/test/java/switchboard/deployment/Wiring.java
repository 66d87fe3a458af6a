package switchboard.deployment;

import static switchboard.deployment.Stage.container;
import static switchboard.deployment.Stage.each;
import static switchboard.deployment.Stage.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Who is reached how: ports, labels, networks, rights. Each check gives what does not agree. */
final class Wiring {

    /** The container's ports by name, with the setting that says the same. */
    private static final Map<String, String> PORTS = Map.of(
            "http", "SWITCHBOARD_HTTP_PORT",
            "metrics", "SWITCHBOARD_METRICS_PORT",
            "artery", "SWITCHBOARD_CLUSTER_PORT",
            "management", "SWITCHBOARD_CLUSTER_MANAGEMENT_PORT");

    private static final Map<String, String> NODES = Map.of("app.kubernetes.io/name", "switchboard");
    private static final String NAMESPACE = "kubernetes.io/metadata.name";

    static List<String> ports(Stage stage) {
        var faults = new ArrayList<String>();
        var ports = named(stage.deployment());
        var environment = Environment.read();
        if (!ports.keySet().equals(PORTS.keySet())) {
            faults.add("the container's ports are " + ports);
        }
        ports.forEach((name, port) -> {
            if (!String.valueOf(port).equals(stage.setting(PORTS.getOrDefault(name, "")))) {
                faults.add(name + " is " + port + ", and " + PORTS.get(name) + " another");
            }
            var usual = environment.usual(PORTS.getOrDefault(name, ""));
            if (!usual.isEmpty() && !usual.equals(String.valueOf(port))) {
                faults.add(name + " is " + port + ", and usually " + usual);
            }
        });
        for (var service : stage.all("Service")) {
            var reached = stage.workloads()
                    .filter(it -> matches(map(service, "/spec/selector"), it))
                    .toList();
            for (var port : each(service, "/spec/ports")) {
                if (reached.size() != 1 || !named(reached.getFirst()).containsKey(text(port, "/targetPort"))) {
                    faults.add(Stage.called(service) + " leads nowhere with " + port);
                }
            }
        }
        var nodes = stage.one("Service", "switchboard-nodes");
        for (var name : Set.of("artery", "management")) {
            var there = each(nodes, "/spec/ports").stream()
                    .anyMatch(it ->
                            text(it, "/name").equals(name) && it.path("port").asInt() == ports.getOrDefault(name, 0));
            if (!there
                    || !text(nodes, "/spec/clusterIP").equals("None")
                    || !nodes.at("/spec/publishNotReadyAddresses").asBoolean()) {
                faults.add("the headless service does not publish " + name + " of all nodes");
            }
        }
        for (var monitor : stage.all("PodMonitor")) {
            each(monitor, "/spec/podMetricsEndpoints").stream()
                    .filter(it -> !text(it, "/port").equals("metrics")
                            || !text(it, "/path").equals("/metrics"))
                    .forEach(it -> faults.add("figures are not at " + it));
        }
        return faults;
    }

    /** Whatever selects nodes selects all of them and nothing else; discovery too. */
    static List<String> selectors(Stage stage) {
        var faults = new ArrayList<String>();
        var selectors = new TreeMap<String, JsonNode>();
        selectors.put("Deployment", stage.deployment().at("/spec/selector/matchLabels"));
        selectors.put("Service", stage.one("Service", "switchboard").at("/spec/selector"));
        selectors.put(
                "headless Service", stage.one("Service", "switchboard-nodes").at("/spec/selector"));
        selectors.put(
                "PodDisruptionBudget",
                stage.one("PodDisruptionBudget", "switchboard").at("/spec/selector/matchLabels"));
        selectors.put("NetworkPolicy", stage.one("NetworkPolicy", "switchboard").at("/spec/podSelector/matchLabels"));
        stage.all("PodMonitor").forEach(it -> selectors.put("PodMonitor", it.at("/spec/selector/matchLabels")));
        var spread = each(stage.deployment(), "/spec/template/spec/topologySpreadConstraints");
        if (spread.isEmpty()) {
            faults.add("nodes are not spread");
        }
        spread.forEach(
                it -> selectors.put("spread by " + text(it, "/topologyKey"), it.at("/labelSelector/matchLabels")));
        selectors.forEach((who, labels) -> {
            var selected = stage.workloads()
                    .filter(it -> matches(strings(labels), it))
                    .map(Stage::called)
                    .toList();
            if (labels.isEmpty() || !selected.equals(List.of("Deployment switchboard"))) {
                faults.add(who + " selects " + selected);
            }
        });
        if (!NODES.equals(Map.of("app.kubernetes.io/name", stage.setting("SWITCHBOARD_CLUSTER_SERVICE")))
                || !matches(NODES, stage.deployment())) {
            faults.add("discovery looks for " + stage.setting("SWITCHBOARD_CLUSTER_SERVICE"));
        }
        return faults;
    }

    /** Each port is reached by those it is for, and from no other side. */
    static List<String> networks(Stage stage) {
        var faults = new ArrayList<String>();
        var home = Stage.namespace(stage.deployment());
        stage.workloads().map(Stage::namespace).distinct().forEach(space -> {
            var closed = stage.all("NetworkPolicy").stream()
                    .filter(it -> Stage.namespace(it).equals(space))
                    .anyMatch(it -> it.at("/spec/podSelector").isEmpty()
                            && it.at("/spec/policyTypes").size() == 2
                            && it.at("/spec/ingress").isMissingNode());
            if (!closed) {
                faults.add(space + " is open");
            }
        });
        var reached = new TreeMap<String, Set<String>>();
        for (var rule : each(stage.one("NetworkPolicy", "switchboard"), "/spec/ingress")) {
            for (var port : each(rule, "/ports")) {
                for (var from : each(rule, "/from")) {
                    reached.computeIfAbsent(text(port, "/port"), _ -> new TreeSet<>())
                            .add(who(from));
                }
                if (rule.at("/from").isEmpty()) {
                    faults.add(port + " is open to all");
                }
            }
        }
        var expected = Map.of(
                "http", Set.of("namespace ingress-nginx"),
                "metrics", Set.of("namespace monitoring"),
                "artery", Set.of("nodes"),
                "management", Set.of("nodes"));
        if (!reached.equals(expected)) {
            faults.add("ports are reached by " + reached);
        }
        var ports = named(stage.deployment());
        var out = each(stage.one("NetworkPolicy", "switchboard"), "/spec/egress").stream()
                .filter(it -> each(it, "/to").stream().anyMatch(to -> who(to).equals("nodes")))
                .flatMap(it -> each(it, "/ports").stream())
                .map(it -> it.path("port").asInt())
                .toList();
        if (!Set.copyOf(out).equals(Set.of(ports.getOrDefault("artery", 0), ports.getOrDefault("management", 0)))) {
            faults.add("nodes reach one another at " + out + " in " + home);
        }
        return faults;
    }

    private static String who(JsonNode from) {
        var pods = map(from, "/podSelector/matchLabels");
        var space = text(from, "/namespaceSelector/matchLabels/" + NAMESPACE.replace("/", "~1"));
        if (pods.equals(NODES) && !from.has("namespaceSelector")) {
            return "nodes";
        }
        return space.isEmpty() ? from.toString() : "namespace " + space;
    }

    /** Discovery asks for pods, with the nodes' own account, and may do nothing else. */
    static List<String> rights(Stage stage) {
        var faults = new ArrayList<String>();
        var pod = stage.deployment().at("/spec/template/spec");
        var account = text(pod, "/serviceAccountName");
        if (stage.find("ServiceAccount", account).isEmpty()) {
            faults.add("there is no account " + account);
        }
        if (!pod.path("automountServiceAccountToken").asBoolean()) {
            faults.add("the nodes have no token");
        }
        var granted = new ArrayList<String>();
        for (var binding : stage.all("RoleBinding")) {
            var ours = each(binding, "/subjects").stream()
                    .anyMatch(it -> text(it, "/name").equals(account)
                            && Stage.namespace(stage.deployment()).equals(text(it, "/namespace")));
            if (ours && text(binding, "/roleRef/kind").equals("Role")) {
                for (var rule : each(stage.one("Role", text(binding, "/roleRef/name")), "/rules")) {
                    granted.add(rule.path("apiGroups") + " " + rule.path("resources") + " "
                            + new TreeSet<>(each(rule, "/verbs").stream()
                                    .map(JsonNode::asText)
                                    .toList()));
                }
            }
        }
        if (!granted.equals(List.of("[\"\"] [\"pods\"] [list]"))
                || !stage.all("ClusterRoleBinding").isEmpty()) {
            faults.add("granted: " + granted);
        }
        return faults;
    }

    private static Map<String, Integer> named(JsonNode workload) {
        var ports = new TreeMap<String, Integer>();
        each(container(workload), "/ports")
                .forEach(it ->
                        ports.put(text(it, "/name"), it.path("containerPort").asInt()));
        return ports;
    }

    private static boolean matches(Map<String, String> selector, ObjectNode workload) {
        return map(workload, "/spec/template/metadata/labels").entrySet().containsAll(selector.entrySet());
    }

    private static Map<String, String> map(JsonNode from, String path) {
        return strings(from.at(path));
    }

    private static Map<String, String> strings(JsonNode node) {
        var found = new TreeMap<String, String>();
        Stream.of(node)
                .flatMap(it -> it.properties().stream())
                .forEach(it -> found.put(it.getKey(), it.getValue().asText()));
        return found;
    }

    private Wiring() {}
}
