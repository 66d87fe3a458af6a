package switchboard.speed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import switchboard.bench.Findings;
import switchboard.bench.Goal;
import switchboard.bench.Part;
import switchboard.bench.Stand;
import switchboard.beside.Postgres;
import switchboard.load.BulkSender;
import switchboard.load.HttpSender;
import switchboard.load.Kept;
import switchboard.load.Round;
import switchboard.load.Sent;
import switchboard.load.WarmUp;
import switchboard.program.Progress;

/**
 * Beside what most would take instead: PostgreSQL into which 32 clients insert the same text, a row a transaction, durably. By turns our
 * single events on 32 connections, and bulk requests over 200 conversations on 4.
 */
final class BesidePostgres implements Part {

    private static final int CLIENTS = 32;
    private static final int CONVERSATIONS_EACH = 50;
    private static final int BULK = 4;
    private static final int BULK_CONVERSATIONS = 200;
    private static final int ROUNDS = 3;
    private static final Duration ROUND = Duration.ofSeconds(5);
    private static final Duration FIRST = Duration.ofSeconds(3);
    private static final Duration STRETCH = Duration.ofSeconds(4);

    private static final String FACTS = """
            SELECT string_agg(name || ' ' || setting, ', ' ORDER BY name) FROM pg_settings
            WHERE name IN ('fsync', 'full_page_writes', 'server_version', 'synchronous_commit', 'wal_sync_method')""";

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public void measure(Stand stand, Findings findings) throws Exception {
        var installed = Postgres.installed();
        if (installed.isEmpty()) {
            findings.note("skipped: no initdb, postgres and pgbench here, or nobody but root to run them");
            return;
        }
        try (var postgres = Postgres.start(installed.get())) {
            findings.note("PostgreSQL with " + postgres.ask(FACTS));
            findings.note("its client is pgbench, which takes its share of the processors as our senders do");
            byTurns(stand, findings, postgres);
        }
    }

    private static void byTurns(Stand stand, Findings findings, Postgres postgres) throws Exception {
        var singles = new ArrayList<HttpSender>();
        for (int i = 0; i < CLIENTS; i++) {
            var name = "postgres-" + i;
            singles.add(new HttpSender(stand.address(), name, name, CONVERSATIONS_EACH));
        }
        WarmUp.run(singles, STRETCH, Duration.ofSeconds(150), List.of(stand.process()), stand.cassandra());
        var bulks = new ArrayList<BulkSender>();
        for (int i = 0; i < BULK; i++) {
            bulks.add(new BulkSender(stand.address(), "postgres-bulk-" + i, BULK_CONVERSATIONS));
        }
        Round.run(bulks, FIRST, stand.process(), stand.cassandra());
        postgres.insertsPerSecond(CLIENTS, HttpSender.TEXT, FIRST);
        var single = new ArrayList<Double>();
        var bulk = new ArrayList<Double>();
        var inserts = new ArrayList<Double>();
        for (int round = 1; round <= ROUNDS; round++) {
            Progress.say("round %d of %d".formatted(round, ROUNDS));
            single.add(rate(stand, singles));
            inserts.add(postgres.insertsPerSecond(CLIENTS, HttpSender.TEXT, ROUND));
            bulk.add(rate(stand, bulks));
        }
        findings.add("PostgreSQL, a row a transaction, %d clients".formatted(CLIENTS), "rows/s", inserts);
        findings.add("single, %d connections".formatted(CLIENTS), "events/s", single);
        findings.add("bulk over %d, %d connections".formatted(BULK_CONVERSATIONS, BULK), "events/s", bulk);
        findings.add("single beside PostgreSQL", "times", Figures.ratios(single, inserts), Goal.atLeast(0.5));
        findings.add("bulk beside PostgreSQL's rows", "times", Figures.ratios(bulk, inserts), Goal.atLeast(1.5));
        end(stand, singles, bulks);
    }

    private static double rate(Stand stand, List<? extends Round.Client> clients) throws Exception {
        return Round.run(clients, ROUND, stand.process(), stand.cassandra()).eventsPerSecond();
    }

    private static void end(Stand stand, List<HttpSender> singles, List<BulkSender> bulks) throws Exception {
        var said = new ArrayList<Sent>();
        for (var sender : singles.subList(0, 8)) {
            said.add(sender.said(1));
        }
        for (var sender : bulks) {
            said.add(sender.said(1));
            sender.close();
        }
        for (var sender : singles) {
            sender.close();
        }
        Kept.check(stand.caller(), said);
    }
}
