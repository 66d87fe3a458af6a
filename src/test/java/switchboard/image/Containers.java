package switchboard.image;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import switchboard.program.Command;
import switchboard.program.Command.Said;

/**
 * Containers on a network of their own that leads nowhere else, with images stored apart from the machine's; what is left at the end
 * are the storage's files, which go with mvn clean.
 */
final class Containers implements AutoCloseable {

    private final Path folder;
    private final String name = "switchboard-" + ThreadLocalRandom.current().nextInt(100_000, 1_000_000);
    private final List<String> running = new ArrayList<>();
    private final Command command;
    private final String prefix;

    /** Images are kept in {@code folder}. */
    Containers(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder.toAbsolutePath());
        Files.writeString(folder.resolve("storage.conf"), """
                [storage]
                driver = "overlay"
                graphroot = "%1$s/storage"
                runroot = "%1$s/run"
                """.formatted(this.folder));
        Files.writeString(folder.resolve("containers.conf"), """
                [containers]
                default_ulimits = ["nofile=16384:16384", "nproc=8192:8192"]
                [network]
                network_config_dir = "%1$s/networks"
                [engine]
                runtime = "runc"
                cgroup_manager = "cgroupfs"
                """.formatted(this.folder));
        command = new Command(Map.of(
                "CONTAINERS_STORAGE_CONF", this.folder.resolve("storage.conf").toString(),
                "CONTAINERS_CONF", this.folder.resolve("containers.conf").toString(),
                "JAVA_HOME", System.getProperty("java.home")));
        command.run("podman", "network", "create", "--internal", name);
        var gateway = podman("network", "inspect", name, "--format", "{{(index .Subnets 0).Gateway}}");
        prefix = gateway.substring(0, gateway.lastIndexOf('.') + 1);
    }

    Command command() {
        return command;
    }

    String podman(String... arguments) {
        var all = new ArrayList<>(List.of("podman"));
        all.addAll(List.of(arguments));
        return command.run(all.toArray(String[]::new));
    }

    /** This machine's address on the network, which it has as long as a container is there: one that sleeps. */
    InetAddress gateway(String image) throws IOException {
        podman(
                "run",
                "--detach",
                "--name",
                container(0),
                "--network",
                name,
                "--ip",
                address(0),
                image,
                "sleep",
                "infinity");
        running.add(container(0));
        return InetAddress.getByName(prefix + "1");
    }

    /** That of container {@code number}. */
    String address(int number) {
        return prefix + (10 + number);
    }

    /** Makes it, not started yet: as an operator would have it, without any right, and with nowhere to write but where it must. */
    void create(int number, String image, String alias, Map<String, String> env, List<String> options) {
        var all = new ArrayList<>(List.of("podman", "create", "--name", container(number)));
        all.addAll(List.of("--network", name, "--ip", address(number), "--network-alias", alias));
        all.addAll(List.of("--read-only", "--read-only-tmpfs=false", "--user", "10001:10001", "--cap-drop", "all"));
        all.addAll(List.of("--security-opt", "no-new-privileges", "--tmpfs", "/tmp:rw,exec,nosuid,nodev,size=512m"));
        all.addAll(options);
        env.forEach((key, value) -> all.addAll(List.of("--env", key + "=" + value)));
        all.add(image);
        command.run(all.toArray(String[]::new));
        running.add(container(number));
    }

    void start(int number) {
        podman("start", container(number));
    }

    /** Such a signal to what it runs, and nothing to anything else. */
    void kill(int number, String signal) {
        podman("kill", "--signal", signal, container(number));
    }

    /** Its exit code, once it has ended. */
    int exit(int number) {
        return Integer.parseInt(podman("wait", container(number)));
    }

    boolean runs(int number) {
        return podman("inspect", container(number), "--format", "{{.State.Running}}")
                .equals("true");
    }

    /** As this machine sees it. */
    long pid(int number) {
        return Long.parseLong(podman("inspect", container(number), "--format", "{{.State.Pid}}"));
    }

    String logs(int number) {
        var said = command.tried(List.of("podman", "logs", container(number)));
        return said.output() + said.errors();
    }

    /** Runs it to its end and leaves nothing of it. */
    Said once(String... arguments) {
        var all = new ArrayList<>(List.of("podman", "run", "--rm", "--network", "none"));
        all.addAll(List.of(arguments));
        return command.tried(all);
    }

    private String container(int number) {
        return name + "-" + number;
    }

    @Override
    public void close() {
        running.forEach(it -> command.tried(List.of("podman", "rm", "--force", "--volumes", "--time", "0", it)));
        podman("network", "rm", name);
        command.tried(List.of("umount", folder.resolve("storage/overlay").toString()));
    }
}
