package switchboard.image;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What the image says of itself, held against the manifests that run it. */
class DockerfileTest {

    private final List<String> lines = Files.readString(Path.of("src/main/image/Dockerfile"))
            .replace("\\\n", " ")
            .lines()
            .map(it -> it.strip().replaceAll(" +", " "))
            .toList();
    private final JsonNode deployment = new YAMLMapper(new YAMLFactory())
            .readTree(Path.of("k8s/base/deployment.yaml").toFile());
    private final JsonNode pod = deployment.at("/spec/template/spec");
    private final JsonNode container = pod.at("/containers/0");
    private final List<String> settings = Files.readAllLines(Path.of("k8s/base/settings.env"));

    DockerfileTest() throws IOException {}

    @Test
    void it_runs_as_whom_the_manifests_name() {
        assertThat(said("USER"))
                .containsExactly(pod.at("/securityContext/runAsUser").asText() + ":"
                        + pod.at("/securityContext/runAsGroup").asText());
    }

    @Test
    void its_ports_are_those_of_the_manifests() {
        var theirs = StreamSupport.stream(container.path("ports").spliterator(), false)
                .map(it -> it.path("containerPort").asText())
                .collect(toSet());

        assertThat(said("EXPOSE").stream().flatMap(it -> Stream.of(it.split(" "))))
                .containsExactlyInAnyOrderElementsOf(theirs);
    }

    @Test
    void its_own_settings_are_those_of_the_manifests() {
        var ours = said("ENV").stream()
                .flatMap(it -> Stream.of(it.split(" ")))
                .filter(it -> it.startsWith("SWITCHBOARD_"))
                .toList();

        assertThat(ours).isNotEmpty().isSubsetOf(settings);
    }

    @Test
    void it_may_write_where_the_manifests_have_volumes_and_nowhere_else() {
        var writable = StreamSupport.stream(container.path("volumeMounts").spliterator(), false)
                .filter(it -> !it.path("readOnly").asBoolean())
                .map(it -> it.path("mountPath").asText());

        assertThat(writable).containsExactlyInAnyOrder("/tmp", said("WORKDIR").getLast());
        assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                .isTrue();
    }

    /** A shell between would keep the order to stop to itself; options are the manifests' to give. */
    @Test
    void it_begins_with_the_program_itself_and_leaves_memory_to_the_manifests() throws IOException {
        var command = new JsonMapper().readValue(said("ENTRYPOINT").getLast(), String[].class);

        assertThat(command)
                .startsWith("java")
                .noneMatch(it -> it.startsWith("-Xm"))
                .contains("-jar");
        assertThat(container.has("command") || container.has("args")).isFalse();
    }

    private List<String> said(String instruction) {
        return lines.stream()
                .filter(it -> it.startsWith(instruction + " "))
                .map(it -> it.substring(instruction.length() + 1))
                .toList();
    }
}
