package switchboard.gateway;

import java.io.IOException;
import java.nio.file.Path;

/** A {@link ReferenceGateway} in a JVM of its own. */
final class GatewayProcess implements AutoCloseable {

    private final Process process;

    /** Over the partitions {@code partitions} of {@code channel}, delivering to {@code deliveries}. */
    static GatewayProcess start(Path address, String channel, String partitions, Path deliveries) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var builder = new ProcessBuilder(
                java,
                "-Xmx64m",
                "-XX:+UseSerialGC",
                ReferenceGateway.class.getName(),
                address.toString(),
                channel,
                partitions,
                deliveries.toString());
        builder.environment().put("CLASSPATH", classes);
        var output =
                deliveries.resolveSibling(deliveries.getFileName() + ".out").toFile();
        return new GatewayProcess(builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output))
                .start());
    }

    private GatewayProcess(Process process) {
        this.process = process;
    }

    /** kill -9; returns when it is gone. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
