package switchboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/**
 * The program as a process of its own, on a free port of 127.0.0.1 unless {@code SWITCHBOARD_HTTP_PORT} is given, and without its
 * bot and the articles of {@link #BOT} unless that is given: most of what is tested is between people.
 * Closing it kills it and waits for its Cassandra to be gone.
 */
public final class SwitchboardProcess implements AutoCloseable {

    /** With its own bot, which learns what the built-in articles say. */
    public static final Map<String, String> BOT =
            Map.of("SWITCHBOARD_BOT", "on", "SWITCHBOARD_KNOWLEDGE_BUILT_IN", "on");

    /** What is owed is looked after within a minute, and may begin another log that owes for a minute, on a busy machine. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Options of its JVM and its Cassandra's; none where nobody says so, as in benchmarks. */
    private static final String JVM = System.getProperty("program.jvm", "");

    /** The most that it may have: little where many run side by side, as much as the run command gives where it is measured. */
    private static final String HEAP = System.getProperty("program.heap", "384m");

    private static final List<String> OPTIONS =
            List.of("-Xmx" + HEAP, "--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED");

    private static final Pattern LAUNCHER = Pattern.compile("\\ANOTE: Picked up JDK_JAVA_OPTIONS: .*\\R");
    private static final Pattern LISTENING = Pattern.compile("listening on https?://127\\.0\\.0\\.1:(\\d+)");

    private final Process process;
    private final Path output;
    private volatile OptionalInt port = OptionalInt.empty();

    /** Starts it on {@code data}, with {@code env} over a bare environment; waits for nothing. */
    public static SwitchboardProcess start(Path data, Map<String, String> env) {
        return start(data, env, List.of());
    }

    private static SwitchboardProcess start(Path data, Map<String, String> env, List<String> options) {
        try {
            var output = Files.createTempFile("switchboard", ".out");
            var command = new ArrayList<String>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(OPTIONS);
            command.addAll(options);
            command.add("switchboard.Main");
            var builder = new ProcessBuilder(command);
            var environment = builder.environment();
            environment.keySet().removeIf(name -> name.startsWith("SWITCHBOARD_"));
            if (!JVM.isBlank()) {
                environment.put("JDK_JAVA_OPTIONS", JVM);
            }
            environment.put("CLASSPATH", classPath());
            environment.put("SWITCHBOARD_DATA", data.toString());
            environment.put("SWITCHBOARD_HTTP_PORT", "0");
            environment.put("SWITCHBOARD_BOT", "off");
            environment.put("SWITCHBOARD_KNOWLEDGE_BUILT_IN", "off");
            environment.putAll(env);
            builder.redirectErrorStream(true).redirectOutput(output.toFile());
            return new SwitchboardProcess(builder.start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With the embedded Cassandra; returns once it serves. */
    public static SwitchboardProcess ready(Path data, Map<String, String> env) {
        return ready(data, env, List.of());
    }

    /** The same, with {@code options} of its JVM after its own, so over them. */
    public static SwitchboardProcess ready(Path data, Map<String, String> env, List<String> options) {
        var it = start(data, env, options);
        try {
            it.awaitReady();
        } catch (RuntimeException e) {
            it.close();
            throw e;
        }
        return it;
    }

    private SwitchboardProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    public void awaitReady() {
        await("listening", () -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("ended with " + process.exitValue() + ":\n" + output());
            }
            return listens();
        });
    }

    public boolean ended() {
        return !process.isAlive();
    }

    /** Whether it has said where. */
    public boolean listens() {
        return process.isAlive() && said().isPresent();
    }

    /** Where it listens; it must be ready. */
    public int port() {
        return said().orElseThrow(() -> new IllegalStateException("does not listen:\n" + output()));
    }

    /** Its port, once it has named it. */
    private OptionalInt said() {
        if (port.isEmpty()) {
            var found = LISTENING.matcher(output());
            port = found.find() ? OptionalInt.of(Integer.parseInt(found.group(1))) : OptionalInt.empty();
        }
        return port;
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    public long pid() {
        return process.pid();
    }

    /** Its embedded Cassandra; none with another's. */
    public List<ProcessHandle> cassandra() {
        return process.children().toList();
    }

    /** All that it has said, but for the launcher's word on the options that tests give it. */
    public String output() {
        try {
            return LAUNCHER.matcher(Files.readString(output)).replaceFirst("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** kill -9; returns when it is gone. Its Cassandra needs some seconds more. */
    public void kill() {
        process.destroyForcibly();
        exit();
    }

    /** SIGTERM; returns the exit code. */
    public int terminate() {
        process.destroy();
        return exit();
    }

    /** Its exit code, once it has ended. */
    public int exit() {
        await("end", () -> !process.isAlive());
        return process.exitValue();
    }

    @Override
    public void close() {
        var all = process.descendants().toList();
        process.destroyForcibly();
        exit();
        all.forEach(SwitchboardProcess::awaitGone);
        try {
            Files.deleteIfExists(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns when that process is gone. */
    public static void awaitGone(ProcessHandle handle) {
        handle.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** Asks again and again until it is so. */
    public static void await(String what, BooleanSupplier so) {
        var start = System.nanoTime();
        while (!so.getAsBoolean()) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new IllegalStateException("still waiting for " + what + " after " + PATIENCE.toSeconds() + " s");
            }
            CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS))
                    .join();
        }
    }

    /** Without the tests' own classes and settings. */
    public static String classPath() {
        var all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Pattern.compile(Pattern.quote(java.io.File.pathSeparator))
                .splitAsStream(all)
                .filter(part -> !part.contains("test-classes"))
                .collect(java.util.stream.Collectors.joining(java.io.File.pathSeparator));
    }
}
