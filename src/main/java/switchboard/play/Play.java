package switchboard.play;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.io.IOException;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import switchboard.floor.Attendance;
import switchboard.floor.Crew;
import switchboard.floor.Supervision;
import switchboard.invariants.Findings;
import switchboard.invariants.Violation;
import switchboard.play.Performance.Stage;
import switchboard.witness.Caller;
import switchboard.witness.Judge;
import switchboard.witness.Judge.Judgement;
import switchboard.witness.Ledger;
import switchboard.witness.Sender;

/** Plays dialogues against a running program and then holds all that it was told against what the program tells. */
public final class Play {

    private static final int CLEAN = 0;
    private static final int VIOLATED = 1;
    private static final int FAILED = 2;
    private static final int SHOWN = 20;

    private final Options options;
    private final PrintStream out;
    private final InstantSource clock;

    private Play(Options options, PrintStream out, InstantSource clock) {
        this.options = options;
        this.out = out;
        this.clock = clock;
    }

    public static void main(String[] args) {
        System.exit(run(name -> Optional.ofNullable(System.getProperty(name)), System.out, InstantSource.system()));
    }

    /** {@link Options} from {@code properties}; 0: all holds, 1: something was violated or refused, 2: it could not be played. */
    public static int run(Function<String, Optional<String>> properties, PrintStream out, InstantSource clock) {
        try {
            return new Play(Options.of(properties, clock.instant()), out, clock).run();
        } catch (IllegalArgumentException | IOException e) {
            out.println("cannot play: " + e.getMessage());
        } catch (ExecutionException e) {
            out.println("cannot go on: " + e.getCause());
        } catch (InterruptedException e) {
            out.println("interrupted");
        }
        return FAILED;
    }

    private int run() throws IOException, InterruptedException, ExecutionException {
        out.println("seed " + options.seed() + ", noted in " + options.ledger().toAbsolutePath());
        var dialogues = Dialogues.of(options);
        try (var ledger = new Ledger(options.ledger())) {
            var program = new Caller(options::url, options.credentials());
            Judgement judged;
            Findings played;
            Optional<Supervision> supervision;
            var attendance = options.bot() ? Optional.of(new Attendance()) : Optional.<Attendance>empty();
            try (var progress = new Progress(out, turns(dialogues));
                    var crew = crew(program, ledger, progress)) {
                supervision = crew.isEmpty() ? Optional.empty() : Optional.of(new Supervision(program, crew, clock));
                var unseen = play(dialogues, program, ledger, crew, progress).and(crew.leave());
                progress.say();
                played = unseen.and(refusals(progress));
                judged = new Judge(program, ledger, also(supervision, attendance)).judge(progress);
            }
            attendance.ifPresent(it -> it.say(out));
            var people = supervision.isPresent() ? supervision.get().verdict(out) : Findings.NONE;
            return sound(judged, played.and(people)) ? CLEAN : VIOLATED;
        }
    }

    private static Judge.Also also(Optional<Supervision> people, Optional<Attendance> bot) {
        return (conversation, lines) -> people.map(it -> it.judged(conversation, lines))
                .orElse(Findings.NONE)
                .and(bot.map(it -> it.judged(conversation, lines)).orElse(Findings.NONE));
    }

    private Crew crew(Caller program, Ledger ledger, Progress progress)
            throws IOException, InterruptedException, ExecutionException {
        var sender = new Sender(program, ledger, progress, options.patience());
        return Crew.open(
                program,
                sender,
                new Crew.Terms(
                        options.agents(), options.agentKeys(), options.seed(), options.patience(), options.outages()),
                clock);
    }

    /** Returns when all is played, delivered and seen by those who follow; found: what they were not shown. */
    private Findings play(Dialogues.Source dialogues, Caller program, Ledger ledger, Crew crew, Progress progress)
            throws IOException, InterruptedException, ExecutionException {
        var sender = new Sender(program, ledger, progress, options.patience());
        try (var gateway = gateway(sender);
                var outbound = new Outbound(program, ledger, sender, options, progress);
                var audience = new Audience(program, ledger, options, progress);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var pace = new Pace(options.speed());
            perform(dialogues, new Stage(options, gateway, sender, outbound, audience, crew, pace, progress, threads));
            outbound.await();
            return audience.seeTheRest();
        }
    }

    /** A refusal is a violation of the contract. */
    private static Findings refusals(Progress progress) {
        var refused = progress.refusals();
        return new Findings(
                Map.of(),
                refused.entrySet().stream()
                        .map(it -> new Violation(
                                "contract", "play", it.getValue() + " requests were refused: " + it.getKey()))
                        .toList());
    }

    private Gateway gateway(Sender sender) {
        return options.bulk() == 0
                ? Gateway.single(sender)
                : new Bulk(sender, options.bulk(), options.reorder(), options.patience());
    }

    /** Returns once all are played; the first failure ends the run. */
    private void perform(Dialogues.Source dialogues, Stage stage)
            throws IOException, InterruptedException, ExecutionException {
        var places = new Semaphore(options.sideBySide());
        var failure = new CompletableFuture<Void>();
        var index = new AtomicLong();
        dialogues.read(dialogue -> {
            places.acquire();
            var performance = new Performance(stage, dialogue, index.getAndIncrement());
            stage.threads().execute(() -> perform(performance, stage.progress(), places, failure));
        });
        places.acquire(options.sideBySide());
        failure.complete(null);
        failure.get();
    }

    private static void perform(
            Performance performance, Progress progress, Semaphore places, CompletableFuture<Void> failure) {
        progress.begun();
        try {
            if (!failure.isDone()) {
                performance.call();
            }
        } catch (InterruptedException | IOException | ExecutionException | RuntimeException e) { // ends the run
            failure.completeExceptionally(e);
        } finally {
            progress.ended();
            places.release();
        }
    }

    private static long turns(Dialogues.Source dialogues) throws IOException, InterruptedException {
        var turns = new AtomicLong();
        dialogues.read(dialogue -> dialogue.passages().forEach(passage -> turns.addAndGet(passage.size())));
        return turns.get();
    }

    /** Says what was found; whether nothing was violated. */
    private boolean sound(Judgement judged, Findings played) {
        var findings = judged.findings().and(played);
        out.printf(
                Locale.ROOT,
                "%,d requests, %,d conversations, %,d entries%n",
                judged.requests(),
                judged.conversations(),
                judged.entries());
        var violated = findings.violations().stream().collect(groupingBy(Violation::rule, counting()));
        findings.checked()
                .forEach((rule, checks) -> out.printf(
                        Locale.ROOT,
                        "%s: %,d checks, %,d violations%n",
                        rule,
                        checks,
                        violated.getOrDefault(rule, 0L)));
        findings.violations().stream().limit(SHOWN).forEach(out::println);
        return findings.violations().isEmpty();
    }
}
