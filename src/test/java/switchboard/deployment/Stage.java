package switchboard.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import switchboard.program.Command;

/** One overlay as it would be applied. */
record Stage(String name, List<ObjectNode> objects) {

    static final List<String> ALL = List.of("dev", "staging", "prod");

    private static final YAMLMapper YAML = new YAMLMapper();

    static Stage rendered(String name) {
        Command.needed("kubectl", "of version 1.30 or later; its kustomize renders the manifests");
        var said = Command.PLAIN.tried(List.of("kubectl", "kustomize", "k8s/overlays/" + name));
        assertThat(said.code()).as(said.errors()).isZero();
        assertThat(said.errors()).isEmpty();
        try (var documents = YAML.readerFor(ObjectNode.class).<ObjectNode>readValues(said.output())) {
            return new Stage(name, documents.readAll());
        } catch (IOException e) {
            throw new AssertionError("kubectl's YAML cannot be read", e);
        }
    }

    /** A copy in which something is wrong. */
    Stage but(Consumer<Stage> wrong) {
        var copy = new Stage(
                name, new ArrayList<>(objects.stream().map(ObjectNode::deepCopy).toList()));
        wrong.accept(copy);
        assertThat(copy.objects()).as("the mutant differs").isNotEqualTo(objects);
        return copy;
    }

    /** Every object of that kind. */
    List<ObjectNode> all(String kind) {
        return objects.stream().filter(it -> kind.equals(text(it, "/kind"))).toList();
    }

    Optional<ObjectNode> find(String kind, String name) {
        return all(kind).stream()
                .filter(it -> name.equals(text(it, "/metadata/name")))
                .findFirst();
    }

    ObjectNode one(String kind, String name) {
        return find(kind, name).orElseThrow(() -> new AssertionError("no " + kind + " " + name + " in " + this.name));
    }

    /** The nodes'. */
    ObjectNode deployment() {
        return one("Deployment", "switchboard");
    }

    /** What of ours runs: the nodes, and the job where there is one. */
    Stream<ObjectNode> programs() {
        return Stream.concat(Stream.of(deployment()), find("Job", "switchboard-schema").stream());
    }

    /** Everything that has pods, of which ours and the trial's database can be seen into. */
    Stream<ObjectNode> workloads() {
        return Stream.of("Deployment", "StatefulSet", "Job").flatMap(kind -> all(kind).stream());
    }

    /** The environment of a workload's first container; what comes from the pod or a secret stands as its path or name. */
    Map<String, String> environment(JsonNode workload) {
        var container = container(workload);
        var found = new TreeMap<String, String>();
        for (var from : container.path("envFrom")) {
            one("ConfigMap", text(from, "/configMapRef/name"))
                    .path("data")
                    .properties()
                    .forEach(it -> found.put(it.getKey(), it.getValue().asText()));
        }
        for (var variable : container.path("env")) {
            var value = variable.path("value").isTextual()
                    ? text(variable, "/value")
                    : text(variable, "/valueFrom/fieldRef/fieldPath") + text(variable, "/valueFrom/secretKeyRef/name");
            found.put(text(variable, "/name"), value);
        }
        return found;
    }

    /** The nodes'. */
    String setting(String name) {
        return environment(deployment()).getOrDefault(name, "");
    }

    static ObjectNode container(JsonNode workload) {
        return object(workload, "/spec/template/spec/containers/0");
    }

    static ObjectNode object(JsonNode from, String path) {
        return from.at(path) instanceof ObjectNode it ? it : new ObjectNode(YAML.getNodeFactory());
    }

    /** Empty where it is missing. */
    static String text(JsonNode from, String path) {
        return from.at(path).asText();
    }

    static String namespace(JsonNode object) {
        return text(object, "/metadata/namespace");
    }

    static String called(JsonNode object) {
        return text(object, "/kind") + " " + text(object, "/metadata/name");
    }

    static List<JsonNode> each(JsonNode from, String path) {
        var found = new ArrayList<JsonNode>();
        from.at(path).forEach(found::add);
        return found;
    }
}
