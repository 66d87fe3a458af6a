package switchboard.edge;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.UniqueKillSwitch;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.util.ByteString;

/** A reader of an event stream who takes whatever comes, as blocks of lines. */
public final class Sse implements AutoCloseable {

    private static final String OVER = "over";

    private final LinkedBlockingQueue<String> blocks = new LinkedBlockingQueue<>();
    private final UniqueKillSwitch connection;
    private String rest = "";

    public Sse(HttpResponse response, ClassicActorSystemProvider system) {
        connection = response.entity()
                .getDataBytes()
                .viaMat(KillSwitches.single(), Keep.right())
                .toMat(Sink.foreach(this::take), Keep.both())
                .mapMaterializedValue(both -> {
                    both.second()
                            .whenComplete((_, no) -> blocks.add(no == null ? OVER : OVER + ": " + no.getMessage()));
                    return both.first();
                })
                .run(system);
    }

    private synchronized void take(ByteString bytes) {
        var all = rest + bytes.decodeString(StandardCharsets.UTF_8);
        for (var end = all.indexOf("\n\n"); end >= 0; end = all.indexOf("\n\n")) {
            blocks.add(all.substring(0, end));
            all = all.substring(end + 2);
        }
        rest = all;
    }

    /** The next block, whatever it is; {@code over} when the stream has ended, with why if it broke. */
    public String next() throws InterruptedException {
        var block = blocks.poll(30, TimeUnit.SECONDS);
        if (block == null) {
            throw new AssertionError("nothing more came");
        }
        return block;
    }

    /** The ids of the next so many events. */
    public List<Long> ids(int count) throws InterruptedException {
        var ids = new ArrayList<Long>();
        while (ids.size() < count) {
            var block = next();
            if (block.startsWith("id: ")) {
                ids.add(Long.parseLong(block.substring(4, block.indexOf('\n'))));
            } else if (block.startsWith(OVER) || block.startsWith("event: end")) {
                throw new AssertionError("it ended after " + ids + ": " + block);
            }
        }
        return ids;
    }

    @Override
    public void close() {
        connection.shutdown();
    }
}
