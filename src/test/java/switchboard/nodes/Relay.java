package switchboard.nodes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * A port whose connections end somewhere else, and whose bytes can be held back: what was sent meanwhile arrives later, as it
 * does after a partition.
 */
public final class Relay implements AutoCloseable {

    /** Whose bytes pass now. */
    public interface Gate {
        Gate OPEN = _ -> true;

        /** Whether those pass that the connection from {@code port} brings and is brought. */
        boolean open(int port);
    }

    private static final int BYTES = 16_384;
    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(10);

    private final ServerSocket server;
    private final Supplier<InetSocketAddress> target;
    private final Gate gate;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** On a free port of 127.0.0.1; {@code target} is asked for each connection. */
    Relay(Supplier<InetSocketAddress> target, Gate gate) {
        this(InetAddress.getLoopbackAddress(), target, gate);
    }

    /** On a free port of that address of this machine. */
    public Relay(InetAddress at, Supplier<InetSocketAddress> target, Gate gate) {
        this.target = target;
        this.gate = gate;
        try {
            server = new ServerSocket(0, 1_000, at);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** That port of 127.0.0.1. */
    public static InetSocketAddress local(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private void accept() {
        while (!closed) {
            try {
                var from = server.accept();
                Thread.ofVirtual().start(() -> join(from));
            } catch (IOException e) {
                if (!closed) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void join(Socket from) {
        var to = new Socket();
        open.add(from);
        open.add(to);
        try (from;
                to) {
            from.setTcpNoDelay(true);
            pass(from.getPort());
            to.connect(target.get());
            to.setTcpNoDelay(true);
            var back = Thread.ofVirtual().start(() -> copy(to, from, from.getPort()));
            copy(from, to, from.getPort());
            back.join();
        } catch (IOException e) {
            // nobody is there: both see the end of the connection
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    /** Until one of them ends it; then both do. */
    private void copy(Socket from, Socket to, int port) {
        var bytes = new byte[BYTES];
        try {
            var in = from.getInputStream();
            var out = to.getOutputStream();
            for (var count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                pass(port);
                out.write(bytes, 0, count);
            }
        } catch (IOException e) {
            // the end, as good as any
        } finally {
            end(from);
            end(to);
        }
    }

    /** Returns once the gate is open. */
    private void pass(int port) {
        while (!closed && !gate.open(port)) {
            LockSupport.parkNanos(LOOK);
        }
    }

    private static void end(Socket it) {
        try {
            it.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open.forEach(Relay::end);
    }
}
