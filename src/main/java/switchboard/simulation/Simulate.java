package switchboard.simulation;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/**
 * {@code mvn compile exec:exec@simulate}: the router under a virtual clock against theory, with progress and a table.
 * {@code -Dcontacts=1000000} bounds the contacts of each point, {@code -Dseed=1} draws others. Exit code 1: theory was
 * missed.
 */
public final class Simulate {

    private static final long CONTACTS = 4_000_000;
    private static final double[] LOADS = {.8, .9, .95};
    private static final int[] AGENTS = {10, 50, 200};

    /** Takes no arguments. */
    public static void main(String[] args) throws InterruptedException, ExecutionException {
        var contacts = number("contacts").orElse(CONTACTS);
        var seed = number("seed").orElse(1L);
        System.exit(simulate(System.out, contacts, seed) ? 0 : 1);
    }

    private static boolean simulate(PrintStream out, long contacts, long seed)
            throws InterruptedException, ExecutionException {
        var table = new ArrayList<String>();
        var met = true;
        try (var threads = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            var points = points().stream()
                    .map(point -> threads.submit(() -> point.measured(out, contacts, seed)))
                    .toList();
            for (var point : points) {
                table.add(point.get().line());
                met &= point.get().met();
            }
        }
        out.println();
        out.println(Point.HEAD);
        table.forEach(out::println);
        return met;
    }

    private static List<Point> points() {
        var points = new ArrayList<Point>();
        for (var agents : AGENTS) {
            for (var load : LOADS) {
                points.add(new Point(agents + " agents, load " + load, Setup.erlangA(agents, load)));
            }
        }
        points.add(new Point("ring of 10 x 10, load 0.9", Setup.ring(10, 10, .9)));
        return points;
    }

    /** Maven leaves {@code ${name}} where nothing was given. Refused: what is no positive whole number. */
    private static Optional<Long> number(String name) {
        return Optional.ofNullable(System.getProperty(name))
                .filter(value -> !value.isBlank() && !value.startsWith("${"))
                .map(value -> {
                    if (!value.matches("[1-9][0-9]{0,9}")) {
                        throw new IllegalArgumentException("-D" + name + "=" + value + " is no positive whole number");
                    }
                    return Long.valueOf(value);
                });
    }

    private record Measured(String line, boolean met) {}

    private record Point(String name, Setup setup) {

        static final String HEAD = String.format(
                Locale.ROOT,
                "%-27s %12s %9s  %-26s  %-28s %s",
                "",
                "contacts",
                "seconds",
                "abandon, by theory",
                "wait if served, by theory",
                "");

        Measured measured(PrintStream out, long contacts, long seed) {
            var start = System.nanoTime();
            var run = Run.of(
                    setup,
                    seed,
                    Math.max(1, contacts / Estimate.BATCHES),
                    batch -> out.printf(Locale.ROOT, "%-27s %3d %%%n", name, batch * 100 / Estimate.BATCHES));
            var seconds = (System.nanoTime() - start) / 1e9;
            return setup.lines() == 1 ? queue(run, seconds) : ring(run, seconds);
        }

        private Measured queue(Run run, double seconds) {
            var theory = Erlang.a(setup.agents(), setup.load(), setup.service(), setup.patience());
            var met = run.abandoned().contains(theory.abandoned())
                    && run.served().contains(theory.served())
                    && run.identity().contains(0);
            var line = String.format(
                    Locale.ROOT,
                    "%-27s %,12d %9.1f  %.5f ±%5.1f %%  %.5f  %7.3f s ±%5.1f %%  %7.3f s  %s",
                    name,
                    run.contacts(),
                    seconds,
                    run.abandoned().mean(),
                    run.abandoned().width() * 100,
                    theory.abandoned(),
                    run.served().mean(),
                    run.served().width() * 100,
                    theory.served(),
                    met ? "met" : "MISSED");
            return new Measured(line, met);
        }

        private Measured ring(Run run, double seconds) {
            var dedicated = Erlang.c(setup.agents(), setup.load(), setup.service());
            var pooled = Erlang.c(setup.agents() * setup.lines(), setup.load(), setup.service());
            var closed = (dedicated - run.all().mean()) / (dedicated - pooled);
            var line = String.format(
                    Locale.ROOT,
                    "%-27s %,12d %9.1f  wait %.2f s ±%.1f %%; dedicated %.1f s, pooled %.2f s: %.1f %% of the gap closed, 92 asked  %s",
                    name,
                    run.contacts(),
                    seconds,
                    run.all().mean(),
                    run.all().width() * 100,
                    dedicated,
                    pooled,
                    closed * 100,
                    closed >= .92 ? "met" : "MISSED");
            return new Measured(line, closed >= .92);
        }
    }

    private Simulate() {}
}
