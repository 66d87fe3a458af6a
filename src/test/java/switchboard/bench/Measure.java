package switchboard.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import switchboard.invariants.Json;
import switchboard.program.Program;
import switchboard.program.Progress;
import switchboard.witness.Caller;
import switchboard.witness.Message;

/**
 * Measures the program as it runs, beside the least that a durable event costs on the same Cassandra in the same minutes.
 * Ratios and CPU hold on a busy machine, rates do not. The first 90 s of load warm the compiler up and do not count. Some eight minutes; loopback only.
 */
final class Measure {

    private static final int CONNECTIONS = 64;
    private static final int CUSTOMERS_EACH = 10;
    private static final int ROUNDS = 3;
    private static final Duration ROUND = Duration.ofSeconds(10);
    private static final int BULK_CONNECTIONS = 4;
    private static final Duration BULK_WARM_UP = Duration.ofSeconds(15);
    private static final Duration WARM_UP = Duration.ofSeconds(90);
    // Under the time after which the program closes the connections that are idle meanwhile.
    private static final Duration BARE_WARM_UP = Duration.ofSeconds(30);

    private final Path data;
    private final Report report = new Report();
    private final List<HttpSender> senders = new ArrayList<>();
    private final List<BulkSender> bulkSenders = new ArrayList<>();

    private Measure(Path data) {
        this.data = data;
    }

    public static void main(String[] args) throws Exception {
        var data = Files.createTempDirectory("switchboard-measure");
        try {
            new Measure(data).run();
        } finally {
            delete(data);
        }
        // Pekko's and the driver's threads need not be waited for.
        System.exit(0);
    }

    private void run() throws Exception {
        long events;
        String ten;
        String thirty;
        try (var program = started("start-up on empty data")) {
            load(program);
            bulk(program, 50);
            bulk(program, 200);
            bulk(program, 1_000);
            fill(program.address());
            ten = conversation(program.address(), "ten-0");
            thirty = conversation(program.address(), "thirty-0");
            longAgainstShort(program);
            report.add("resident, program", new Proc(program.pid()).residentMebibytes(), "MiB");
            report.add("resident, Cassandra", new Proc(program.cassandraPid()).residentMebibytes(), "MiB");
            events = senders.stream().mapToLong(HttpSender::sent).sum()
                    + bulkSenders.stream().mapToLong(BulkSender::sent).sum();
            report.add(
                    "told to come again",
                    senders.stream().mapToInt(HttpSender::again).sum(),
                    "requests");
            program.terminate();
        }
        report.add("on disk, flushed (openings counted in)", (double) journalBytes() / events, "bytes/event");
        try (var program = started("start-up on that data")) {
            recovery(new Caller(program::address), ten, thirty);
        }
        System.out.println("\n" + events + " events in all; medians of " + ROUNDS + " rounds\n" + report);
    }

    private Program started(String what) throws Exception {
        var start = System.nanoTime();
        // What is measured is not the bound on a gateway that has run wild.
        var program = Program.start(data, Map.of("SWITCHBOARD_INTAKE_RATE", "1000000"));
        report.add(what, (System.nanoTime() - start) / 1e9, "s");
        return program;
    }

    /** Over HTTP and bare by turns, so that both meet the same machine. */
    private void load(Program program) throws Exception {
        var cassandra = new Proc(program.cassandraPid());
        var over = new ArrayList<HttpSender>();
        for (int i = 0; i < CONNECTIONS; i++) {
            over.add(sender(program.address(), "load", "load-" + i, CUSTOMERS_EACH));
        }
        Progress.say("warming up");
        Round.run(over, WARM_UP, new Proc(program.pid()), cassandra);
        try (var bare = new BareLoop(program.cassandraPort(), entryBytes(program.address()))) {
            var clients = bare.clients(CONNECTIONS, CUSTOMERS_EACH);
            var self = new Proc(ProcessHandle.current().pid());
            Round.run(clients, BARE_WARM_UP, self, cassandra);
            var http = new ArrayList<Round>();
            var least = new ArrayList<Round>();
            for (int round = 1; round <= ROUNDS; round++) {
                Progress.say("round " + round);
                http.add(Round.run(over, ROUND, new Proc(program.pid()), cassandra));
                least.add(Round.run(clients, ROUND, self, cassandra));
            }
            report.add("HTTP, 64 connections, 200 characters", http);
            report.add("bare sharded persist, 64 in flight", least);
            report.add(
                    "HTTP to bare, CPU of both",
                    Round.median(http, Round::bothPerEvent) / Round.median(least, Round::bothPerEvent),
                    "times");
        }
    }

