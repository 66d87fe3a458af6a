package switchboard.following;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import switchboard.SwitchboardProcess;
import switchboard.witness.Caller;

/** Readers of some conversations from where these are now, as many of each; all have to hear everything. */
public final class Following implements AutoCloseable {

    /** By turns: one alone may not have as many streams. */
    private static final List<String> CREDENTIALS = List.of("supervisor.local-only", "auditor.local-only");

    private static final Pattern OPEN =
            Pattern.compile("^switchboard_streams_open(?:\\{.*})? ([0-9]+)", Pattern.MULTILINE);

    private record One(String conversation, Sequence heard, StreamReader stream) {}

    private final Caller program;
    private final List<String> conversations;
    private final List<One> readers = new ArrayList<>();
    private final long others;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** {@code count} readers in all; none of them has heard anything yet. */
    public Following(URI address, Caller program, List<String> conversations, int count)
            throws IOException, InterruptedException {
        this.program = program;
        this.conversations = conversations;
        this.others = open();
        var heads = heads();
        for (int i = 0; i < count; i++) {
            var conversation = conversations.get(i % conversations.size());
            long head = requireNonNull(heads.get(conversation), conversation);
            var heard = new Sequence(head);
            var path = "/v1/conversations/%s/events?after=%d".formatted(conversation, head);
            var credential = CREDENTIALS.get(i / conversations.size() % CREDENTIALS.size());
            var stream = new StreamReader(address, credential, path, heard);
            readers.add(new One(conversation, heard, stream));
            threads.execute(stream);
        }
    }

    /** Returns when everybody has heard all that there is; a gap, or what does not come, is an {@link AssertionError}. */
    public void settle() throws IOException, InterruptedException {
        var heads = heads();
        SwitchboardProcess.await(
                "all readers",
                () -> readers.stream().allMatch(it -> it.heard.last() == requireNonNull(heads.get(it.conversation))));
    }

    /** The number of each one's last entry. */
    private Map<String, Long> heads() throws IOException, InterruptedException {
        var heads = new HashMap<String, Long>();
        for (var conversation : conversations) {
            var answer = program.get(
                    program.credentials().supervisor(), "/v1/conversations/" + conversation, "application/json");
            var tag = answer.headers().firstValue("ETag").orElseThrow();
            heads.put(conversation, Long.parseLong(tag.replace("\"", "")));
        }
        return heads;
    }

    /** Streams that the program has open. */
    private long open() throws IOException, InterruptedException {
        var metrics = program.get("admin.local-only", "/metrics", "text/plain").body();
        var found = OPEN.matcher(metrics);
        if (!found.find()) {
            throw new IOException("how many streams are open?\n" + metrics);
        }
        return Long.parseLong(found.group(1));
    }

    private boolean gone() {
        try {
            return open() == others;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody is to interrupt this", e);
        }
    }

    /** Returns when the program knows that they are gone. */
    @Override
    public void close() throws IOException {
        for (var reader : readers) {
            reader.stream.close();
        }
        threads.close();
        SwitchboardProcess.await("streams' ends", this::gone);
    }
}
