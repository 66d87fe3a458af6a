package switchboard.deciding;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import switchboard.wording.Found;
import switchboard.wording.Wording;

/** A question with all that the rules ask of it, worked out once. */
record Matter(Question question, Policy policy, String text, List<Found> found) {

    static Matter of(Question question, Policy policy, Wording wording) {
        var said = question.said();
        var text = said.isEmpty() ? "" : said.getLast().text().text();
        return new Matter(question, policy, text, wording.in(text));
    }

    /** What was found of a topic: the rule of the grammar and its words. */
    Optional<List<String>> said(String... topics) {
        return found.stream()
                .filter(f -> List.of(topics).contains(f.topic()))
                .findFirst()
                .map(f -> Stream.concat(Stream.of(f.topic() + "." + f.phrase()), f.words().stream())
                        .limit(12)
                        .toList());
    }

    boolean understood() {
        return question.understood().known() && question.confidence() >= policy.confidence();
    }

    String intent() {
        return question.understood().intent();
    }

    Policy.Topic topic() {
        return understood() ? policy.topic(intent()) : Policy.Topic.PLAIN;
    }

    Optional<Question.Hit> hit() {
        return question.hits().stream()
                .filter(hit -> hit.score() >= policy.knowledge())
                .findFirst();
    }

    Optional<Turn.Replied> lastReply() {
        return question.replied().isEmpty()
                ? Optional.empty()
                : Optional.of(question.replied().getLast());
    }
}