    /** NDJSON, 1,000 lines a request, each over that many conversations. */
    private void bulk(Program program, int conversations) throws Exception {
        Progress.say("NDJSON over " + conversations);
        var connections = new ArrayList<BulkSender>();
        for (int i = 0; i < BULK_CONNECTIONS; i++) {
            connections.add(new BulkSender(program.address(), "bulk-" + conversations + "-" + i, conversations));
        }
        bulkSenders.addAll(connections);
        var self = new Proc(program.pid());
        var cassandra = new Proc(program.cassandraPid());
        Round.run(connections, BULK_WARM_UP, self, cassandra);
        var rounds = new ArrayList<Round>();
        for (int round = 0; round < ROUNDS; round++) {
            rounds.add(Round.run(connections, ROUND, self, cassandra));
        }
        report.add("NDJSON, 1,000 lines over " + conversations + ", 4 connections", rounds);
        for (var connection : connections) {
            connection.close();
        }
    }

    /** One conversation with 10,000 messages and one with 30,000. */
    private void fill(URI address) throws Exception {
        Progress.say("two long conversations");
        var writers = new ArrayList<HttpSender>();
        for (int i = 0; i < 40; i++) {
            writers.add(sender(address, "w" + i, i < 10 ? "ten" : "thirty", 1));
        }
        Round.each(writers, 1_000);
    }

    private void longAgainstShort(Program program) throws Exception {
        var longest = List.of(sender(program.address(), "late", "thirty", 1));
        var shorts = List.of(sender(program.address(), "late", "short", 50));
        var self = new Proc(program.pid());
        var cassandra = new Proc(program.cassandraPid());
        var ofLong = new ArrayList<Round>();
        var ofShort = new ArrayList<Round>();
        for (int round = 0; round < ROUNDS; round++) {
            ofLong.add(Round.run(longest, Duration.ofSeconds(4), self, cassandra));
            ofShort.add(Round.run(shorts, Duration.ofSeconds(4), self, cassandra));
        }
        report.add("one at a time, after 30,000 events", ofLong);
        report.add("one at a time, short conversations", ofShort);
    }

    /** The first read of a conversation makes its actor replay. */
    private void recovery(Caller program, String ten, String thirty) throws Exception {
        read(program, conversation(program, "load-0-0"));
        report.add("first read of 30,000 events after a restart, cold", read(program, thirty), "ms");
        report.add("first read of 10,000 events after that", read(program, ten), "ms");
        report.add("second read of 10,000 events", read(program, ten), "ms");
    }

    private static double read(Caller program, String conversation) throws Exception {
        var start = System.nanoTime();
        var response = program.get("supervisor.local-only", "/v1/conversations/" + conversation, "application/json");
        if (response.statusCode() != 200) {
            throw new IOException(response.statusCode() + " " + response.body());
        }
        return (System.nanoTime() - start) / 1e6;
    }

    /** What the program stores for one message of the load, on average. */
    private static int entryBytes(URI address) throws Exception {
        var program = new Caller(() -> address);
        var path = "/v1/conversations/" + conversation(program, "load-0-0") + "/events";
        var log = program.bytes("auditor.local-only", path, "application/vnd.switchboard.log")
                .body();
        var entries = 0;
        for (var b : log) {
            entries += b == '\n' ? 1 : 0;
        }
        return log.length / entries;
    }

    private static String conversation(URI address, String thread) throws Exception {
        return conversation(new Caller(() -> address), thread);
    }

    private static String conversation(Caller program, String thread) throws Exception {
        var response = program.post(new Message(thread, "/chat/bench", "probe", "Which one is it?"));
        return Json.read(response.body()).path("conversation").asText();
    }

    private HttpSender sender(URI address, String name, String thread, int threads) throws IOException {
        var sender = new HttpSender(address, name, thread, threads);
        senders.add(sender);
        return sender;
    }

    /** Of the journal's table; a Cassandra that was stopped has flushed it. */
    private long journalBytes() throws IOException {
        try (var files = Files.walk(data)) {
            var bytes = 0L;
            for (var file : files.filter(Measure::ofJournal).toList()) {
                bytes += Files.size(file);
            }
            return bytes;
        }
    }

    private static boolean ofJournal(Path file) {
        var path = file.toString();
        return path.contains("/switchboard/messages-") && path.endsWith("-Data.db");
    }

    static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
