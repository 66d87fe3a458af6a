package switchboard.deployment;

import static switchboard.deployment.Stage.container;
import static switchboard.deployment.Stage.each;
import static switchboard.deployment.Stage.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How nodes begin, live and end: settings, probes, times, memory, what they may. Each check gives what does not agree. */
final class Running {

    /** The ordered stop: streams, http, rooms, shards, lease. */
    private static final int STOP_SECONDS = 60;
    /** Beside heap and buffers: code, classes, threads, the encoder. */
    private static final int OTHER_MEBIBYTES = 512;

    private static final String RESTRICTED = "pod-security.kubernetes.io~1enforce";
    private static final Pattern FLAG = Pattern.compile("-(Xmx|XX:MaxDirectMemorySize=)(\\d+)([mg])");
    private static final JsonNode CONTRACT = read(Path.of("src/main/resources/openapi.yaml"));

    /** Each name exists in the program, and what stands for itself is as the program has it. */
    static List<String> settings(Stage stage) {
        var known = Environment.read().paths();
        return stage.programs()
                .flatMap(it -> stage.environment(it).keySet().stream())
                .distinct()
                .filter(name -> !Set.of("JDK_JAVA_OPTIONS", Environment.FILE, Environment.LOG_FORMAT)
                        .contains(name))
                .filter(name -> !known.containsKey(name))
                .map(name -> "there is no setting " + name)
                .toList();
    }

    /** They ask what the contract has, at the port and in the manner that the program is set to. */
    static List<String> probes(Stage stage) {
        var faults = new ArrayList<String>();
        var scheme = stage.setting("SWITCHBOARD_HTTP_TLS_CERTIFICATE").isEmpty() ? "" : "HTTPS";
        var paths = Map.of("startupProbe", "/alive", "readinessProbe", "/ready", "livenessProbe", "/alive");
        paths.forEach((probe, path) -> {
            var get = container(stage.deployment()).at("/" + probe + "/httpGet");
            if (!text(get, "/path").equals(path)
                    || !CONTRACT.path("paths").path(path).has("get")) {
                faults.add(probe + " asks " + get.path("path"));
            }
            if (!text(get, "/port").equals("http") || !text(get, "/scheme").equals(scheme)) {
                faults.add(probe + " asks by " + get);
            }
        });
        var startup = container(stage.deployment()).path("startupProbe");
        var allowed = startup.path("periodSeconds").asInt()
                * startup.path("failureThreshold").asInt();
        var patience =
                Integer.parseInt(stage.setting("SWITCHBOARD_CASSANDRA_PATIENCE").replace("s", ""));
        if (allowed <= patience) {
            faults.add("a start is given up after " + allowed + " s, before Cassandra is");
        }
        if (stage.deployment().at("/spec/progressDeadlineSeconds").asInt() <= allowed) {
            faults.add("a rollout is given up before a start is");
        }
        return faults;
    }

    static List<String> ends(Stage stage) {
        var pod = stage.deployment().at("/spec/template/spec");
        var before = container(stage.deployment())
                .at("/lifecycle/preStop/sleep/seconds")
                .asInt();
        var grace = pod.path("terminationGracePeriodSeconds").asInt();
        return before > 0 && grace >= before + STOP_SECONDS
                ? List.of()
                : List.of("killed after " + grace + " s, of which " + before + " before the stop begins");
    }

    static List<String> memory(Stage stage) {
        var faults = new ArrayList<String>();
        stage.programs().forEach(workload -> {
            var options = stage.environment(workload).getOrDefault("JDK_JAVA_OPTIONS", "");
            var flags = new TreeMap<String, Integer>();
            FLAG.matcher(options)
                    .results()
                    .forEach(it -> flags.put(
                            it.group(1),
                            Integer.parseInt(it.group(2)) * (it.group(3).equals("g") ? 1024 : 1)));
            var limit = mebibytes(text(container(workload), "/resources/limits/memory"));
            var needed =
                    OTHER_MEBIBYTES + flags.values().stream().mapToInt(it -> it).sum();
            if (flags.size() != 2 || needed > limit) {
                faults.add(Stage.called(workload) + " needs " + needed + " MiB of " + limit + ": " + options);
            }
            if (!container(workload)
                    .at("/resources/limits/memory")
                    .equals(container(workload).at("/resources/requests/memory"))) {
                faults.add(Stage.called(workload) + " may be given less memory than its limit");
            }
        });
        return faults;
    }

    /** As the namespace asks for: Kubernetes' profile "restricted", and a root that cannot be written to. */
    static List<String> security(Stage stage) {
        var faults = new ArrayList<String>();
        stage.workloads().forEach(workload -> {
            var space = stage.one("Namespace", Stage.namespace(workload));
            var pod = workload.at("/spec/template/spec");
            var secure = text(space, "/metadata/labels/" + RESTRICTED).equals("restricted")
                    && pod.at("/securityContext/runAsNonRoot").asBoolean()
                    && pod.at("/securityContext/runAsUser").asInt() > 0
                    && text(pod, "/securityContext/seccompProfile/type").equals("RuntimeDefault")
                    && !pod.path("hostNetwork").asBoolean()
                    && each(pod, "/volumes").stream().noneMatch(it -> it.has("hostPath"))
                    && containers(pod).allMatch(Running::closed);
            if (!secure) {
                faults.add(Stage.called(workload) + " may more than it needs");
            }
            if (pod.path("automountServiceAccountToken").asBoolean(true) != workload.equals(stage.deployment())) {
                faults.add(Stage.called(workload) + ": its token");
            }
        });
        return faults;
    }

