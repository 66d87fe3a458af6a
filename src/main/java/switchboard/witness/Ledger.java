package switchboard.witness;

import static java.util.stream.Collectors.joining;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import switchboard.invariants.Exchange.Answer;
import switchboard.invariants.Json;
import switchboard.invariants.Outgoing.Said;
import switchboard.invariants.Segment;

/**
 * What a client keeps for itself, in a file whose lines are synced: each request before it is sent, each answer before it
 * is believed, each delivery before it is reported, and what each connection of a reader showed before he opens the next.
 * Safe for many threads; the judge reads the file, not anyone's memory.
 */
public final class Ledger implements Closeable {

    private final Path file;
    private final FileChannel out;
    private long requests;
    private long written;
    private long synced;

    /** A new one; an existing file is an {@link IOException}. */
    public Ledger(Path file) throws IOException {
        this.file = file;
        this.out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** Notes a request that is about to be sent; returns its number. */
    public long intend(Message message) {
        return intend(List.of(message));
    }

    /** Notes what is about to be sent in one request; returns the number of the first, the others follow it. */
    public long intend(List<Message> messages) {
        long first;
        long end;
        synchronized (this) {
            first = requests + 1;
            var lines = new StringBuilder();
            for (var message : messages) {
                lines.append(line(++requests, message)).append('\n');
            }
            end = append(lines);
        }
        sync(end);
        return first;
    }

    /** Notes what request {@code number}, sent for {@code thread}, was answered. */
    public void answered(long number, String thread, Answer answer) {
        answered(List.of(line(number, thread, answer)));
    }

    /** Notes answers that came together; each from {@link #line(long, String, Answer)}. */
    public void answered(List<String> answers) {
        note(answers.stream().map(line -> line + "\n").collect(joining()));
    }

    /** Notes what was delivered to the customer of {@code thread}, before anybody is told. */
    public void delivered(String thread, Said said) {
        note(Json.object()
                        .put("delivered", said.id())
                        .put("thread", thread)
                        .put("conversation", said.conversation())
                        .put("seq", said.seq())
                        .put("to", said.thread())
                        .put("text", said.text())
                + "\n");
    }

    /** Notes what a connection showed of {@code conversation}, which is {@code thread}'s. */
    public void shown(String thread, String conversation, Segment segment) {
        var line =
                Json.object().put("reader", conversation).put("thread", thread).put("after", segment.after());
        var shown = line.putArray("shown");
        for (var it : segment.shown()) {
            shown.addArray().add(it.id()).add(it.event()).add(it.hash()).add(it.digest());
        }
        note(line + "\n");
    }

    /** Notes up to which number the reader of {@code conversation} is to see it. What happens later he need not. */
    public void until(String thread, String conversation, long number) {
        note(Json.object().put("reader", conversation).put("thread", thread).put("until", number) + "\n");
    }

    /** An answer as it is noted. */
    public static String line(long number, String thread, Answer answer) {
        return Json.object()
                .put("answer", number)
                .put("thread", thread)
                .put("status", answer.status())
                .put("body", answer.body())
                .toString();
    }

    /** What was noted until now, by thread. */
    public LedgerIndex index() throws IOException {
        return new LedgerIndex(file);
    }

    private static String line(long number, Message message) {
        return Json.object()
                .put("request", number)
                .put("thread", message.thread())
                .put("source", message.source())
                .put("id", message.id())
                .put("text", message.text())
                .toString();
    }

    private void note(CharSequence lines) {
        long end;
        synchronized (this) {
            end = append(lines);
        }
        sync(end);
    }

    private long append(CharSequence lines) {
        var bytes = ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8));
        try {
            while (bytes.hasRemaining()) {
                written += out.write(bytes);
            }
            return written;
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
