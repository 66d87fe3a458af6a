package switchboard.faults;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import switchboard.invariants.Exchange;
import switchboard.invariants.Exchange.Answer;
import switchboard.invariants.Json;

/**
 * What a gateway keeps for itself, in a file whose lines are synced: each request before it is sent, each answer
 * before it is believed. Safe for many threads; the judge reads the file, not anyone's memory.
 */
final class Ledger implements Closeable {

    private final Path file;
    private final FileChannel out;
    private long requests;
    private long written;
    private long synced;

    Ledger(Path file) throws IOException {
        this.file = file;
        this.out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** Notes a request that is about to be sent; returns its number. */
    long intend(Message message) {
        long number;
        long end;
        synchronized (this) {
            number = ++requests;
            end = append(Json.object()
                    .put("request", number)
                    .put("thread", message.thread())
                    .put("source", message.source())
                    .put("id", message.id())
                    .put("text", message.text())
                    .toString());
        }
        sync(end);
        return number;
    }

    /** Notes what request {@code number} was answered. */
    void answered(long number, Answer answer) {
        var line = Json.object()
                .put("answer", number)
                .put("status", answer.status())
                .put("body", answer.body());
        long end;
        synchronized (this) {
            end = append(line.toString());
        }
        sync(end);
    }

    /** All that was noted, in the order of sending. */
    List<Exchange> read() throws IOException {
        var exchanges = new LinkedHashMap<Long, Exchange>();
        for (var line : Files.readAllLines(file)) {
            var json = Json.read(line);
            if (json.has("answer")) {
                var answer = new Answer(
                        json.path("status").asInt(), json.path("body").asText());
                exchanges.computeIfPresent(json.path("answer").asLong(), (_, e) -> answered(e, answer));
            } else {
                var e = new Exchange(
                        json.path("request").asLong(),
                        json.path("thread").asText(),
                        json.path("source").asText(),
                        json.path("id").asText(),
                        json.path("text").asText(),
                        Optional.empty());
                exchanges.put(e.number(), e);
            }
        }
        return new ArrayList<>(exchanges.values());
    }

    private static Exchange answered(Exchange e, Answer answer) {
        return new Exchange(e.number(), e.thread(), e.source(), e.id(), e.text(), Optional.of(answer));
    }

    private long append(String line) {
        try {
            return written += out.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns when the first {@code bytes} are on disk; who waits meanwhile shares the next sync. */
    private void sync(long bytes) {
        synchronized (out) {
            if (synced < bytes) {
                var sofar = written();
                force();
                synced = sofar;
            }
        }
    }

    private synchronized long written() {
        return written;
    }

    private void force() {
        try {
            out.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
