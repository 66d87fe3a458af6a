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
import switchboard.invariants.Outgoing;
import switchboard.invariants.Outgoing.Said;
import switchboard.invariants.Replies;
import switchboard.invariants.Streaming;
import switchboard.invariants.Violation;
import switchboard.witness.LedgerIndex.Notes;

/** Holds what a client was told against what the program now tells, thread by thread, some at a time. */
public final class Judge {

    /** All that was judged. */
    public record Judgement(Findings findings, long requests, long conversations, long entries) {}

    /** Hears how far it is. */
    public interface Watch {
        /** So many of all threads. */
        void judged(int threads, int all);
    }

    /** Another look at each conversation. Called by many threads. */
    public interface Also {
        /** Of the history, as it was served now. */
        Findings judged(String conversation, List<String> lines);
    }

    private static final int AT_A_TIME = 8;

    private final Credentials credentials;
    private final Auditor auditor;
    private final Ledger ledger;
    private final Also also;
    private final Map<String, String> owners = new HashMap<>();
    private Judgement sum = new Judgement(Findings.NONE, 0, 0, 0);

    public Judge(Caller program, Ledger ledger) {
        this(program, ledger, (_, _) -> Findings.NONE);
    }

    public Judge(Caller program, Ledger ledger, Also also) {
        this.also = also;
        this.credentials = program.credentials();
        this.auditor = new Auditor(program);
        this.ledger = ledger;
    }

    /** Reads every conversation that was ever named and judges all of it. */
    public Judgement judge() throws IOException, InterruptedException, ExecutionException {
        return judge((_, _) -> {});
    }

    /** The same, and {@code watch} hears of each thread. */
    public Judgement judge(Watch watch) throws IOException, InterruptedException, ExecutionException {
        try (var index = ledger.index();
                var judges = Executors.newFixedThreadPool(
                        AT_A_TIME, Thread.ofVirtual().factory())) {
            var running = new ArrayList<Future<Void>>();
            for (var thread : index.threads()) {
                running.add(judges.submit((Callable<Void>) () -> judge(thread, index.of(thread))));
            }
            for (int i = 0; i < running.size(); i++) {
                running.get(i).get();
                watch.judged(i + 1, running.size());
            }
        }
        return sum();
    }

    private Void judge(String thread, Notes notes) throws IOException, InterruptedException {
        var orders = notes.exchanges().stream().filter(Exchange::ordered).toList();
        var histories = new ArrayList<History>();
        var stored = new ArrayList<Said>();
        var findings = Findings.NONE;
        for (var conversation : conversations(notes)) {
            var lines = auditor.lines(conversation);
            var history = auditor.read(conversation, lines);
            histories.add(history);
            stored.addAll(Outgoing.stored(conversation, thread, history.events()));
            findings = findings.and(Replies.findings(orders, history)).and(also.judged(conversation, lines));
            if (notes.shown().containsKey(conversation)) {
                var until = notes.until().getOrDefault(conversation, (long) lines.size());
                findings = findings.and(
                        Streaming.findings(conversation, 0, until, notes.shown().get(conversation), lines));
            }
        }
        var events = notes.exchanges().stream().filter(e -> !e.ordered()).toList();
        findings = findings.and(Invariants.findings(credentials.tenant(), events, histories))
                .and(Outgoing.findings(said(orders), stored, notes.delivered()));
        var entries = histories.stream().mapToInt(h -> h.events().size()).sum();
        add(findings, notes.exchanges().size(), entries, thread, histories);
        return null;
    }

    /** Which messages of ours were acknowledged. */
    private static Set<String> said(List<Exchange> orders) {
        var all = new TreeSet<String>();
        for (var order : orders) {
            if (order.source().equals("messages") && order.acknowledged()) {
                all.add(order.answer().orElseThrow().place().id());
            }
        }
        return all;
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

    private static Set<String> conversations(Notes notes) {
        var all = new TreeSet<>(notes.shown().keySet());
        notes.exchanges().stream()
                .filter(Exchange::acknowledged)
                .map(Exchange::answer)
                .flatMap(Optional::stream)
                .forEach(a -> all.add(a.place().conversation()));
        return all;
    }
}
