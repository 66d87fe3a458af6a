package switchboard.witness;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import switchboard.invariants.Exchange;
import switchboard.invariants.Exchange.Answer;
import switchboard.invariants.Json;

/** Where in a ledger each thread's lines stand: 16 bytes of memory a line, so that a long run is read thread by thread. */
public final class LedgerIndex implements Closeable {

    /** Offsets and lengths by turns. */
    private static final class Lines {
        private long[] spans = new long[16];
        private int size;

        void add(long offset, int length) {
            if (size == spans.length) {
                spans = Arrays.copyOf(spans, size * 2);
            }
            spans[size++] = offset;
            spans[size++] = length;
        }
    }

    private final FileChannel in;
    private final Map<String, Lines> threads = new LinkedHashMap<>();

    LedgerIndex(Path file) throws IOException {
        in = FileChannel.open(file);
        try (var bytes = new BufferedInputStream(Files.newInputStream(file))) {
            var line = new ByteArrayOutputStream();
            long start = 0;
            for (int b = bytes.read(); b >= 0; b = bytes.read()) {
                if (b == '\n') {
                    add(start, line);
                    start += line.size() + 1;
                    line.reset();
                } else {
                    line.write(b);
                }
            }
        }
    }

    /** In the order of their first request. */
    public Set<String> threads() {
        return threads.keySet();
    }

    /** All that was sent for {@code thread}, in the order of sending. Safe for many threads. */
    public List<Exchange> of(String thread) throws IOException {
        var exchanges = new LinkedHashMap<Long, Exchange>();
        var lines = threads.getOrDefault(thread, new Lines());
        for (int i = 0; i < lines.size; i += 2) {
            var json = Json.read(line(lines.spans[i], (int) lines.spans[i + 1]));
            if (json.has("answer")) {
                var answer = new Answer(
                        json.path("status").asInt(), json.path("body").asText());
                exchanges.computeIfPresent(json.path("answer").asLong(), (_, e) -> answered(e, answer));
            } else {
                var number = json.path("request").asLong();
                var source = json.path("source").asText();
                var id = json.path("id").asText();
                exchanges.put(
                        number,
                        new Exchange(
                                number, thread, source, id, json.path("text").asText(), Optional.empty()));
            }
        }
        return new ArrayList<>(exchanges.values());
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private void add(long offset, ByteArrayOutputStream line) {
        var thread =
                Json.read(line.toString(StandardCharsets.UTF_8)).path("thread").asText();
        threads.computeIfAbsent(thread, _ -> new Lines()).add(offset, line.size());
    }

    private String line(long offset, int length) throws IOException {
        var bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (in.read(bytes, offset + bytes.position()) < 0) {
                throw new EOFException("the ledger was cut");
            }
        }
        return new String(bytes.array(), StandardCharsets.UTF_8);
    }

    private static Exchange answered(Exchange e, Answer answer) {
        return new Exchange(e.number(), e.thread(), e.source(), e.id(), e.text(), Optional.of(answer));
    }
}
