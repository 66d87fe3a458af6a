package switchboard.speed;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import switchboard.bench.Findings;
import switchboard.bench.Goal;
import switchboard.bench.Part;
import switchboard.bench.Stand;
import switchboard.invariants.Json;
import switchboard.load.BulkSender;
import switchboard.load.Kept;
import switchboard.load.Round;
import switchboard.pressure.Crowd;
import switchboard.program.Progress;

/**
 * Two gateways, each with a key of its own, that push single events as fast as they are answered: one over 1 connection, one over 1,000.
 *
 * <p>Two who share the program are entitled to half of it each. What half of it is worth to a gateway differs: half of what that gateway is
 * given while it is alone. A fair share is therefore 1 or more <em>of half of what it has alone</em>, for each of the two.
 *
 * <p>Besides: a gateway with 1 connection that posts 1,000 lines a request, which is how one connection is meant to bring many events.
 */
final class FairShares implements Part {

    private static final int MANY = 1_000;
    private static final int ROUNDS = 3;
    private static final Duration ALONE = Duration.ofSeconds(2);
    private static final Duration TOGETHER = Duration.ofSeconds(3);

    /** Events a second. */
    private record Rates(
            double oneAlone, double manyAlone, double one, double many, double lines, double besideLines) {}

    @Override
    public String name() {
        return "fair";
    }

    @Override
    public void measure(Stand stand, Findings findings) throws Exception {
        Warm.up(stand);
        var figures = new ArrayList<Rates>();
        try (var one = Crowd.of(stand.address(), key(stand, "small"), "one", 1, 4);
                var many = Crowd.of(stand.address(), key(stand, "large"), "many", MANY, 2);
                var bulk = new BulkSender(stand.address(), "lines", 50)) {
            one.each(4);
            many.each(2);
            bulk.call();
            for (int round = 1; round <= ROUNDS; round++) {
                Progress.say("1 and %,d connections, round %d of %d".formatted(MANY, round, ROUNDS));
                figures.add(round(stand, one, many, bulk));
            }
            say(findings, figures);
            Kept.check(stand.caller(), one.said(0, 1));
            Kept.check(stand.caller(), many.said(0, 2));
            Kept.check(stand.caller(), List.of(bulk.said(0)));
        }
    }

    private static Rates round(Stand stand, Crowd one, Crowd many, BulkSender bulk) throws Exception {
        var oneAlone = pushed(one, 1, ALONE).call();
        var manyAlone = pushed(many, MANY, ALONE).call();
        var both = together(pushed(one, 1, TOGETHER), pushed(many, MANY, TOGETHER));
        var lines = together(
                () -> Round.run(List.of(bulk), TOGETHER, stand.process(), stand.cassandra())
                        .eventsPerSecond(),
                pushed(many, MANY, TOGETHER));
        return new Rates(oneAlone, manyAlone, both.getFirst(), both.getLast(), lines.getFirst(), lines.getLast());
    }

    private static Callable<Double> pushed(Crowd crowd, int connections, Duration time) {
        return () -> crowd.rush(connections, time).takenPerSecond();
    }

    private static List<Double> together(Callable<Double> first, Callable<Double> second) throws Exception {
        try (var threads = Executors.newFixedThreadPool(2)) {
            var one = threads.submit(first);
            var other = threads.submit(second);
            return List.of(one.get(), other.get());
        }
    }

    private static void say(Findings findings, List<Rates> figures) {
        findings.add("1 connection, alone", "events/s", Figures.each(figures, Rates::oneAlone));
        findings.add("1,000 connections, alone", "events/s", Figures.each(figures, Rates::manyAlone));
        findings.add("1 connection, beside 1,000", "events/s", Figures.each(figures, Rates::one));
        findings.add("1,000 connections, beside 1", "events/s", Figures.each(figures, Rates::many));
        findings.add(
                "1 connection, of half of what it has alone",
                "times",
                Figures.each(figures, it -> it.one / (it.oneAlone / 2)),
                Goal.atLeast(1));
        findings.add(
                "1,000 connections, of half of what they have alone",
                "times",
                Figures.each(figures, it -> it.many / (it.manyAlone / 2)),
                Goal.atLeast(1));
        findings.add(
                "1 connection with 1,000 lines a request, beside 1,000",
                "events/s",
                Figures.each(figures, Rates::lines));
        findings.add("1,000 connections, beside these lines", "events/s", Figures.each(figures, Rates::besideLines));
    }

    /** A new gateway's credential. */
    private static String key(Stand stand, String client) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(
                    HttpRequest.newBuilder(stand.address().resolve("/v1/keys"))
                            .header("Authorization", "Bearer admin.local-only")
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString("{\"client\":\"" + client + "\",\"channels\":[\"chat\"]}"))
                            .build(),
                    BodyHandlers.ofString());
            if (answer.statusCode() != 201) {
                throw new IOException(answer.statusCode() + " " + answer.body());
            }
            return Json.read(answer.body()).path("credential").asText();
        }
    }
}
