package switchboard.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.SocketFactory;
import javax.net.ssl.SSLException;

/** One connection, byte by byte. */
final class Client implements AutoCloseable {

    private static final int PATIENCE = 60_000;

    private final Socket socket;

    private Client(Socket socket) {
        this.socket = socket;
    }

    /** From that address of this machine. */
    static Client to(Server server, String from) throws IOException {
        return of(SocketFactory.getDefault(), server, from);
    }

    /** The same with sockets of that kind: plain or TLS, whose handshake comes with the first byte. */
    static Client of(SocketFactory sockets, Server server, String from) throws IOException {
        var loopback = InetAddress.ofLiteral("127.0.0.1");
        var socket = sockets.createSocket(loopback, server.address().getPort(), InetAddress.ofLiteral(from), 0);
        socket.setSoTimeout(PATIENCE);
        return new Client(socket);
    }

    Client sends(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(UTF_8));
        return this;
    }

    /** A byte, then a moment without an answer, and so on: {@code closed} once the server has, {@code open} at the end. */
    String drips(String text) throws IOException {
        for (var b : text.getBytes(UTF_8)) {
            try {
                socket.getOutputStream().write(b);
            } catch (SocketException | SSLException _) {
                return "closed";
            }
            if (!silentFor(Duration.ofMillis(10))) {
                return "closed";
            }
        }
        return "open";
    }

    /** Whether the server neither says anything nor closes for so long; answers that come meanwhile are taken. */
    boolean silentFor(Duration time) throws IOException {
        socket.setSoTimeout((int) time.toMillis());
        try {
            int b = socket.getInputStream().read();
            while (b >= 0) {
                b = socket.getInputStream().read();
            }
            return false;
        } catch (SocketTimeoutException _) {
            return true;
        } catch (SocketException | SSLException _) {
            return false;
        } finally {
            socket.setSoTimeout(PATIENCE);
        }
    }

    /** All that comes until the server closes, or cuts. */
    String rest() throws IOException {
        return read("");
    }

    /** All that comes until {@code text} has. */
    String until(String text) throws IOException {
        return read(text);
    }

    private String read(String end) throws IOException {
        var all = new ByteArrayOutputStream();
        try {
            for (int b = socket.getInputStream().read();
                    b >= 0;
                    b = socket.getInputStream().read()) {
                all.write(b);
                if (!end.isEmpty()
                        && b == end.charAt(end.length() - 1)
                        && all.toString(UTF_8).endsWith(end)) {
                    break;
                }
            }
        } catch (SocketException | SSLException _) {
            return all.toString(UTF_8);
        }
        return all.toString(UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
