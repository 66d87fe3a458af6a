package switchboard.witness;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import switchboard.invariants.Exchange;
import switchboard.invariants.Exchange.Answer;
import switchboard.invariants.Json;
import switchboard.invariants.Outgoing.Said;
import switchboard.invariants.Segment;
import switchboard.invariants.Segment.Shown;

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

    /**
     * What was noted of one thread.
     *
     * @param exchanges in the order of sending
     * @param delivered to its customer, in this order
     * @param shown by conversation: what each connection of its reader showed, one after the other
     * @param until by conversation: up to which number its reader was to see it
     */
    public record Notes(
            List<Exchange> exchanges, List<Said> delivered, Map<String, List<Segment>> shown, Map<String, Long> until) {
        public Notes {
            exchanges = List.copyOf(exchanges);
            delivered = List.copyOf(delivered);
            shown = Map.copyOf(shown);
            until = Map.copyOf(until);
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

    /** All that was noted of {@code thread}, in the order of noting. Safe for many threads. */
    public Notes of(String thread) throws IOException {
        var exchanges = new LinkedHashMap<Long, Exchange>();
        var delivered = new ArrayList<Said>();
        var shown = new LinkedHashMap<String, List<Segment>>();
        var until = new HashMap<String, Long>();
        var lines = threads.getOrDefault(thread, new Lines());
        for (int i = 0; i < lines.size; i += 2) {
            var json = Json.read(line(lines.spans[i], (int) lines.spans[i + 1]));
            if (json.has("answer")) {
                var answer = new Answer(
                        json.path("status").asInt(), json.path("body").asText());
                exchanges.computeIfPresent(json.path("answer").asLong(), (_, e) -> answered(e, answer));
            } else if (json.has("delivered")) {
                delivered.add(said(json));
            } else if (json.has("until")) {
                until.put(json.path("reader").asText(), json.path("until").asLong());
            } else if (json.has("reader")) {
                shown.computeIfAbsent(json.path("reader").asText(), _ -> new ArrayList<>())
                        .add(segment(json));
            } else {
                exchanges.put(json.path("request").asLong(), exchange(json));
            }
        }
        return new Notes(List.copyOf(exchanges.values()), delivered, shown, until);
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

    private static Exchange exchange(JsonNode line) {
        return new Exchange(
                line.path("request").asLong(),
                line.path("thread").asText(),
                line.path("source").asText(),
                line.path("id").asText(),
                line.path("text").asText(),
                Optional.empty());
    }

    private static Said said(JsonNode line) {
        return new Said(
                line.path("delivered").asText(),
                line.path("conversation").asText(),
                line.path("seq").asLong(),
                line.path("to").asText(),
                line.path("text").asText());
    }

    private static Segment segment(JsonNode line) {
        var shown = new ArrayList<Shown>();
        for (var it : line.path("shown")) {
            shown.add(new Shown(
                    it.path(0).asText(),
                    it.path(1).asText(),
                    it.path(2).asText(),
                    it.path(3).asText()));
        }
        return new Segment(line.path("after").asLong(), shown);
    }

    private static Exchange answered(Exchange e, Answer answer) {
        return new Exchange(e.number(), e.thread(), e.source(), e.id(), e.text(), Optional.of(answer));
    }
}
