package switchboard.storage;

import static java.util.Objects.requireNonNull;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import switchboard.wire.CannotStart;

/** The embedded node's folder: its yaml, the small jar before Cassandra's own, and how its JVM is called. */
record CassandraHome(Path folder, Path lib, String heap, int nativePort, int storagePort) {

    private static final int LONGEST_REASON = 300;

    /** Cassandra's own words, then the JVM's. */
    private static final List<String> REASONS =
            List.of("is in use by another process", "Exception (", "Terminating due to");

    /** As in Cassandra's own {@code jvm17-server.options}. */
    private static final List<String> MODULES = List.of(
            "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
            "--add-exports=java.management.rmi/com.sun.jmx.remote.internal.rmi=ALL-UNNAMED",
            "--add-exports=java.rmi/sun.rmi.registry=ALL-UNNAMED",
            "--add-exports=java.rmi/sun.rmi.server=ALL-UNNAMED",
            "--add-exports=java.sql/java.sql=ALL-UNNAMED",
            "--add-exports=java.base/java.lang.ref=ALL-UNNAMED",
            "--add-exports=jdk.unsupported/sun.misc=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.module=ALL-UNNAMED",
            "--add-opens=java.base/jdk.internal.loader=ALL-UNNAMED",
            "--add-opens=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-opens=java.base/jdk.internal.reflect=ALL-UNNAMED",
            "--add-opens=java.base/jdk.internal.math=ALL-UNNAMED",
            "--add-opens=java.base/jdk.internal.module=ALL-UNNAMED",
            "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=java.base/java.io=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED");

    /** Tried one by one; {@code skip_sync} must never be among them. */
    private static final List<String> FLAGS = List.of(
            "-XX:+UseSerialGC",
            "-Xss256k",
            "-XX:+ExitOnOutOfMemoryError",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED",
            "-Dfile.encoding=UTF-8",
            "-Djava.awt.headless=true",
            "-Djdk.attach.allowAttachSelf=true",
            "-Dio.netty.tryReflectionSetAccessible=true",
            "-Dcassandra-foreground=yes",
            "-Dcassandra.skip_wait_for_gossip_to_settle=0",
            "-Dcassandra.ring_delay_ms=1",
            "-Dcassandra.initial_token=0",
            "-Dcassandra.memtable.row_overhead_size=181",
            "-Dcassandra.skip_paxos_state_rebuild=true",
            "-Dcassandra.shutdown_announce_in_ms=0",
            "-Dcassandra.superuser_setup_delay_ms=-1",
            "-Dcassandra.available_processors=2");

    /** Writes the folder's files and returns how the node is started; its output goes to {@code output.log}. */
    ProcessBuilder prepare() throws IOException {
        Files.createDirectories(folder);
        Files.deleteIfExists(folder.resolve("ready"));
        var yaml = folder.resolve("cassandra.yaml");
        Files.writeString(
                yaml,
                new String(resource("/embedded-cassandra.yaml"), StandardCharsets.UTF_8)
                        .replace("${folder}", quoted(folder))
                        .replace("${nativePort}", String.valueOf(nativePort))
                        .replace("${storagePort}", String.valueOf(storagePort)));
        var child = new ProcessBuilder(command(yaml));
        child.environment().put("CLASSPATH", classPath());
        child.environment().put("MALLOC_ARENA_MAX", "2");
        child.directory(folder.toFile());
        child.redirectErrorStream(true);
        child.redirectOutput(output().toFile());
        return child;
    }

    /** What the JVM itself said. */
    Path output() {
        return folder.resolve("output.log");
    }

    /** The line in which it said why it ended, cut to 300 characters. */
    String reason() {
        try (var lines = Files.lines(output(), StandardCharsets.ISO_8859_1)) { // reads whatever bytes there are
            return lines.filter(line -> REASONS.stream().anyMatch(line::contains))
                    .findFirst()
                    .map(line -> line.substring(0, Math.min(line.length(), LONGEST_REASON)))
                    .orElse("it did not say why");
        } catch (IOException | UncheckedIOException e) {
            return "what it said cannot be read: " + e.getMessage();
        }
    }

    /** Whether that process serves; a node of a program that was killed may still be around for some seconds. */
    boolean ready(long pid) {
        try {
            var ready = folder.resolve("ready");
            return Files.exists(ready) && Files.readString(ready).equals(String.valueOf(pid));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> command(Path yaml) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + heap);
        command.addAll(FLAGS);
        command.addAll(MODULES);
        command.add("-Dcassandra.config=" + yaml.toUri());
        command.add("-Dcassandra.storagedir=" + folder);
        command.add("-Dcassandra.logdir=" + folder);
        command.add(CassandraChild.class.getName());
        command.add(folder.toString());
        return command;
    }

    private String classPath() throws IOException {
        if (!Files.isDirectory(lib)) {
            throw new CannotStart("the embedded Cassandra's jars are not in " + lib + ": mvn compile puts them there;"
                    + " or SWITCHBOARD_CASSANDRA_CONTACT_POINTS names a Cassandra of your own");
        }
        var jars = jars();
        var small = folder.resolve("switchboard-child.jar");
        var bytes = CassandraJar.bytes(jars);
        if (!Files.exists(small) || !Arrays.equals(Files.readAllBytes(small), bytes)) {
            Files.write(small, bytes);
        }
        return Stream.concat(Stream.of(small), jars.stream())
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private List<Path> jars() throws IOException {
        try (var files = Files.list(lib)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (var in = requireNonNull(CassandraHome.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        }
    }

    private static String quoted(Path path) {
        return path.toString().replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
