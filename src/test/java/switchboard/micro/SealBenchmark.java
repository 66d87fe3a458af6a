package switchboard.micro;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import switchboard.log.DataKey;

/** Encryption of one event of 200 characters with a key that is at hand. */
public class SealBenchmark extends Timed {

    private final DataKey key = DataKey.random();
    private final byte[] plain = ("{\"text\":\"" + TEXT + "\"}").getBytes(UTF_8);
    private final String sealed = key.seal(plain, Log.PID, 7);

    @Benchmark
    public String sealed() {
        return key.seal(plain, Log.PID, 7);
    }

    @Benchmark
    public Optional<byte[]> opened() {
        return key.open(sealed, Log.PID, 7);
    }
}
