package switchboard.gateway;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import switchboard.invariants.Json;
import switchboard.invariants.Outgoing.Said;

/**
 * Delivers a channel's messages to a file: each is appended and synced, unless its id is there already, and only then
 * accepted. It may be killed at any moment and started again on the same file.
 *
 * <pre>ReferenceGateway FILE-WITH-THE-PROGRAMS-ADDRESS CHANNEL PARTITIONS FILE-OF-DELIVERIES</pre>
 */
public final class ReferenceGateway {

    private static final long PAUSE = 100_000_000;

    private final Path address;
    private final String channel;
    private final String partitions;
    private final FileChannel out;
    private final Set<String> delivered;

    public static void main(String[] args) throws Exception {
        new ReferenceGateway(Path.of(args[0]), args[1], args[2], Path.of(args[3])).run();
    }

    private ReferenceGateway(Path address, String channel, String partitions, Path deliveries) throws IOException {
        this.address = address;
        this.channel = channel;
        this.partitions = partitions;
        this.delivered = new HashSet<>(read(deliveries).stream().map(Said::id).toList());
        this.out = FileChannel.open(deliveries, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        this.out.truncate(whole(Files.readAllBytes(deliveries)));
        this.out.position(this.out.size());
    }

    /** What a file of deliveries says; a last line that is still being written, or was cut off by a kill, is none. */
    static List<Said> read(Path deliveries) throws IOException {
        if (!Files.exists(deliveries)) {
            return List.of();
        }
        var bytes = Files.readAllBytes(deliveries);
        var text = new String(bytes, 0, whole(bytes), StandardCharsets.UTF_8);
        return text.lines()
                .map(line -> new Line.Event("message.send", line).said())
                .toList();
    }

    /** Where the last whole line ends. */
    private static int whole(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    private void run() throws InterruptedException {
        while (!Thread.interrupted()) {
            try (var line = Line.connect(program(), channel, partitions)) {
                for (var said = line.message(); said.isPresent(); said = line.message()) {
                    deliver(said.get());
                    accept(said.get());
                }
            } catch (IOException e) {
                System.err.println("not connected: " + e);
            }
            LockSupport.parkNanos(PAUSE);
        }
    }

    private URI program() throws IOException {
        return URI.create(Files.readString(address).strip());
    }

    private void deliver(Said said) throws IOException {
        if (delivered.add(said.id())) {
            var line = Json.object()
                    .put("id", said.id())
                    .put("conversation", said.conversation())
                    .put("seq", said.seq())
                    .put("thread", said.thread())
                    .put("text", said.text());
            out.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
            out.force(false);
        }
    }

    /** Until there is an answer; what is refused for good is refused again the next time. */
    private void accept(Said said) throws IOException, InterruptedException {
        var answer = Line.report(program(), channel, "message.accepted", said, "accepted-" + said.seq());
        if (answer.statusCode() != 201) {
            throw new IOException(said.id() + " cannot be accepted: " + answer.statusCode());
        }
    }
}
