package switchboard.deciding;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import switchboard.deciding.Decision.Answer;
import switchboard.deciding.Decision.AskBack;
import switchboard.deciding.Decision.Evidence;
import switchboard.deciding.Decision.HandOver;
import switchboard.deciding.Decision.Silence;
import switchboard.understanding.Understood.Guess;

/**
 * A decision with all that an auditor needs: what {@code bot.decided} carries. No text of anybody.
 *
 * @param action answer, ask_back, hand_over or silence
 * @param versions of bot, knowledge, wishes, policy and grammar
 * @param evidence empty, or the one rule that fired
 * @param sources the article and what it cites; empty unless it is an answer
 */
public record Decided(
        long upTo,
        int epoch,
        String intent,
        double confidence,
        List<Guess> guesses,
        String action,
        String reason,
        List<Evidence> evidence,
        List<String> sources,
        Map<String, String> versions) {

    public Decided {
        guesses = List.copyOf(guesses);
        evidence = List.copyOf(evidence);
        sources = List.copyOf(sources);
        versions = new TreeMap<>(versions);
    }

    static Decided of(Question question, Decision decision, Map<String, String> versions) {
        return new Decided(
                question.upTo(),
                question.epoch(),
                question.understood().intent(),
                question.confidence(),
                question.understood().guesses(),
                action(decision),
                reason(decision),
                evidence(decision),
                decision instanceof Answer answer
                        ? Stream.concat(Stream.of(answer.article()), answer.sources().stream())
                                .toList()
                        : List.of(),
                versions);
    }

    private static String action(Decision decision) {
        return switch (decision) {
            case Answer _ -> "answer";
            case AskBack _ -> "ask_back";
            case HandOver _ -> "hand_over";
            case Silence _ -> "silence";
        };
    }

    private static String reason(Decision decision) {
        return switch (decision) {
            case Answer _, AskBack _ -> "";
            case HandOver handOver -> handOver.reason().code();
            case Silence silence -> silence.reason().code();
        };
    }

    private static List<Evidence> evidence(Decision decision) {
        return switch (decision) {
            case Answer _, AskBack _ -> List.of();
            case HandOver handOver -> List.of(handOver.evidence());
            case Silence silence -> List.of(silence.evidence());
        };
    }
}
