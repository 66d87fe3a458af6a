package switchboard.witness;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import switchboard.invariants.Exchange;
import switchboard.invariants.Findings;
import switchboard.invariants.History;
import switchboard.invariants.Invariants;
import switchboard.invariants.Replies;
import switchboard.invariants.Violation;

/** Holds what a client was told against what the program now tells, thread by thread, some at a time. */
public final class Judge {

    /** All that was judged. */
    public record Judgement(Findings findings, long requests, long conversations, long entries) {}

    private static final int AT_A_TIME = 8;

    private final Credentials credentials;
    private final Auditor auditor;
    private final Ledger ledger;
    private final Map<String, String> owners = new HashMap<>();
    private Judgement sum = new Judgement(Findings.NONE, 0, 0, 0);

    public Judge(Caller program, Ledger ledger) {
        this.credentials = program.credentials();
        this.auditor = new Auditor(program);
        this.ledger = ledger;
    }

    /** Reads every conversation that was ever named and judges all of it. */
    public Judgement judge() throws IOException, InterruptedException, ExecutionException {
        try (var index = ledger.index();
                var judges = Executors.newFixedThreadPool(
                        AT_A_TIME, Thread.ofVirtual().factory())) {
            var running = new ArrayList<Future<Void>>();
            for (var thread : index.threads()) {
                running.add(judges.submit((Callable<Void>) () -> judge(thread, index.of(thread))));
            }
            for (var one : running) {
                one.get();
            }
        }
        return sum();
    }

    private Void judge(String thread, List<Exchange> exchanges) throws IOException, InterruptedException {
        var histories = new ArrayList<History>();
        for (var conversation : conversations(exchanges)) {
            histories.add(auditor.read(conversation));
        }
        var events = exchanges.stream().filter(e -> !e.ordered()).toList();
        var findings = Invariants.findings(credentials.tenant(), events, histories);
        for (var history : histories) {
            var orders = exchanges.stream().filter(Exchange::ordered).toList();
            findings = findings.and(Replies.findings(orders, history));
        }
        var entries = histories.stream().mapToInt(h -> h.events().size()).sum();
        add(findings, exchanges.size(), entries, thread, histories);
        return null;
    }

    private synchronized void add(
            Findings findings, int requests, int entries, String thread, List<History> histories) {
        sum = new Judgement(
                sum.findings.and(findings).and(shared(thread, histories)),
                sum.requests + requests,
                sum.conversations + histories.size(),
                sum.entries + entries);
    }

    /** I1: a conversation belongs to one thread. */
    private Findings shared(String thread, List<History> histories) {
        var found = new ArrayList<Violation>();
        for (var history : histories) {
            var owner = owners.putIfAbsent(history.conversation(), thread);
            if (owner != null) {
                found.add(new Violation("I1", history.conversation(), "belongs to " + owner + " and " + thread));
            }
        }
        return new Findings(Map.of(), found);
    }

    private synchronized Judgement sum() {
        return sum;
    }

    private static Set<String> conversations(List<Exchange> exchanges) {
        var all = new TreeSet<String>();
        exchanges.stream()
                .filter(Exchange::acknowledged)
                .map(Exchange::answer)
                .flatMap(Optional::stream)
                .forEach(a -> all.add(a.place().conversation()));
        return all;
    }
}
