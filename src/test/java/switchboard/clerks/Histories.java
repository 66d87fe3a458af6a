package switchboard.clerks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import switchboard.invariants.Findings;
import switchboard.witness.Auditor;
import switchboard.witness.Caller;

/** Reads conversations back, some at a time. */
public final class Histories {

    private static final int AT_A_TIME = 8;

    /** As they are served, line by line, by conversation. */
    public static Map<String, List<String>> of(Caller program, List<String> conversations) throws Exception {
        var auditor = new Auditor(program);
        var lines = new LinkedHashMap<String, List<String>>();
        try (var threads =
                Executors.newFixedThreadPool(AT_A_TIME, Thread.ofVirtual().factory())) {
            var running = new ArrayList<Future<List<String>>>();
            for (var it : conversations) {
                running.add(threads.submit((Callable<List<String>>) () -> auditor.lines(it)));
            }
            for (int i = 0; i < running.size(); i++) {
                lines.put(conversations.get(i), running.get(i).get());
            }
        }
        return lines;
    }

    /** Fails where {@code rule} was never looked for, or anything is violated; says how often it was looked for. */
    public static long sound(Findings findings, String rule) throws IOException {
        if (!findings.violations().isEmpty()) {
            throw new IOException(findings.violations().size() + " violations, the first: "
                    + findings.violations().getFirst());
        }
        var looked = findings.checked().getOrDefault(rule, 0L);
        if (looked == 0) {
            throw new IOException(rule + " was not looked for");
        }
        return looked;
    }

    private Histories() {}
}
