package switchboard.speed;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import switchboard.bench.Findings;
import switchboard.bench.Goal;
import switchboard.bench.Part;
import switchboard.bench.Stand;
import switchboard.load.Kept;
import switchboard.pressure.Answer.Kind;
import switchboard.pressure.Crowd;
import switchboard.pressure.Offered;
import switchboard.program.Progress;

/**
 * Single events at half of what is accepted, in an open loop: nine tenths of them in 1,800 conversations, and the last tenth, by turns, in
 * 200 others or all in one; all have been opened before. Waits are those of the nine tenths, from when each event was due.
 */
final class HotConversation implements Part {

    private static final String GATEWAY = "gateway.local-only";
    private static final int ROUNDS = 3;
    private static final int CHECKED = 4;
    private static final Duration SATURATION = Duration.ofSeconds(5);
    private static final Duration ROUND = Duration.ofSeconds(4);

    private record Round(Offered others, Offered tenth) {}

    @Override
    public String name() {
        return "hot";
    }

    @Override
    public void measure(Stand stand, Findings findings) throws Exception {
        Warm.up(stand);
        var without = new ArrayList<Round>();
        var with = new ArrayList<Round>();
        try (var others = Crowd.of(stand.address(), GATEWAY, "others", 450, 4);
                var spread = Crowd.of(stand.address(), GATEWAY, "spread", 100, 2);
                var hot = Crowd.ofOne(stand.address(), GATEWAY, "hot", 100)) {
            others.each(4);
            spread.each(2);
            var rate = others.rush(256, SATURATION).takenPerSecond() / 2;
            for (int round = 1; round <= ROUNDS; round++) {
                Progress.say("%,.0f a second, round %d of %d".formatted(rate, round, ROUNDS));
                without.add(round(others, spread, rate));
                with.add(round(others, hot, rate));
            }
            findings.add("all events", "events/s", rate, Goal.none());
            say(findings, "the others, p50", 0.5, without, with);
            say(findings, "the others, p99", 0.99, without, with);
            findings.add("the hot one, accepted", "events/s", Figures.each(with, it -> it.tenth.takenPerSecond()));
            findings.add("the hot one, p50", "ms", Figures.each(with, it -> it.tenth.taken(0.5)));
            findings.add("the hot one, p99", "ms", Figures.each(with, it -> it.tenth.taken(0.99)));
            noteRefused(findings, without, with);
            Kept.check(stand.caller(), others.said(0, CHECKED));
            Kept.check(stand.caller(), spread.said(0, CHECKED));
            Kept.checkTogether(stand.caller(), hot.said(0, 100));
        }
    }

    private static Round round(Crowd others, Crowd tenth, double rate) throws Exception {
        try (var threads = Executors.newFixedThreadPool(2)) {
            var most = threads.submit(() -> settled(others, 0.9 * rate));
            var few = threads.submit(() -> settled(tenth, 0.1 * rate));
            return new Round(most.get(), few.get());
        }
    }

    private static Offered settled(Crowd crowd, double rate) throws IOException {
        var offered = crowd.offer(rate, ROUND);
        crowd.settle();
        return offered;
    }

    private static void say(Findings findings, String what, double share, List<Round> without, List<Round> with) {
        var apart = Figures.each(without, it -> it.others.taken(share));
        var beside = Figures.each(with, it -> it.others.taken(share));
        findings.add(what + " without a hot one", "ms", apart);
        findings.add(what + " beside a hot one", "ms", beside);
        findings.add(what + ", with and without", "times", Figures.ratios(beside, apart), Goal.atMost(1.2));
    }

    private static void noteRefused(Findings findings, List<Round> without, List<Round> with) {
        var refused = 0L;
        for (var rounds : List.of(without, with)) {
            for (var it : rounds) {
                refused += it.others.answers().size() - it.others.count(Kind.TAKEN);
                refused += it.tenth.answers().size() - it.tenth.count(Kind.TAKEN);
            }
        }
        if (refused > 0) {
            findings.note("%,d events were not accepted".formatted(refused));
        }
    }
}
