package switchboard.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import switchboard.SwitchboardProcess;
import switchboard.invariants.Json;
import switchboard.program.Program;
import switchboard.program.Progress;
import switchboard.witness.Caller;
import switchboard.witness.Message;

/**
 * What those who follow cost and when they hear of an event: memory of the program with 2,000 streams open, and the time from
 * a gateway's POST to the stream at 200 events a second. Some two minutes; loopback only.
 */
final class Readers {

    private static final int CONVERSATIONS = 100;
    private static final int READERS = 2_000;
    private static final int PER_SECOND = 200;
    private static final int SECONDS = Integer.getInteger("seconds", 20);
    private static final List<String> CREDENTIALS = List.of("supervisor.local-only", "auditor.local-only");
    private static final Pattern USED = Pattern.compile("used (\\d+)K");

    private final Report report = new Report();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<StreamReader> readers = new ArrayList<>();
    private final AtomicLongArray sent = new AtomicLongArray(3 * PER_SECOND * SECONDS);
    private final ConcurrentLinkedQueue<Long> waits = new ConcurrentLinkedQueue<>();
    private int probes;

    public static void main(String[] args) throws Exception {
        var data = Files.createTempDirectory("switchboard-readers");
        try (var program = Program.start(data)) {
            new Readers().run(program);
        } finally {
            Measure.delete(data);
        }
        // The readers' threads need not be waited for.
        System.exit(0);
    }

    private void run(Program program) throws Exception {
        var caller = new Caller(program::address);
        var conversations = conversations(caller);
        open(program.address(), conversations, CONVERSATIONS);
        Progress.say("warming up");
        deliver(caller);
        add("one reader a conversation, POST to stream", deliver(caller));
        var before = heap(program.pid());
        open(program.address(), conversations, READERS - CONVERSATIONS);
        var each = (heap(program.pid()) - before) / (READERS - CONVERSATIONS);
        report.add("heap for each reader more, up to " + READERS, each, "KiB");
        add("twenty readers a conversation, POST to stream", deliver(caller));
        report.add(
                "heap for each reader after that", (heap(program.pid()) - before) / (READERS - CONVERSATIONS), "KiB");
        report.add(
                "resident, program, with " + READERS + " readers", new Proc(program.pid()).residentMebibytes(), "MiB");
        System.out.println("\n" + report);
    }

    private void add(String what, List<Long> ascending) {
        for (int percent : List.of(50, 99)) {
            report.add(what + ", p" + percent, ascending.get((ascending.size() - 1) * percent / 100) / 1e6, "ms");
        }
    }

    private static List<String> conversations(Caller caller) throws Exception {
        var ids = new ArrayList<String>();
        for (int i = 0; i < CONVERSATIONS; i++) {
            var answer = caller.post(new Message("reader-" + i, "/chat/bench", "first", "Guten Tag"));
            ids.add(Json.read(answer.body()).path("conversation").asText());
        }
        return ids;
    }

    /** Returns when all of them have the first two entries. */
    private void open(URI address, List<String> conversations, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            var number = readers.size();
            var reader = new StreamReader(
                    address, CREDENTIALS.get(number % 2), conversations.get(number % CONVERSATIONS), this::came);
            readers.add(reader);
            threads.execute(reader);
        }
        SwitchboardProcess.await("readers", () -> readers.stream().allMatch(r -> r.last() >= 2));
    }

    /** At the rate, whatever comes back when; the waits of all readers in nanoseconds, ascending. */
    private List<Long> deliver(Caller caller) {
        waits.clear();
        var first = probes;
        var start = System.nanoTime();
        for (; probes - first < PER_SECOND * SECONDS; probes++) {
            LockSupport.parkNanos(
                    start + (probes - first) * TimeUnit.SECONDS.toNanos(1) / PER_SECOND - System.nanoTime());
            var probe = probes;
            var _ = threads.submit(() -> post(caller, probe));
        }
        var due = (long) PER_SECOND * SECONDS * readers.size() / CONVERSATIONS;
        SwitchboardProcess.await("all deliveries", () -> waits.size() >= due);
        return waits.stream().sorted().toList();
    }

    private Void post(Caller caller, int probe) throws IOException, InterruptedException {
        var message = new Message(
                "reader-" + probe % CONVERSATIONS, "/chat/bench", "probe-" + probe, "Guten Tag. ".repeat(16));
        sent.set(probe, System.nanoTime());
        caller.post(message);
        return null;
    }

    private void came(long probe) {
        waits.add(System.nanoTime() - sent.get((int) probe));
    }

    /** In KiB, of what is reachable. */
    private static double heap(long pid) throws IOException {
        jcmd(pid, "GC.run");
        var found = USED.matcher(jcmd(pid, "GC.heap_info"));
        if (!found.find()) {
            throw new IOException("no heap of " + pid);
        }
        return Double.parseDouble(found.group(1));
    }

    private static String jcmd(long pid, String command) throws IOException {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var process = new ProcessBuilder(jcmd, String.valueOf(pid), command)
                .redirectErrorStream(true)
                .start();
        try (var out = process.getInputStream()) {
            return new String(out.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }
}
