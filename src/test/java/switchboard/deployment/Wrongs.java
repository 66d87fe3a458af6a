package switchboard.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What each check must find: {@code wrongs.yaml}. */
final class Wrongs {

    /**
     * @param check that must find it
     * @param what is wrong
     * @param stage in which it is put
     */
    record Wrong(String check, String what, String stage, JsonNode said) {

        /** Puts it into {@code copy}. */
        void into(Stage copy) {
            if (said.has("at")) {
                change(object(copy), said.path("at").asText(), said.path("to"));
            } else if (said.has("of")) {
                copy.objects().remove(object(copy));
            }
            said.path("also").properties().forEach(it -> settings(copy).set(it.getKey(), it.getValue()));
        }

        private ObjectNode object(Stage copy) {
            var of = said.path("of").asText("Deployment switchboard");
            return copy.objects().stream()
                    .filter(it -> Stage.called(it).matches(of + "(-[a-z0-9]{10})?"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no " + of));
        }
    }

    private static final String POD = "/spec/template/spec";

    static final List<Wrong> ALL =
            Running.read(Path.of("src/test/resources/deployment/wrongs.yaml")).properties().stream()
                    .flatMap(of -> Stage.each(of.getValue(), "").stream().map(it -> wrong(of.getKey(), it)))
                    .toList();

    private static Wrong wrong(String check, JsonNode said) {
        return new Wrong(check, said.path("what").asText(), said.path("in").asText("prod"), said);
    }

    private static ObjectNode settings(Stage copy) {
        return copy.all("ConfigMap").stream()
                .map(it -> Stage.object(it, "/data"))
                .filter(it -> it.has("SWITCHBOARD_HTTP_PORT"))
                .findFirst()
                .orElseThrow();
    }

    private static void change(ObjectNode object, String at, JsonNode to) {
        var path = at.replace("container:", POD + "/containers/0").replace("pod:", POD);
        var parent = at(object, path.substring(0, path.lastIndexOf('/')));
        var field = path.substring(path.lastIndexOf('/') + 1).replace("~1", "/");
        if (to.isMissingNode()) {
            parent.remove(field);
        } else {
            parent.set(field, to);
        }
    }

    private static ObjectNode at(JsonNode from, String path) {
        var found = from;
        for (var step : Stream.of(path.split("/", -1)).skip(1).toList()) {
            found = step.startsWith("{") ? item(found, step.substring(1, step.length() - 1)) : found.at("/" + step);
        }
        return (ObjectNode) found;
    }

    private static JsonNode item(JsonNode items, String name) {
        return Stage.each((ArrayNode) items, "").stream()
                .filter(it -> Stage.text(it, "/name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Wrongs() {}
}
