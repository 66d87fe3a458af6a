package switchboard.custody;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/** A stretch of time; {@code until} is no part of it any more. Empty where it does not end after its beginning. */
public record Span(Instant from, Instant until) {

    /** From a file, two instants a line. Refused: an {@link IOException} where it is something else. */
    public static List<Span> read(Path file) throws IOException {
        var spans = new ArrayList<Span>();
        for (var line : Files.readAllLines(file)) {
            var between = line.indexOf(' ');
            try {
                spans.add(new Span(
                        Instant.parse(line.substring(0, Math.max(0, between))),
                        Instant.parse(line.substring(between + 1))));
            } catch (DateTimeParseException e) {
                throw new IOException("not two instants in " + file + ": " + line, e);
            }
        }
        return spans;
    }

    boolean has(Instant at) {
        return !at.isBefore(from) && at.isBefore(until);
    }

    /** Zero for an empty one. */
    public Duration length() {
        return from.isBefore(until) ? Duration.between(from, until) : Duration.ZERO;
    }

    /** What both have; empty where they have nothing. */
    Span and(Span other) {
        return new Span(later(from, other.from), until.isBefore(other.until) ? until : other.until);
    }

    Span notBefore(Instant at) {
        return new Span(later(from, at), until);
    }

    /** What is left of it without all {@code others}, in order. */
    public List<Span> without(List<Span> others) {
        var left = List.of(this);
        for (var other : others) {
            var next = new ArrayList<Span>();
            for (var it : left) {
                next.add(it.and(new Span(Instant.MIN, other.from)));
                next.add(it.notBefore(other.until));
            }
            left = next.stream().filter(it -> it.from.isBefore(it.until)).toList();
        }
        return left;
    }

    public static Duration sum(List<Span> spans) {
        return spans.stream().map(Span::length).reduce(Duration.ZERO, Duration::plus);
    }

    static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
