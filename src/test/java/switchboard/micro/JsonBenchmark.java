package switchboard.micro;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.openjdk.jmh.annotations.Benchmark;
import switchboard.request.CloudEvents;
import switchboard.wire.Inbound;

/** What a gateway posts, read and held against the contract. */
public class JsonBenchmark extends Timed {

    private final byte[] message = """
            {"specversion":"1.0","type":"message.received","source":"/chat/bench","id":"4711","subject":"customer-17",\
            "time":"2026-01-01T12:00:00Z","data":{"text":"%s"}}""".formatted(TEXT).getBytes(UTF_8);

    private final byte[] receipt = """
            {"specversion":"1.0","type":"message.accepted","source":"/chat/bench","id":"4712","subject":"customer-17",\
            "data":{"ref":"%s.7","providerId":"p-7"}}""".formatted(Log.ID).getBytes(UTF_8);

    @Benchmark
    public Inbound message() {
        return CloudEvents.read(message);
    }

    @Benchmark
    public Inbound receipt() {
        return CloudEvents.read(receipt);
    }
}