    private static boolean closed(JsonNode container) {
        var may = container.path("securityContext");
        return !may.path("allowPrivilegeEscalation").asBoolean(true)
                && may.path("readOnlyRootFilesystem").asBoolean()
                && may.at("/capabilities/drop/0").asText().equals("ALL")
                && !may.path("capabilities").has("add")
                && !may.path("privileged").asBoolean();
    }

    private static Stream<JsonNode> containers(JsonNode pod) {
        return Stream.of("/containers", "/initContainers").flatMap(it -> each(pod, it).stream());
    }

    /** Files that settings name are mounted, and folders that are written to can be. */
    static List<String> files(Stage stage) {
        var faults = new ArrayList<String>();
        stage.programs().forEach(workload -> {
            var environment = stage.environment(workload);
            environment.forEach((name, value) -> {
                if (value.startsWith("/")
                        && !name.equals("SWITCHBOARD_DATA")
                        && !mounted(workload, Path.of(value), false)
                        && used(name, environment)) {
                    faults.add(Stage.called(workload) + ": " + name + " is not mounted at " + value);
                }
            });
            for (var written : List.of(environment.getOrDefault("SWITCHBOARD_DATA", "data"), "/tmp")) {
                if (!mounted(workload, Path.of(written).resolve("any"), true)) {
                    faults.add(Stage.called(workload) + " cannot write to " + written);
                }
            }
        });
        return faults;
    }

    /** The schema job serves nobody and meets nobody. */
    private static boolean used(String name, Map<String, String> environment) {
        return !"only".equals(environment.get("SWITCHBOARD_CASSANDRA_SCHEMA"))
                || !(name.startsWith("SWITCHBOARD_HTTP_TLS") || name.startsWith("SWITCHBOARD_CLUSTER_TLS"));
    }

    private static boolean mounted(JsonNode workload, Path file, boolean writable) {
        return each(container(workload), "/volumeMounts").stream()
                .filter(it -> Path.of(text(it, "/mountPath")).equals(file.getParent()))
                .filter(it -> writable != it.path("readOnly").asBoolean())
                .flatMap(mount -> each(workload, "/spec/template/spec/volumes").stream()
                        .filter(it -> text(it, "/name").equals(text(mount, "/name"))))
                .anyMatch(it -> writable == it.has("emptyDir"));
    }

    /** As many as make a cluster; nobody is taken away before another is there; a program alone is really alone. */
    static List<String> replicas(Stage stage) {
        var faults = new ArrayList<String>();
        var spec = stage.deployment().path("spec");
        if (stage.setting("SWITCHBOARD_CLUSTER_DISCOVERY").equals("none")) {
            if (spec.path("replicas").asInt() != 1
                    || !text(spec, "/strategy/type").equals("Recreate")
                    || !stage.all("HorizontalPodAutoscaler").isEmpty()) {
                faults.add("a program alone has company");
            }
        } else {
            var scaler = stage.one("HorizontalPodAutoscaler", "switchboard").path("spec");
            if (spec.has("replicas")) {
                faults.add("each apply sets back what the autoscaler said");
            }
            if (!text(scaler, "/scaleTargetRef/name").equals("switchboard")
                    || !text(scaler, "/scaleTargetRef/kind").equals("Deployment")) {
                faults.add("something else is scaled");
            }
            if (scaler.path("minReplicas").asInt() < 3
                    || !text(scaler, "/minReplicas").equals(stage.setting("SWITCHBOARD_CLUSTER_NODES"))) {
                faults.add("a first cluster waits for " + stage.setting("SWITCHBOARD_CLUSTER_NODES"));
            }
            var rolling = spec.at("/strategy/rollingUpdate");
            if (rolling.path("maxUnavailable").asInt(-1) != 0
                    || rolling.path("maxSurge").asInt() != 1) {
                faults.add("rolled by " + rolling);
            }
        }
        if (stage.one("PodDisruptionBudget", "switchboard")
                        .at("/spec/maxUnavailable")
                        .asInt()
                != 1) {
            faults.add("more than one node may be taken at a time");
        }
        return faults;
    }

    /** 0 where it is in another unit. */
    private static int mebibytes(String quantity) {
        var number = quantity.replaceAll("[MG]i$", "");
        return number.matches("\\d+") ? Integer.parseInt(number) * (quantity.endsWith("Gi") ? 1024 : 1) : 0;
    }

    static JsonNode read(Path yaml) {
        try {
            return new YAMLMapper().readTree(yaml.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Running() {}
}
