package switchboard.deciding;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import switchboard.deciding.Decision.Answer;
import switchboard.deciding.Decision.AskBack;
import switchboard.deciding.Decision.Evidence;
import switchboard.deciding.Decision.Reason;
import switchboard.deciding.Decision.Silence;
import switchboard.understanding.Understood.Guess;
import switchboard.wording.Wording;

/** Decides by one policy and one grammar: of the same question always the same. Any number of threads may ask it. */
public final class Decider {

    /** The decision, and what is written of it. */
    public record Outcome(Decision decision, Decided decided) {}

    private final Policy policy;
    private final Wording wording;

    public Decider(Policy policy, Wording wording) {
        this.policy = policy;
        this.wording = wording;
    }

    public Outcome decide(Question question) {
        return outcome(question, decision(Matter.of(question, policy, wording)));
    }

    /** The same where the rules that come first need nothing to be understood: nothing else could change it. */
    public Optional<Outcome> atOnce(Question question) {
        var matter = Matter.of(question, policy, wording);
        return Rule.ALL.stream()
                .takeWhile(Rule::alone)
                .flatMap(rule -> rule.evidence(matter).map(it -> fired(rule, it, matter.intent())).stream())
                .findFirst()
                .map(decision -> outcome(question, decision));
    }

    /** Of a bot that has nothing to answer from. */
    public Outcome unknowing(Question question) {
        return handedOver(question, Reason.NO_KNOWLEDGE, List.of());
    }

    /** Of a bot that has broken down over it: a person. */
    public Outcome failed(Question question) {
        return handedOver(question, Reason.FAILED, List.of());
    }

    /** Of a bot that has not come to an end after {@code took}. */
    public Outcome tooSlow(Question question, Duration took) {
        return handedOver(question, Reason.TOO_SLOW, List.of(took.toString()));
    }

    public Duration deadline() {
        return policy.deadline();
    }

    /** Whether a message says that he always wants a person: that is kept. */
    public boolean wantsPerson(String text) {
        return wording.in(text).stream().anyMatch(found -> found.topic().equals("standing"));
    }

    private Outcome handedOver(Question question, Reason reason, List<String> found) {
        return outcome(
                question,
                policy.handOver(
                        reason,
                        new Evidence(reason.code(), 1, found),
                        question.understood().intent()));
    }

    private Decision decision(Matter matter) {
        for (var rule : Rule.ALL) {
            var evidence = rule.evidence(matter);
            if (evidence.isPresent()) {
                return fired(rule, evidence.get(), matter.intent());
            }
        }
        if (!matter.understood()) {
            return new AskBack(candidates(matter));
        }
        var hit = matter.hit().orElseThrow();
        return new Answer(hit.article(), hit.text(), hit.sources());
    }

    private Decision fired(Rule rule, Evidence evidence, String intent) {
        return switch (rule.reason()) {
            case AUTOMATIC, RATE -> new Silence(rule.reason(), evidence);
            case REQUESTED,
                    SAFETY,
                    PERSON_FIRST,
                    NO_KNOWLEDGE,
                    LOW_CONFIDENCE,
                    REPEATED,
                    LOOP,
                    ANGER,
                    VALUABLE,
                    STAKES,
                    INCIDENT,
                    TOO_MANY_TURNS,
                    FAILED,
                    TOO_SLOW -> policy.handOver(rule.reason(), evidence, intent);
        };
    }

    private List<String> candidates(Matter matter) {
        return matter.question().understood().guesses().stream()
                .limit(policy.candidates())
                .map(Guess::intent)
                .toList();
    }

    private Outcome outcome(Question question, Decision decision) {
        return new Outcome(decision, Decided.of(question, decision, versions(question.versions())));
    }

    private Map<String, String> versions(Question.Versions versions) {
        return Map.of(
                "bot", versions.bot(),
                "knowledge", versions.knowledge(),
                "wishes", versions.wishes(),
                "policy", Integer.toString(policy.version()),
                "grammar", Integer.toString(wording.version()));
    }
}
