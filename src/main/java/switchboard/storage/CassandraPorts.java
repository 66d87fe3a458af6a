package switchboard.storage;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntSupplier;

/** The two ports of the embedded node, on 127.0.0.1: clients' and the one among nodes. */
record CassandraPorts(int nativePort, int storagePort) {

    /**
     * Free ones that differ: below the range that the kernel takes for connections, because they must still be free when
     * the node is started again, and a connection to a port of that range, while nobody listens, can even reach itself.
     *
     * @param asked of the native protocol; 0 takes a free one
     */
    static CassandraPorts choose(int asked) {
        return choose(asked, () -> ThreadLocalRandom.current().nextInt(20_000, 32_000));
    }

    /** From what {@code candidates} says, one after the other. */
    static CassandraPorts choose(int asked, IntSupplier candidates) {
        var nativePort = asked == 0 ? free(candidates, 0) : asked;
        return new CassandraPorts(nativePort, free(candidates, nativePort));
    }

    /** Whether somebody listens there; meant for when the node itself does not run. */
    boolean held() {
        return !isFree(nativePort) || !isFree(storagePort);
    }

    private static int free(IntSupplier candidates, int other) {
        while (true) {
            var port = candidates.getAsInt();
            if (port != other && isFree(port)) {
                return port;
            }
        }
    }

    private static boolean isFree(int port) {
        try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (IOException e) { // what was asked for is just this
            return false;
        }
    }
}
