package switchboard.deciding;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import switchboard.deciding.Decision.Evidence;
import switchboard.deciding.Decision.Reason;
import switchboard.mood.Frustration;

/**
 * When a person is needed, or nothing is to be said.
 *
 * @param version counts up whenever what it fires on changes
 * @param alone whether it asks nothing but what was said, and so holds where nothing is understood
 * @param fires with what it found
 */
record Rule(Reason reason, int version, boolean alone, Function<Matter, Optional<List<String>>> fires) {

    Rule(Reason reason, int version, Function<Matter, Optional<List<String>>> fires) {
        this(reason, version, false, fires);
    }

    /** In the order in which they are asked; the first that fires decides. */
    static final List<Rule> ALL = List.of(
            new Rule(Reason.AUTOMATIC, 1, true, m -> m.lastReply().flatMap(reply -> m.said("auto"))),
            new Rule(Reason.REQUESTED, 1, true, Rule::requested),
            new Rule(Reason.SAFETY, 1, true, m -> m.said("danger", "legal", "vulnerable")),
            new Rule(Reason.RATE, 1, true, Rule::rate),
            new Rule(Reason.REQUESTED, 2, Rule::heard),
            new Rule(Reason.PERSON_FIRST, 1, m -> when(m.topic().personFirst(), m.intent())),
            new Rule(Reason.NO_KNOWLEDGE, 1, m -> when(m.understood() && m.hit().isEmpty(), m.intent())),
            new Rule(Reason.LOW_CONFIDENCE, 1, Rule::lowTwice),
            new Rule(Reason.REPEATED, 1, Rule::repeated),
            new Rule(Reason.LOOP, 1, Rule::loop),
            new Rule(Reason.ANGER, 1, m -> m.said("anger", "despair")),
            new Rule(Reason.ANGER, 2, Rule::frustrated),
            new Rule(Reason.VALUABLE, 1, Rule::valuable),
            new Rule(Reason.STAKES, 1, Rule::stakes),
            new Rule(
                    Reason.INCIDENT,
                    1,
                    m -> when(!m.question().incident().isEmpty(), m.question().incident())),
            new Rule(Reason.TOO_MANY_TURNS, 1, Rule::turns));

    Optional<Evidence> evidence(Matter matter) {
        return fires.apply(matter).map(found -> new Evidence(reason.code(), version, found));
    }

    private static Optional<List<String>> when(boolean so, String... found) {
        return so ? Optional.of(List.of(found)) : Optional.empty();
    }

    private static Optional<List<String>> requested(Matter matter) {
        return matter.said("person", "standing")
                .or(() -> when(matter.question().customer().wantsPerson(), "standing-wish"));
    }

    /** In words that the grammar does not have. */
    private static Optional<List<String>> heard(Matter matter) {
        var wish = matter.question().wish();
        return when(wish >= matter.policy().wish(), "learned", share(wish));
    }

    private static Optional<List<String>> rate(Matter matter) {
        var policy = matter.policy();
        var since = matter.question().at().minus(policy.window());
        var replies = matter.question().replied().stream()
                .filter(reply -> reply.at().isAfter(since))
                .count();
        return when(
                replies >= policy.rate(),
                Long.toString(replies),
                policy.window().toString());
    }

    private static Optional<List<String>> lowTwice(Matter matter) {
        return matter.lastReply()
                .filter(reply -> reply.askedBack() && !matter.understood())
                .flatMap(reply -> when(
                        true, share(reply.confidence()), share(matter.question().confidence())));
    }

    private static Optional<List<String>> repeated(Matter matter) {
        var said = matter.question().said();
        var replied = matter.question().replied();
        if (said.size() < 2 || replied.isEmpty()) {
            return Optional.empty();
        }
        return said.subList(0, said.size() - 1).stream()
                .mapToDouble(turn -> Sameness.of(turn.text().text(), matter.text()))
                .filter(same -> same >= matter.policy().likeness())
                .mapToObj(same -> List.of(share(same)))
                .findFirst();
    }

    private static Optional<List<String>> loop(Matter matter) {
        return matter.hit()
                .filter(hit -> matter.understood()
                        && matter.question().replied().stream()
                                .anyMatch(reply -> reply.article().equals(hit.article())))
                .map(hit -> List.of(hit.article()));
    }

    /** How he writes is a sign and no more: it counts where he is not understood either, or was as frustrated before. */
    private static Optional<List<String>> frustrated(Matter matter) {
        var said = matter.question().said().stream()
                .map(turn -> turn.text().text())
                .toList();
        var limit = matter.policy().frustration();
        var now = Frustration.of(said);
        if (now < limit) {
            return Optional.empty();
        }
        var before = Frustration.of(said.subList(0, said.size() - 1));
        return matter.understood()
                ? when(before >= limit, "again", share(before), share(now))
                : when(true, "not-understood", share(now));
    }

    private static Optional<List<String>> valuable(Matter matter) {
        var tier = matter.question().customer().tier();
        var failed = matter.lastReply().filter(Turn.Replied::askedBack).isPresent()
                || matter.said("failed").isPresent();
        return when(failed && matter.policy().valuable().contains(tier), tier);
    }

    private static Optional<List<String>> stakes(Matter matter) {
        return when(matter.topic().irreversible(), matter.intent())
                .or(() -> Amounts.in(matter.text()).stream()
                        .filter(amount -> amount > matter.policy().money())
                        .findFirst()
                        .map(amount -> List.of("over " + matter.policy().money())));
    }

    private static Optional<List<String>> turns(Matter matter) {
        var turns = matter.question().replied().size();
        return when(turns >= matter.policy().turns(), Integer.toString(turns));
    }

    private static String share(double share) {
        return Long.toString(Math.round(share * 100)) + "%";
    }
}
